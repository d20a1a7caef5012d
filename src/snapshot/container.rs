//! The frame of a part: magic, version, table of sections, sections.

use super::{Part, SnapshotError, VERSION};

const MAGIC_BYTES: usize = 8;
/// Magic, version, number of sections.
const HEADER_BYTES: usize = MAGIC_BYTES + 4 + 4;
/// Kind, offset, length.
const ENTRY_BYTES: usize = 4 + 8 + 8;
/// More sections than any part has; contacts have one for each column.
const MAX_SECTIONS: usize = 1 << 16;
const FRAME: &str = "frame";

/// A section in the table of a part: its number in the file and its name for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub number: u32,
    pub name: &'static str,
}

/// How much room a section takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionSize {
    /// Its name as in `FORMAT.md`; the columns of the contacts all have the same.
    pub name: &'static str,
    /// Bytes.
    pub bytes: u64,
}

fn magic(part: Part) -> &'static [u8; MAGIC_BYTES] {
    match part {
        Part::Contacts => b"PUBLIKC\n",
        Part::Facts | Part::Manifest => b"PUBLIKF\n",
    }
}

/// Writes a part: the table is filled in as the sections end.
pub(super) struct PartWriter {
    out: Vec<u8>,
    next_entry: usize,
}

impl PartWriter {
    /// A part that will have exactly `sections` sections.
    pub fn new(part: Part, sections: usize) -> PartWriter {
        let mut out = Vec::with_capacity(HEADER_BYTES + sections * ENTRY_BYTES);
        out.extend_from_slice(magic(part));
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&(sections as u32).to_le_bytes());
        out.resize(HEADER_BYTES + sections * ENTRY_BYTES, 0);
        PartWriter { out, next_entry: HEADER_BYTES }
    }

    /// The next section, as `write` appends it.
    pub fn section(&mut self, kind: Kind, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.out.len();
        write(&mut self.out);
        let length = self.out.len() - start;
        let entry = &mut self.out[self.next_entry..self.next_entry + ENTRY_BYTES];
        entry[..4].copy_from_slice(&kind.number.to_le_bytes());
        entry[4..12].copy_from_slice(&(start as u64).to_le_bytes());
        entry[12..].copy_from_slice(&(length as u64).to_le_bytes());
        self.next_entry += ENTRY_BYTES;
    }

    pub fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// The sections of a part, found and bounded but not yet read.
pub(super) struct PartReader<'a> {
    part: Part,
    bytes: &'a [u8],
    entries: Vec<(u32, usize, usize)>,
    next: usize,
}

impl<'a> PartReader<'a> {
    /// Reads the frame. The sections must lie end to end up to the last byte.
    pub fn new(part: Part, bytes: &'a [u8]) -> Result<PartReader<'a>, SnapshotError> {
        let mut frame = Cursor { part, section: FRAME, base: 0, bytes, at: 0 };
        let known = magic(part);
        let begins = bytes.len().min(MAGIC_BYTES);
        if begins == 0 || bytes[..begins] != known[..begins] {
            return Err(SnapshotError::Foreign { part });
        }
        frame.take(MAGIC_BYTES)?;
        let version = frame.u32()?;
        if version > VERSION {
            return Err(SnapshotError::Newer { part, found: version, known: VERSION });
        }
        if version == 0 {
            return Err(frame.damaged("format version 0; the first is 1"));
        }
        let sections = frame.u32()? as usize;
        if sections > MAX_SECTIONS || sections * ENTRY_BYTES > frame.left() {
            return Err(frame.damaged(format!("{sections} sections, more than the file can hold")));
        }
        let mut entries = Vec::with_capacity(sections);
        let mut end = HEADER_BYTES + sections * ENTRY_BYTES;
        for _ in 0..sections {
            let kind = frame.u32()?;
            let (offset, length) = (frame.u64()?, frame.u64()?);
            if offset != end as u64 || length > (bytes.len() - end) as u64 {
                return Err(frame.damaged(format!(
                    "a section at byte {offset} of {length} bytes; it must start at byte {end} \
                     and the file has {} bytes",
                    bytes.len()
                )));
            }
            let start = end;
            end += length as usize;
            entries.push((kind, start, end));
        }
        if end != bytes.len() {
            return Err(frame.damaged(format!(
                "the sections end at byte {end}, the file at byte {}",
                bytes.len()
            )));
        }
        Ok(PartReader { part, bytes, entries, next: 0 })
    }

    /// The next section, which must be of this kind.
    pub fn section(&mut self, kind: Kind) -> Result<Cursor<'a>, SnapshotError> {
        let Some(&(number, start, end)) = self.entries.get(self.next) else {
            return Err(self.wrong_table(kind.name, "the section is missing".to_owned()));
        };
        if number != kind.number {
            let reason =
                format!("a section of kind {number} stands where kind {} belongs", kind.number);
            return Err(self.wrong_table(kind.name, reason));
        }
        self.next += 1;
        let bytes = &self.bytes[start..end];
        Ok(Cursor { part: self.part, section: kind.name, base: start, bytes, at: 0 })
    }

