//! Who holds a valid ticket to an event: one roaring bitmap an event.

use roaring::{MultiOps, RoaringBitmap};

use crate::model::{Facts, PackedLine};

/// For each event, the customers with a valid ticket to it.
#[derive(Debug)]
pub struct Holders {
    by_event: Vec<RoaringBitmap>,
}

impl Holders {
    /// One pass to count, one to place, one to compress.
    pub fn of(facts: &Facts) -> Holders {
        let lines = &facts.lines;
        let mut end = vec![0_usize; facts.catalogue.events.len() + 1];
        for line in &lines.packed {
            end[line.event as usize + 1] += usize::from(line.has(PackedLine::NEW_EVENT));
        }
        for event in 1..end.len() {
            end[event] += end[event - 1];
        }
        let mut next = end.clone();
        let mut rows = vec![0_u32; *end.last().unwrap_or(&0)];
        for row in 0..facts.customers.count() {
            let first_of_events = lines.packed_of(row).iter();
            for line in first_of_events.filter(|line| line.has(PackedLine::NEW_EVENT)) {
                let slot = &mut next[line.event as usize];
                rows[*slot] = row;
                *slot += 1;
            }
        }
        let by_event = end
            .windows(2)
            .map(|span| {
                RoaringBitmap::from_sorted_iter(rows[span[0]..span[1]].iter().copied())
                    .expect("rows were placed upwards")
            })
            .collect();
        Holders { by_event }
    }

    /// Holders of a ticket to one event.
    pub fn of_event(&self, event: u32) -> &RoaringBitmap {
        &self.by_event[event as usize]
    }

    /// Holders of a ticket to any of these events.
    pub fn of_any(&self, events: impl IntoIterator<Item = u32>) -> RoaringBitmap {
        events.into_iter().map(|event| self.of_event(event)).union()
    }
}
