//! What a list of a view needs of the counting worker: the result, and the numbers that changed
//! since it was last asked.

use super::counting::Counting;
use crate::engine::ListedNumbers;
use crate::engine::{ListedMark, Snapshot};
use crate::view::FilterKind;
use crate::web::platform::Attachments;
use crate::web::protocol::lists::{ListAsk, ListColumn, ListData, ListParts};
use crate::web::protocol::{Answer, Failure};

/// What whoever lists has already.
#[derive(Default)]
pub struct Given {
    has_data: bool,
    numbers: ListedMark,
}

impl Counting {
    /// The parts of a list, and what lies beside them.
    pub fn list(
        &mut self,
        ask: &ListAsk,
        manifest: &[u8],
    ) -> Result<(Answer, Attachments), Failure> {
        if ask.is_first {
            self.given = Given::default();
        }
        let session = self.session_of(&ask.view, &ask.as_of)?;
        let beside = Attachments::none();
        beside.push_long_words(session.result().words());
        let numbers = session.listed_numbers();
        let mut parts = ListParts::default();
        if !self.given.has_data {
            parts.data = Some(self.push_data(manifest, &beside));
            push_column(&numbers, FilterKind::DistanceKm, &mut parts, &beside);
        }
        for kind in numbers.changed(&self.given.numbers) {
            push_column(&numbers, kind, &mut parts, &beside);
        }
        self.given = Given { has_data: true, numbers: numbers.mark() };
        Ok((Answer::List(parts), beside))
    }

    fn push_data(&self, manifest: &[u8], beside: &Attachments) -> ListData {
        let facts = Snapshot::facts(&self.snapshot);
        let ids = &facts.customers.ids;
        beside.push_bytes(ids.text().as_bytes());
        beside.push_words(ids.ends());
        beside.push_bytes(manifest);
        ListData { digits: facts.venue.decimals.digits() }
    }
}

fn push_column(
    numbers: &ListedNumbers,
    kind: FilterKind,
    parts: &mut ListParts,
    beside: &Attachments,
) {
    let Some(column) = numbers.column(kind) else { return };
    beside.push_words(&column.keys);
    if let Some(table) = &column.table {
        beside.push_numbers(table);
    }
    parts
        .columns
        .push(ListColumn { name: kind.name().to_owned(), has_table: column.table.is_some() });
}
