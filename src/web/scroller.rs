//! Scrolling through more rows than a browser makes an element high.
//!
//! Browsers end an element at some 17 million pixels. A longer list gets an element of
//! [`MOST_PX`]: pulling its bar or jumping goes through the list in proportion, small steps
//! move it by as many pixels as they would anywhere, and what such steps put out of proportion
//! is put right whenever it matters.

use std::ops::Range;

/// Height of a row, in CSS pixels; the style sheet has the same.
pub const ROW_PX: f64 = 32.0;
/// The highest element made.
const MOST_PX: f64 = 8_000_000.0;
/// A longer step is a jump, not a turn of a wheel.
const STEP_PX: f64 = 4_000.0;
/// What one turn of a wheel moves, at most.
const TURN_PX: f64 = 4.0 * ROW_PX;
/// Drawn above and below what is in sight.
const BEYOND: usize = 12;
/// Rows drawn at least.
const LEAST_DRAWN: usize = 50;

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scroller {
    /// Rows of the list.
    rows: usize,
    /// Height of what is in sight.
    sight_px: f64,
    /// How far the element is scrolled.
    element_px: f64,
    /// How far the list is: pixels from its first row.
    list_px: f64,
}

impl Scroller {
    fn all_px(&self) -> f64 {
        self.rows as f64 * ROW_PX
    }

    /// How high the element is that scrolls.
    pub fn height_px(&self) -> f64 {
        self.all_px().min(MOST_PX)
    }

    /// How far the list and the element can be scrolled.
    fn most(&self) -> (f64, f64) {
        let most = |px: f64| (px - self.sight_px).max(0.0);
        (most(self.all_px()), most(self.height_px()))
    }

    /// The place of the element that is in proportion to the list's.
    fn in_proportion(&self) -> f64 {
        let (list, element) = self.most();
        // Browsers take whole pixels only; the last of them is the end.
        if list > 0.0 { (self.list_px / list * element).round() } else { 0.0 }
    }

    /// Another number of rows; where the list stands stays, as far as it reaches.
    /// Gives the place to scroll the element to.
    pub fn set_rows(&mut self, rows: usize) -> f64 {
        self.rows = rows;
        self.move_to(self.list_px)
    }

    /// Another height of what is in sight.
    pub fn set_sight(&mut self, sight_px: f64) {
        self.sight_px = sight_px;
    }

    /// Takes note of where the element was scrolled to. Gives the place to put it to where it is
    /// too far out of proportion.
    pub fn scrolled(&mut self, element_px: f64) -> Option<f64> {
        let step = element_px - self.element_px;
        let (list_most, element_most) = self.most();
        self.element_px = element_px;
        let is_step = step.abs() <= STEP_PX;
        let is_scaled = list_most > element_most;
        // Where the element ends it cuts a turn of the wheel short, but not what was meant by it.
        let near = list_most / element_most.max(1.0) * 2.0 + TURN_PX;
        let moved = match self.list_px + step {
            moved if element_px <= 0.0 && moved <= near => 0.0,
            moved if element_px >= element_most && list_most - moved <= near => list_most,
            moved => moved.clamp(0.0, list_most),
        };
        self.list_px = if !is_scaled {
            element_px.clamp(0.0, list_most)
        } else if is_step {
            moved
        } else {
            element_px / element_most * list_most
        };
        // At an end of the element the list would seem to end; at an end of the list it has to.
        let is_at_end = |px: f64, most: f64| px <= 0.0 || px >= most;
        let apart = (self.in_proportion() - self.element_px).abs();
        let wrong_end =
            is_at_end(self.element_px, element_most) != is_at_end(self.list_px, list_most);
        let is_off = is_scaled && is_step && apart > 1.0 && (apart > STEP_PX || wrong_end);
        is_off.then(|| {
            self.element_px = self.in_proportion();
            self.element_px
        })
    }

    /// Moves the list; gives the place to scroll the element to.
    fn move_to(&mut self, list_px: f64) -> f64 {
        self.list_px = list_px.clamp(0.0, self.most().0);
        self.element_px = self.in_proportion();
        self.element_px
    }

    /// Brings a row in sight, if it is not. Gives the place to scroll the element to.
    pub fn show(&mut self, row: usize) -> Option<f64> {
        let top = row as f64 * ROW_PX;
        if top < self.list_px {
            Some(self.move_to(top))
        } else if top + ROW_PX > self.list_px + self.sight_px {
            Some(self.move_to(top + ROW_PX - self.sight_px))
        } else {
            None
        }
    }

    /// Rows that a page key passes.
    pub fn page_rows(&self) -> usize {
        ((self.sight_px / ROW_PX) as usize).saturating_sub(1).max(1)
    }

    /// The rows in sight, the last of them perhaps in part.
    pub fn in_sight(&self) -> Range<usize> {
        let first = (self.list_px / ROW_PX) as usize;
        let last = ((self.list_px + self.sight_px) / ROW_PX).ceil() as usize;
        first.min(self.rows)..last.min(self.rows)
    }

