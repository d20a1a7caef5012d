//! The facts part: which sections it has, in which order.

use super::container::{Kind, PartReader, PartWriter};
use super::lines::Counts;
use super::records::Decoded;
use super::{Part, SnapshotError, customers, ids, kinds, lines, records};
use crate::model::{Customers, Facts, Lines, Membership, Named, PackedLine};

/// The facts part's bytes. The same facts give the same bytes.
pub fn encode_facts(facts: &Facts) -> Vec<u8> {
    let mut part = PartWriter::new(Part::Facts, kinds::FACTS.len());
    part.section(kinds::COUNTS, |out| {
        for count in [facts.customers.count(), facts.lines.count() as u32, orders(&facts.lines)] {
            out.extend_from_slice(&count.to_le_bytes());
        }
    });
    part.section(kinds::RECORDS, |out| records::write(out, facts));
    ids::write(&mut part, &facts.customers.ids);
    customers::write_distances(&mut part, &facts.customers.distances);
    part.section(kinds::ROW_SETS, |out| {
        let Customers { women, men, with_email, .. } = &facts.customers;
        let members = facts.consents.iter().chain(&facts.flags).map(|set| &set.rows);
        for rows in [women, men, with_email].into_iter().chain(members) {
            customers::write_rows(out, rows);
        }
    });
    lines::write(&mut part, &facts.lines, &facts.catalogue);
    part.finish()
}

fn orders(lines: &Lines) -> u32 {
    lines.packed.iter().filter(|line| line.has(PackedLine::NEW_ORDER)).count() as u32
}

/// Facts from the facts part's bytes, which are not trusted: what comes back keeps every rule
/// of [`Facts`] and its columns. Memory: the columns themselves, at most about 70 bytes for
/// each byte read (`FORMAT.md`, *Bounds*).
///
/// # Errors
/// Bytes that are no facts part, have a newer format version, end early or go on too long, or
/// break a rule of the format or the model.
pub fn decode_facts(bytes: &[u8]) -> Result<Facts, SnapshotError> {
    let mut part = PartReader::new(Part::Facts, bytes)?;
    let mut counts = part.section(kinds::COUNTS)?;
    let sizes = Counts { customers: counts.u32()?, lines: counts.u32()?, orders: counts.u32()? };
    counts.finish()?;
    let Decoded { venue, catalogue, consents, flags, offers } =
        records::read(part.section(kinds::RECORDS)?)?;
    let rows = sizes.customers;
    let ids = ids::read(&mut part, rows as usize)?;
    let distances = customers::read_distances(&mut part, rows as usize)?;
    let mut sets = part.section(kinds::ROW_SETS)?;
    let women = customers::read_rows(&mut sets, rows)?;
    let men = customers::read_rows(&mut sets, rows)?;
    if !women.is_disjoint(&men) {
        return Err(sets.damaged("a customer is both woman and man"));
    }
    let with_email = customers::read_rows(&mut sets, rows)?;
    let mut members = |named: Vec<Named>| -> Result<Vec<Membership>, SnapshotError> {
        let with_rows = |Named { id, name }| {
            Ok(Membership { id, name, rows: customers::read_rows(&mut sets, rows)? })
        };
        named.into_iter().map(with_rows).collect()
    };
    let (consents, flags) = (members(consents)?, members(flags)?);
    sets.finish()?;
    let lines = lines::read(&mut part, sizes, &catalogue)?;
    part.finish()?;
    let customers = Customers { ids, women, men, distances, with_email };
    Ok(Facts { venue, catalogue, customers, consents, flags, lines, offers })
}

/// The name of a section of the facts.
pub(super) fn section_name(number: u32) -> Option<&'static str> {
    kinds::FACTS.iter().find(|kind: &&Kind| kind.number == number).map(|kind| kind.name)
}
