//! What a list of a view needs of the counting worker: the result, and the numbers that changed
//! since it was last asked.

use super::counting::Counting;
use super::documents::{day, view_of};
use crate::engine::{ListedMark, ListedNumbers, Snapshot};
use crate::model::{Day, Membership, Row};
use crate::view::FilterKind;
use crate::web::platform::Attachments;
use crate::web::protocol::lists::{GateFlag, ListAsk, ListColumn, ListData, ListGates, ListParts};
use crate::web::protocol::{Answer, Failure};

/// What whoever lists has already.
#[derive(Default)]
pub struct Given {
    has_data: bool,
    has_gates: bool,
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
        let session = self.session_of(view_of(&ask.view)?, day(&ask.as_of)?)?;
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
        let numbers = numbers.mark();
        if ask.with_gates {
            parts.gates = Some(self.push_gates(!self.given.has_gates, &beside));
        }
        let has_gates = ask.with_gates || self.given.has_gates;
        self.given = Given { has_data: true, has_gates, numbers };
        Ok((Answer::List(parts), beside))
    }

    fn push_data(&self, manifest: &[u8], beside: &Attachments) -> ListData {
        let facts = Snapshot::facts(&self.snapshot);
        let ids = &facts.customers.ids;
        beside.push_bytes(ids.text().as_bytes());
        beside.push_words(ids.ends());
        beside.push_bytes(manifest);
        let country = facts.venue.country.clone();
        ListData { digits: facts.venue.decimals.digits(), country }
    }

    /// What decides who leaves: what never changes only if it `is_first`, and the flags.
    fn push_gates(&self, is_first: bool, beside: &Attachments) -> ListGates {
        let facts = self.snapshot.facts();
        let named = facts.venue.marketing_consent.as_deref();
        let marketing = facts.consents.iter().find(|consent| Some(consent.id.as_str()) == named);
        if is_first {
            let day = |row: Row| {
                let line = facts.lines.packed_of(row).last()?;
                u32::try_from(line.order_day - Day::MIN.number()).ok()
            };
            let days: Vec<u32> =
                (0..facts.customers.count()).map(|row| day(row).unwrap_or(u32::MAX)).collect();
            beside.push_words(&days);
            if let Some(consent) = marketing {
                push_rows(consent, beside);
            }
        }
        let flags = self.snapshot.flags();
        for flag in flags {
            push_rows(flag, beside);
        }
        let flag = |flag: &Membership| GateFlag { id: flag.id.clone(), name: flag.name.clone() };
        ListGates {
            is_first,
            has_marketing: marketing.is_some(),
            flags: flags.iter().map(flag).collect(),
        }
    }
}

fn push_rows(set: &Membership, beside: &Attachments) {
    let mut bytes = Vec::with_capacity(set.rows.serialized_size());
    set.rows.serialize_into(&mut bytes).expect("memory takes every byte");
    beside.push_bytes(&bytes);
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