    /// The rows to draw.
    pub fn drawn(&self) -> Range<usize> {
        let Range { start, end } = self.in_sight();
        let start = start.saturating_sub(BEYOND);
        let end = (end + BEYOND).max(start + LEAST_DRAWN).min(self.rows);
        start.min(end.saturating_sub(LEAST_DRAWN))..end
    }

    /// Where a row stands in the element.
    pub fn top_px(&self, row: usize) -> f64 {
        row as f64 * ROW_PX - self.list_px + self.element_px
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "whole pixels are exact")]
mod tests {
    use super::*;

    const SIGHT: f64 = 640.0;

    fn scroller(rows: usize) -> Scroller {
        let mut scroller = Scroller::default();
        scroller.set_sight(SIGHT);
        scroller.set_rows(rows);
        scroller
    }

    #[test]
    fn a_short_list_scrolls_as_the_element_does() {
        let mut scroller = scroller(1_000);
        assert_eq!(scroller.height_px(), 32_000.0);
        for place in [0.0, 100.0, 20_000.0, 31_360.0, 5.0] {
            assert_eq!(scroller.scrolled(place), None);
            assert_eq!(scroller.in_sight().start, (place / ROW_PX) as usize);
            assert_eq!(scroller.top_px(7), 7.0 * ROW_PX);
        }
    }

    #[test]
    fn the_bars_end_is_the_lists_end_however_long_it_is() {
        for rows in [0, 1, 20, 250_001, 1_000_000, 5_000_000] {
            let mut scroller = scroller(rows);
            assert!(scroller.height_px() <= MOST_PX);
            let end = (scroller.height_px() - SIGHT).max(0.0);
            assert_eq!(scroller.scrolled(end), None);
            assert_eq!(scroller.in_sight().end, rows);
            assert!(scroller.drawn().contains(&rows.saturating_sub(1)) || rows == 0);
            assert_eq!(scroller.scrolled(0.0), None);
            assert_eq!(scroller.in_sight().start, 0);
        }
    }

    #[test]
    fn small_steps_go_row_by_row_and_reach_both_ends() {
        let mut scroller = scroller(1_000_000);
        let mut place = 0.0;
        let (mut before, mut steps) = (0.0, 0);
        // Up to the tenth of the way by hand, then near to the end by the bar.
        for _ in 0..40_000 {
            place += 100.0;
            place = scroller.scrolled(place).unwrap_or(place);
            let moved = scroller.list_px - before;
            assert!((moved - 100.0).abs() < 1e-3, "{moved} at {place}");
            (before, steps) = (scroller.list_px, steps + 1);
        }
        assert_eq!((steps, scroller.in_sight().start), (40_000, 125_000));
        scroller.scrolled(MOST_PX - SIGHT - 5_000.0);
        place = MOST_PX - SIGHT - 5_000.0;
        for _ in 0..300 {
            place = (place + 100.0).min(MOST_PX - SIGHT);
            place = scroller.scrolled(place).unwrap_or(place);
        }
        assert_eq!(scroller.in_sight().end, 1_000_000);
        place = scroller.show(3).unwrap();
        for _ in 0..3 {
            place = (place - 100.0).max(0.0);
            place = scroller.scrolled(place).unwrap_or(place);
        }
        assert_eq!(scroller.in_sight().start, 0);
    }

    #[test]
    fn any_row_can_be_shown_and_stands_where_it_is_seen() {
        let mut scroller = scroller(1_000_000);
        for row in [999_999, 0, 500_000, 500_001, 499_990, 999_998] {
            if let Some(place) = scroller.show(row) {
                assert!((0.0..=MOST_PX - SIGHT).contains(&place));
                assert_eq!(scroller.scrolled(place), None);
            }
            let top = scroller.top_px(row) - scroller.element_px;
            assert!((-1e-3..=SIGHT - ROW_PX + 1e-3).contains(&top), "{row} stands at {top}");
            assert!(scroller.drawn().contains(&row));
        }
        assert_eq!(scroller.page_rows(), 19);
    }

    #[test]
    fn the_last_pixels_of_a_huge_list_can_be_reached() {
        let mut scroller = scroller(5_000_000);
        scroller.show(4_000_000);
        let place = scroller.move_to(12.0);
        assert_eq!(scroller.in_sight().start, 0);
        assert_eq!(scroller.scrolled((place - 100.0).max(0.0)), None);
        assert_eq!(scroller.list_px, 0.0);
        let most = scroller.most().0;
        let place = scroller.move_to(most - 12.0);
        assert_eq!(scroller.scrolled((place + 100.0).min(MOST_PX - SIGHT)), None);
        assert_eq!(scroller.list_px, most);
    }

    #[test]
    fn a_shorter_list_stands_at_its_end() {
        let mut scroller = scroller(1_000_000);
        scroller.show(900_000);
        let place = scroller.set_rows(30);
        assert_eq!(place, 30.0 * ROW_PX - SIGHT);
        assert_eq!(scroller.in_sight(), 10..30);
        assert_eq!(scroller.drawn(), 0..30);
    }
}
