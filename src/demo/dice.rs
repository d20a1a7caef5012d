//! Chance from a seed, in whole numbers only, so that every machine draws the same.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// Any fixed stream will do; this one is the generator's usual default.
const STREAM: u64 = 0x0a02_bdbf_7bb3_c0a7;

/// A seeded sequence of draws.
#[derive(Debug, Clone)]
pub(super) struct Dice {
    generator: Pcg32,
}

impl Dice {
    /// The same seed and purpose give the same sequence; another purpose gives an unrelated one.
    pub(super) fn new(seed: u64, purpose: u64) -> Dice {
        Dice { generator: Pcg32::new(seed, STREAM ^ purpose) }
    }

    /// 0 to `limit - 1`, all as likely as can be; 0 when the limit is 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        ((u64::from(self.generator.next_u32()) * u64::from(limit)) >> 32) as u32
    }

    /// `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i32, most: i32) -> i32 {
        least + self.below((most - least + 1) as u32) as i32
    }

    /// Like [`Dice::between`], the small numbers being likelier.
    pub(super) fn low_between(&mut self, least: i32, most: i32) -> i32 {
        self.between(least, most).min(self.between(least, most))
    }

    /// Like [`Dice::between`], the large numbers being likelier.
    pub(super) fn high_between(&mut self, least: i32, most: i32) -> i32 {
        self.between(least, most).max(self.between(least, most))
    }

    /// True in `thousandths` of a thousand draws.
    pub(super) fn chance(&mut self, thousandths: u32) -> bool {
        self.below(1000) < thousandths
    }

    /// One of a list that is not empty.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u32) as usize]
    }

    /// The first of a pair, as often as the second says.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(T, u32)]) -> T {
        let mut left = self.below(choices.iter().map(|choice| choice.1).sum());
        for &(choice, weight) in choices {
            if left < weight {
                return choice;
            }
            left -= weight;
        }
        choices[0].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_draws_the_same() {
        let mut dice = Dice::new(1, 2);
        let drawn: Vec<u32> = (0..8).map(|_| dice.below(1000)).collect();
        assert_eq!(drawn, [783, 70, 981, 481, 279, 934, 808, 283]);
    }

    #[test]
    fn draws_stay_inside_their_limits_and_reach_them() {
        let mut dice = Dice::new(7, 0);
        let drawn: Vec<i32> = (0..1000).map(|_| dice.between(-2, 3)).collect();
        assert_eq!(drawn.iter().min(), Some(&-2));
        assert_eq!(drawn.iter().max(), Some(&3));
        assert_eq!(dice.below(0), 0);
    }

    #[test]
    fn a_weight_of_nothing_is_never_drawn() {
        let mut dice = Dice::new(7, 0);
        assert!((0..1000).all(|_| dice.weighted(&[('a', 0), ('b', 3), ('c', 0)]) == 'b'));
    }
}