    /// Sections not taken yet.
    pub fn left(&self) -> usize {
        self.entries.len() - self.next
    }

    /// Refuses sections that nobody asked for.
    pub fn finish(&self) -> Result<(), SnapshotError> {
        match self.left() {
            0 => Ok(()),
            left => Err(self.wrong_table(FRAME, format!("{left} sections too many"))),
        }
    }

    /// All sections by `name_of` their number.
    pub fn sizes(&self, name_of: impl Fn(u32) -> Option<&'static str>) -> Vec<SectionSize> {
        let size = |&(number, start, end): &(u32, usize, usize)| SectionSize {
            name: name_of(number).unwrap_or("unknown"),
            bytes: (end - start) as u64,
        };
        let frame = HEADER_BYTES + self.entries.len() * ENTRY_BYTES;
        let frame = SectionSize { name: FRAME, bytes: frame as u64 };
        std::iter::once(frame).chain(self.entries.iter().map(size)).collect()
    }

    fn wrong_table(&self, section: &'static str, reason: String) -> SnapshotError {
        let offset = HEADER_BYTES + self.next * ENTRY_BYTES;
        SnapshotError::Damaged { part: self.part, section, offset, reason }
    }
}

/// A section's bytes and how far they have been read.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    part: Part,
    section: &'static str,
    base: usize,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A section on its own.
    #[cfg(test)]
    pub fn of(bytes: &'a [u8]) -> Cursor<'a> {
        Cursor { part: Part::Facts, section: "test", base: 0, bytes, at: 0 }
    }

    /// Something is wrong here.
    pub fn damaged(&self, reason: impl Into<String>) -> SnapshotError {
        SnapshotError::Damaged {
            part: self.part,
            section: self.section,
            offset: self.base + self.at,
            reason: reason.into(),
        }
    }

    /// Refuses a column larger than any memory of this machine's addresses; on wasm that is
    /// 2 GiB.
    pub fn check_room(&self, bytes: u64) -> Result<(), SnapshotError> {
        if bytes > isize::MAX as u64 {
            return Err(self.damaged(format!("a column of {bytes} bytes, too large for memory")));
        }
        Ok(())
    }

    /// Bytes not read yet.
    pub fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub fn take(&mut self, length: usize) -> Result<&'a [u8], SnapshotError> {
        if length > self.left() {
            return Err(self.damaged(format!(
                "{length} bytes wanted, {} are left: the file is cut short",
                self.left()
            )));
        }
        let taken = &self.bytes[self.at..self.at + length];
        self.at += length;
        Ok(taken)
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        self.at = self.bytes.len();
        rest
    }

    pub fn u8(&mut self) -> Result<u8, SnapshotError> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u32(&mut self) -> Result<u32, SnapshotError> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Result<u64, SnapshotError> {
        self.array().map(u64::from_le_bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], SnapshotError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    /// Refuses bytes that nobody asked for.
    pub fn finish(&self) -> Result<(), SnapshotError> {
        match self.left() {
            0 => Ok(()),
            left => Err(self.damaged(format!("{left} bytes too many"))),
        }
    }
}
