//! Customer ids: each says how many bytes it shares with the one before and what comes then.

use super::container::{Cursor, PartReader, PartWriter};
use super::packed::{self, PackedStream};
use super::{SnapshotError, kinds};
use crate::model::TextColumn;

/// The most bytes an id takes from the one before. It bounds what a small file can grow into:
/// since every id has a byte of its own, to 64 bytes of ids for each byte stored.
const MAX_SHARED: usize = 63;

/// Appends the three sections.
pub(super) fn write(part: &mut PartWriter, ids: &TextColumn) {
    let pairs = || {
        (0..ids.len()).map(|at| {
            let id = ids.get(at);
            let before = if at == 0 { "" } else { ids.get(at - 1) };
            (shared(before, id), id)
        })
    };
    part.section(kinds::ID_SHARED, |out| {
        packed::write(out, pairs().map(|(shared, _)| shared as u32));
    });
    part.section(kinds::ID_OWN, |out| {
        packed::write(out, pairs().map(|(shared, id)| (id.len() - shared) as u32));
    });
    part.section(kinds::ID_TEXT, |out| {
        for (shared, id) in pairs() {
            out.extend_from_slice(&id.as_bytes()[shared..]);
        }
    });
}

/// Bytes of whole characters in common at the beginning, [`MAX_SHARED`] at most.
fn shared(before: &str, id: &str) -> usize {
    let pairs = before.bytes().zip(id.bytes()).take(MAX_SHARED);
    id.floor_char_boundary(pairs.take_while(|(a, b)| a == b).count())
}

/// Reads `count` ids: strictly ascending by bytes, each UTF-8 and not empty.
pub(super) fn read(part: &mut PartReader<'_>, count: usize) -> Result<TextColumn, SnapshotError> {
    let shared = part.section(kinds::ID_SHARED)?;
    let own = part.section(kinds::ID_OWN)?;
    let text = part.section(kinds::ID_TEXT)?;
    if count > text.left() {
        return Err(text.damaged(format!(
            "{count} ids in {} bytes; each has at least one of its own",
            text.left()
        )));
    }
    let bytes = total(shared.clone(), count)? + text.left() as u64;
    text.check_room(bytes)?;
    let own_text = std::str::from_utf8(text.clone().rest())
        .map_err(|error| text.damaged(format!("ids that are not UTF-8: {error}")))?;
    let mut ids = TextColumn::with_capacity(count, bytes as usize);
    let mut reader = IdReader {
        shared: PackedStream::new(shared, count)?,
        own: PackedStream::new(own, count)?,
        text,
        own_text,
        id: String::new(),
    };
    for at in 0..count {
        if !ids.push(reader.next(at)?) {
            return Err(reader.text.damaged(format!("id {at}: more than 4 GiB of ids")));
        }
    }
    reader.shared.finish()?;
    reader.own.finish()?;
    match reader.own_text.len() {
        0 => Ok(ids),
        left => Err(reader.text.damaged(format!("{left} bytes too many"))),
    }
}

/// Bytes that all ids together take from the ones before.
fn total(shared: Cursor<'_>, count: usize) -> Result<u64, SnapshotError> {
    let mut stream = PackedStream::new(shared, count)?;
    let mut total = 0;
    for at in 0..count {
        let shared = stream.next()?;
        if shared as usize > MAX_SHARED {
            return Err(stream.damaged(format!(
                "id {at} shares {shared} bytes with the one before; {MAX_SHARED} is the most"
            )));
        }
        total += u64::from(shared);
    }
    Ok(total)
}

struct IdReader<'a> {
    shared: PackedStream<'a>,
    own: PackedStream<'a>,
    text: Cursor<'a>,
    /// What no id has used yet.
    own_text: &'a str,
    id: String,
}

impl IdReader<'_> {
    /// The id at a position; the messages have its number, never its text.
    fn next(&mut self, at: usize) -> Result<&str, SnapshotError> {
        let shared = self.shared.next()? as usize;
        let own = self.own.next()? as usize;
        let Some((own, left)) = self.own_text.split_at_checked(own) else {
            return Err(self
                .text
                .damaged(format!("id {at} ends inside of a character or nowhere")));
        };
        self.own_text = left;
        match self.id.get(shared..) {
            Some(rest) if own > rest => {}
            Some(_) => return Err(self.text.damaged(format!("id {at} does not ascend"))),
            None => {
                return Err(self.text.damaged(format!(
                    "id {at} shares {shared} bytes with the one before, which has {} or a \
                     character across that place",
                    self.id.len()
                )));
            }
        }
        self.id.truncate(shared);
        self.id.push_str(own);
        Ok(&self.id)
    }
}
