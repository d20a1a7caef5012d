//! The programme: productions and their dates, from eight years ago to ten months ahead.

use std::collections::HashSet;

use super::dice::Dice;
use super::genres::{GENRES, Genre};
use crate::model::{Day, LocalTime};

/// Days of history before today.
pub(super) const DAYS_BACK: i32 = 2922;
/// Days of programme after today.
pub(super) const DAYS_AHEAD: i32 = 300;

/// A production: the contract's event group.
#[derive(Debug)]
pub(super) struct Production {
    pub(super) id: String,
    pub(super) name: String,
    /// Position in [`GENRES`].
    pub(super) genre: usize,
    pub(super) promoter: &'static str,
    /// Full price of the best seats in kronor.
    pub(super) price: u32,
    /// How much people want it, in comparison.
    pub(super) pull: u32,
    pub(super) hall: &'static str,
    /// Marks of every performance: who visits, what is offered.
    pub(super) tags: Vec<&'static str>,
}

/// A performance: the contract's event date.
#[derive(Debug)]
pub(super) struct Performance {
    pub(super) id: String,
    /// Position in [`Programme::productions`].
    pub(super) production: usize,
    pub(super) starts_at: LocalTime,
    /// Days from today.
    pub(super) offset: i32,
    pub(super) season: String,
    pub(super) categories: Vec<&'static str>,
    pub(super) tags: Vec<&'static str>,
}

/// Everything the house has put on and plans to.
#[derive(Debug)]
pub(super) struct Programme {
    pub(super) productions: Vec<Production>,
    /// Ascending by time.
    pub(super) performances: Vec<Performance>,
    /// `pull_before[at]` is the pull of all performances before `at`; one longer than they are.
    pull_before: Vec<u32>,
}

impl Programme {
    /// A programme of about `events` performances.
    pub(super) fn draw(dice: &mut Dice, today: Day, events: u32) -> Programme {
        let mut runs = Vec::new();
        let mut performances_left = events as i32;
        let genres: Vec<(usize, u32)> =
            GENRES.iter().enumerate().map(|(at, genre)| (at, genre.share)).collect();
        while performances_left > 0 {
            // Every genre once before chance decides.
            let genre = if runs.len() < GENRES.len() { runs.len() } else { dice.weighted(&genres) };
            let (least, most) = GENRES[genre].performances;
            let length = dice.between(least, most);
            performances_left -= length;
            runs.push((genre, length));
        }
        for at in (1..runs.len()).rev() {
            runs.swap(at, dice.below(at as u32 + 1) as usize);
        }
        let mut writer = Writer::new(today);
        let all: i32 = runs.iter().map(|run| run.1).sum();
        let mut before = 0;
        for (genre, length) in runs {
            // By its middle performance, so that even a long last run lies ahead of today.
            let middle = i64::from(before + length / 2);
            let evenly = (i64::from(DAYS_BACK + DAYS_AHEAD) * middle / i64::from(all)) as i32;
            let offset = evenly - DAYS_BACK + dice.between(0, 6);
            writer.production(dice, genre, length, offset);
            before += length;
        }
        writer.finish()
    }

    /// Positions of the performances on the days `from` to `to`, counted from today.
    pub(super) fn during(&self, from: i32, to: i32) -> std::ops::Range<usize> {
        let start = self.performances.partition_point(|one| one.offset < from);
        let end = self.performances.partition_point(|one| one.offset <= to);
        start..end.max(start)
    }

    /// One of these performances, those with more pull more often; `None` of none.
    pub(super) fn pick(&self, dice: &mut Dice, of: &std::ops::Range<usize>) -> Option<usize> {
        if of.is_empty() {
            return None;
        }
        let (low, high) = (self.pull_before[of.start], self.pull_before[of.end]);
        let wanted = low + dice.below(high - low);
        Some(self.pull_before.partition_point(|&before| before <= wanted) - 1)
    }

    /// What a performance is a performance of.
    pub(super) fn production_of(&self, performance: usize) -> &Production {
        &self.productions[self.performances[performance].production]
    }
}

