//! Who holds a valid ticket to an event: one roaring bitmap an event.

use roaring::{MultiOps, RoaringBitmap};

use crate::model::{Facts, Lines};

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
        for (event, packed) in lines.event.iter().zip(&lines.tickets_and_marks) {
            end[*event as usize + 1] += usize::from(packed & Lines::NEW_EVENT != 0);
        }
        for event in 1..end.len() {
            end[event] += end[event - 1];
        }
        let mut next = end.clone();
        let mut rows = vec![0_u32; *end.last().unwrap_or(&0)];
        for row in 0..facts.customers.count() {
            let range = lines.first[row as usize] as usize..lines.first[row as usize + 1] as usize;
            for at in range {
                if lines.tickets_and_marks[at] & Lines::NEW_EVENT != 0 {
                    let slot = &mut next[lines.event[at] as usize];
                    rows[*slot] = row;
                    *slot += 1;
                }
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
