//! How many events and customers each option of a segment's lists brings, and how large a segment
//! is: what stands beside the form in which a segment is made.
//!
//! An option is counted as if it were the only one chosen in its list while all other lists stay
//! as they are. All options of all lists are counted in one pass over the lines.

use super::scope::EventScope;
use super::snapshot::Snapshot;
use crate::model::{Catalogue, Day, Event, PackedLine};
use crate::view::{DaysBack, EventSelection, People, Segment, View};

/// What one option brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct OptionCount {
    /// Events.
    pub events: u32,
    /// Customers with a valid ticket to one of them.
    pub customers: u32,
}

/// Counts of every option of the six lists, each by position in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct FacetCounts {
    /// Of promoters.
    pub promoters: Vec<OptionCount>,
    /// Of seasons.
    pub seasons: Vec<OptionCount>,
    /// Of event groups.
    pub productions: Vec<OptionCount>,
    /// Of event dates: one event, or none where another list leaves it out.
    pub events: Vec<OptionCount>,
    /// Of categories.
    pub categories: Vec<OptionCount>,
    /// Of tags.
    pub tags: Vec<OptionCount>,
}

/// How large a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SegmentSize {
    /// Events in scope.
    pub events: u32,
    /// Customers.
    pub customers: u32,
}

/// The six lists, in the order in which [`options_of`] numbers them.
const LISTS: usize = 6;

impl Snapshot {
    /// Counts every option of a selection's lists. `unsaid` stands for a `days_back` that the
    /// selection does not have. Takes a pass over all lines.
    pub fn facets(&self, selection: &EventSelection, unsaid: DaysBack, as_of: Day) -> FacetCounts {
        let catalogue = &self.facts().catalogue;
        let lengths = list_lengths(catalogue);
        let starts = starts(lengths);
        let passing: [EventScope; LISTS] = std::array::from_fn(|list| {
            EventScope::of(&without_list(selection, list), unsaid, catalogue, as_of)
        });
        let total: usize = lengths.iter().sum();
        let mut counts = vec![OptionCount::default(); total];
        // For each event, the options that it counts for.
        let mut options = Vec::new();
        let mut ends = Vec::with_capacity(catalogue.events.len() + 1);
        ends.push(0);
        for (at, event) in catalogue.events.iter().enumerate() {
            let open = passing.iter().enumerate().filter(|(_, scope)| scope.selected[at]);
            for (list, _) in open {
                for option in options_of(event, at, list) {
                    let option = starts[list] + option as usize;
                    counts[option].events += 1;
                    options.push(option as u32);
                }
            }
            ends.push(options.len());
        }
        self.count_customers(&options, &ends, &mut counts);
        let mut rest = counts.into_iter();
        let mut take = |list: usize| rest.by_ref().take(lengths[list]).collect::<Vec<_>>();
        FacetCounts {
            promoters: take(0),
            seasons: take(1),
            productions: take(2),
            events: take(3),
            categories: take(4),
            tags: take(5),
        }
    }

    /// Counts each customer once for each option that one of their events counts for.
    fn count_customers(&self, options: &[u32], ends: &[usize], counts: &mut [OptionCount]) {
        let facts = self.facts();
        let lines = &facts.lines;
        // The last customer who was counted for an option, plus one.
        let mut seen = vec![0_u32; counts.len()];
        for row in 0..facts.customers.count() {
            for line in lines.packed_of(row) {
                if !line.has(PackedLine::NEW_EVENT) {
                    continue;
                }
                let event = line.event as usize;
                for &option in &options[ends[event]..ends[event + 1]] {
                    let option = option as usize;
                    if seen[option] != row + 1 {
                        seen[option] = row + 1;
                        counts[option].customers += 1;
                    }
                }
            }
        }
    }

    /// Counts a segment's events and customers.
    pub fn segment_size(&self, segment: &Segment, as_of: Day) -> SegmentSize {
        let catalogue = &self.facts().catalogue;
        let view = View { segment: segment.clone(), ..View::default() };
        let scope = EventScope::of_segment(&view, catalogue, as_of);
        let excluded = EventScope::excluded(&view, catalogue, as_of);
        let left_out = self.holders().of_any(excluded.events());
        let customers = match segment.people {
            People::Everyone => u64::from(self.facts().customers.count()) - left_out.len(),
            People::Buyers => self.holders().of_any(scope.events()).difference_len(&left_out),
        };
        SegmentSize { events: scope.count() as u32, customers: customers as u32 }
    }
}

fn list_lengths(catalogue: &Catalogue) -> [usize; LISTS] {
    [
        catalogue.promoters.len(),
        catalogue.seasons.len(),
        catalogue.productions.len(),
        catalogue.events.len(),
        catalogue.categories.len(),
        catalogue.tags.len(),
    ]
}

fn starts(lengths: [usize; LISTS]) -> [usize; LISTS] {
    let mut start = 0;
    lengths.map(|length| {
        start += length;
        start - length
    })
}

/// The selection with one list asking nothing.
fn without_list(selection: &EventSelection, list: usize) -> EventSelection {
    let mut other = selection.clone();
    match list {
        0 => other.promoters.clear(),
        1 => other.seasons.clear(),
        2 => other.productions.clear(),
        3 => other.events.clear(),
        4 => other.categories.clear(),
        _ => other.tags.clear(),
    }
    other
}

/// The options of a list that an event belongs to, by position.
fn options_of(event: &Event, at: usize, list: usize) -> impl Iterator<Item = u32> {
    let (one, many): (Option<u32>, &[u32]) = match list {
        0 => (event.promoter, &[]),
        1 => (event.season, &[]),
        2 => (Some(event.production), &[]),
        3 => (Some(at as u32), &[]),
        4 => (None, &event.categories),
        _ => (None, &event.tags),
    };
    one.into_iter().chain(many.iter().copied())
}