struct Writer {
    today: Day,
    titles_used: [usize; GENRES.len()],
    names: HashSet<String>,
    productions: Vec<Production>,
    performances: Vec<Performance>,
}

impl Writer {
    fn new(today: Day) -> Writer {
        Writer {
            today,
            titles_used: [0; GENRES.len()],
            names: HashSet::new(),
            productions: Vec::new(),
            performances: Vec::new(),
        }
    }

    fn production(&mut self, dice: &mut Dice, genre_at: usize, length: i32, offset: i32) {
        let genre = &GENRES[genre_at];
        let offset = self.outside_summer(offset);
        let number = self.productions.len() + 1;
        let name = self.title(genre_at, offset);
        let others = &genre.promoters[1..];
        let promoter = if dice.chance(500) { genre.promoters[0] } else { dice.pick(others) };
        // Five kronor steps, and some three per cent dearer each year.
        let price =
            dice.between(genre.price.0, genre.price.1) * (1000 + offset / 12) / 1000 / 5 * 5;
        let mut tags = Vec::new();
        for (tag, thousandths) in
            [("Gästspel", 160), ("Syntolkat", 70), ("Textat på engelska", 110), ("Nyskrivet", 130)]
        {
            if dice.chance(thousandths) {
                tags.push(tag);
            }
        }
        self.productions.push(Production {
            id: format!("P{number:04}"),
            name,
            genre: genre_at,
            promoter,
            price: price as u32,
            pull: genre.pull * (1 + dice.low_between(0, 9) as u32),
            hall: dice.pick(genre.halls),
            tags,
        });
        self.run(dice, genre, length, offset);
    }

    /// A title that no production had; one that comes back bears its year.
    fn title(&mut self, genre: usize, offset: i32) -> String {
        let name = GENRES[genre].titles.get(self.titles_used[genre]);
        self.titles_used[genre] += 1;
        if self.names.insert(name.clone()) {
            return name;
        }
        let mut again = format!("{name} ({})", self.day(offset).ymd().0);
        while !self.names.insert(again.clone()) {
            again.push_str(" II");
        }
        again
    }

    fn run(&mut self, dice: &mut Dice, genre: &Genre, length: i32, first: i32) {
        let production = self.productions.len() - 1;
        let mut offset = first;
        let run_start = self.performances.len();
        for _ in 0..length {
            // One week and no more: at the calendar's end the days stand still.
            for _ in 0..7 {
                if genre.weekdays >> weekday(self.day(offset)) & 1 == 1 {
                    break;
                }
                offset += 1;
            }
            offset = self.after_summer(offset);
            if offset > DAYS_AHEAD {
                break;
            }
            let day = self.day(offset);
            let minute = dice.pick(genre.starts);
            let mut categories = genre.categories.to_vec();
            if matches!(day.ymd(), (_, 12, 1..=26)) && dice.chance(400) {
                categories.push("Jul");
            }
            let group = &self.productions[production];
            let mut tags = vec![group.hall];
            tags.extend(&group.tags);
            if minute < 13 * 60 && weekday(day) < 5 && genre.categories[0] == "Barn & familj" {
                tags.push("Skolföreställning");
            }
            self.performances.push(Performance {
                id: String::new(),
                production,
                starts_at: LocalTime { day, minute: Some(minute) },
                offset,
                season: season(day),
                categories,
                tags,
            });
            offset += dice.low_between(1, 4);
        }
        if let [opening, .., last] = &mut self.performances[run_start..] {
            opening.tags.push("Premiär");
            last.tags.push("Sista föreställningen");
        }
    }

    /// Days outside the calendar are its last or first.
    fn day(&self, offset: i32) -> Day {
        let number = (self.today.number() + offset).clamp(Day::MIN.number(), Day::MAX.number());
        Day::from_number(number).expect("the number was brought inside the calendar")
    }

