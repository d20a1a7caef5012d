//! A histogram as one path.

use std::fmt::Write;

/// Height of the drawing; its width is the number of bars.
const HEIGHT: f64 = 100.0;
/// Air over the tallest bar.
const AIR: f64 = 4.0;
/// The lowest bar that somebody is in.
const LEAST: f64 = 1.4;
/// So few bars stand apart.
const APART: usize = 24;

/// The outline of bars as an SVG path, one unit wide each and 100 high, the tallest just below the
/// top. A bar with anybody in it can be seen; an empty one has no height.
pub fn bars(counts: &[u32]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut path = String::new();
    if most == 0 {
        return path;
    }
    // In whole hundredths and tenths: what writes doubles would be 20 kB of the page.
    let gap = if counts.len() <= APART { 6 } else { 0 };
    let width = 100 - 2 * gap;
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let share = f64::from(*count) / f64::from(most);
        let height = (share * (HEIGHT - AIR)).max(LEAST);
        let top = ((HEIGHT - height) * 10.0).round() as u32;
        let (whole, tenths) = (top / 10, top % 10);
        let (units, hundredths) = (width / 100, width % 100);
        // Writing to a string cannot fail.
        write!(path, "M{at}.{gap:02} 100V{whole}.{tenths}h{units}.{hundredths:02}V100z").ok();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gives_no_bars() {
        assert_eq!(bars(&[]), "");
        assert_eq!(bars(&[0, 0]), "");
    }

    #[test]
    fn a_single_customer_can_be_seen_beside_a_thousand() {
        let path = bars(&[1000, 1, 0]);
        assert_eq!(path, "M0.06 100V4.0h0.88V100zM1.06 100V98.6h0.88V100z");
    }
}