    /// The house is closed from midsummer to the middle of August: what would open then, or so
    /// late in spring that it could not run, opens in autumn, or in spring where autumn is
    /// beyond the programme.
    fn outside_summer(&self, offset: i32) -> i32 {
        let (_, month, day) = self.day(offset).ymd();
        let late = match month {
            6 if day > 10 => i32::from(day) - 10,
            7 => 20 + i32::from(day),
            8 if day < 15 => 51 + i32::from(day),
            _ => return offset,
        };
        let autumn = offset + 70 - late;
        if autumn + 30 <= DAYS_AHEAD { autumn } else { offset - late - 20 }
    }

    fn after_summer(&self, offset: i32) -> i32 {
        match self.day(offset).ymd() {
            (_, 6, day) if day > 20 => offset + 61 + 30 - i32::from(day),
            (_, 7, day) => offset + 50 - i32::from(day),
            (_, 8, day) if day < 15 => offset + 19 - i32::from(day),
            _ => offset,
        }
    }

    fn finish(mut self) -> Programme {
        self.performances.sort_by_key(|one| (one.starts_at, one.production));
        let mut pull_before = vec![0];
        for (at, performance) in self.performances.iter_mut().enumerate() {
            performance.id = format!("E{:05}", at + 1);
            pull_before.push(pull_before[at] + self.productions[performance.production].pull);
        }
        Programme { productions: self.productions, performances: self.performances, pull_before }
    }
}

/// Monday is 0.
fn weekday(day: Day) -> i32 {
    (day.number() + 3).rem_euclid(7)
}

fn season(day: Day) -> String {
    let (year, month, _) = day.ymd();
    format!("{} {year:04}", if month >= 7 { "Hösten" } else { "Våren" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programme(today: &str, events: u32) -> Programme {
        Programme::draw(&mut Dice::new(1, 0), Day::parse(today).unwrap(), events)
    }

    #[test]
    fn there_are_about_as_many_events_as_asked_for() {
        for events in [300, 600, 6000] {
            let drawn = programme("2026-11-21", events).performances.len();
            assert!((events * 9 / 10..=events * 11 / 10).contains(&(drawn as u32)), "{drawn}");
        }
    }

    #[test]
    fn every_day_of_the_year_has_a_past_and_a_future() {
        for offset in 0..366 {
            let today = Day::from_number(20_000 + offset).unwrap();
            let programme = Programme::draw(&mut Dice::new(3, 0), today, 300);
            let future = programme.during(0, DAYS_AHEAD).len();
            assert!(future >= 5, "{today}: {future}");
            assert!(programme.performances[0].offset < -2600, "{today}");
        }
    }

    #[test]
    fn the_house_is_closed_in_july() {
        let july = programme("2026-11-21", 6000);
        assert!(july.performances.iter().all(|one| one.starts_at.day.ymd().1 != 7));
    }

    #[test]
    fn every_genre_is_on_the_programme_and_a_name_belongs_to_one_production() {
        let programme = programme("2026-11-21", 600);
        let genres: HashSet<usize> = programme.productions.iter().map(|one| one.genre).collect();
        assert_eq!(genres.len(), GENRES.len());
        let names: HashSet<&str> =
            programme.productions.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), programme.productions.len());
    }

    #[test]
    fn a_pick_lies_in_its_range_and_follows_the_pull() {
        let programme = programme("2026-11-21", 600);
        let mut dice = Dice::new(5, 0);
        let range = programme.during(-400, -100);
        let mut pulls = 0;
        for _ in 0..1000 {
            let at = programme.pick(&mut dice, &range).unwrap();
            assert!(range.contains(&at));
            pulls += programme.production_of(at).pull;
        }
        let plain: u32 = range.clone().map(|at| programme.production_of(at).pull).sum();
        assert!(pulls / 1000 > plain / range.len() as u32);
        assert_eq!(programme.pick(&mut dice, &(7..7)), None);
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_obstacle() {
        for today in ["0000-01-01", "9999-12-31"] {
            let programme = programme(today, 300);
            assert!(!programme.during(0, DAYS_AHEAD).is_empty(), "{today}");
        }
    }
}
