//! From bytes to UTF-8: which encoding a file has, and reading it in that one.
//!
//! A byte order mark decides. Without one a file that is valid UTF-8 to its end is UTF-8, and any
//! other is Windows-1252, whose bytes 81, 8D, 8F, 90 and 9D are undefined. The table of
//! `encoding_rs` gives those five a control character, as browsers do, so they are looked for here.

use std::io::{self, Read};

use encoding_rs::{DecoderResult, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::IngestError;
use super::file::File;
use super::folder::Opened;
use super::progress::{Meter, Progress, Step};

/// Bytes asked for at once.
const CHUNK: usize = 256 * 1024;

/// How a file's bytes stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// By its byte order mark.
    Utf16Le,
    /// By its byte order mark.
    Utf16Be,
    /// What is left.
    Windows1252,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodingProblem {
    /// U+0000 stands in it.
    #[error("a NUL character; a text file has none")]
    Nul,
    /// Not UTF-8, and not Windows-1252 either.
    #[error("not UTF-8, and the byte {byte:02X} means nothing in Windows-1252")]
    Undefined {
        /// The byte.
        byte: u8,
    },
    /// The byte order mark of UTF-8 with something else behind it.
    #[error("marked as UTF-8 by its first three bytes, but not UTF-8")]
    NotUtf8,
    /// Half a character.
    #[error("marked as UTF-16 by its first two bytes, but not UTF-16")]
    NotUtf16,
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

fn mark_of(start: &[u8]) -> Option<(Encoding, usize)> {
    match start {
        [0xEF, 0xBB, 0xBF, ..] => Some((Encoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

/// The first pass: reads a file to its end and tells its encoding.
///
/// # Errors
/// Unreadable bytes, bytes that are no text, or the caller's wish to stop.
pub(super) fn detect(
    file: File,
    mut opened: Opened<'_>,
    meter: &mut Meter<'_>,
) -> Result<Encoding, IngestError> {
    let unreadable = |source| IngestError::Unreadable { file, source };
    let mut inspector: Option<Inspector> = None;
    let mut chunk = vec![0; CHUNK];
    let mut bytes_read = 0_u64;
    loop {
        let size = read_full(&mut opened.bytes, &mut chunk).map_err(unreadable)?;
        bytes_read += size as u64;
        let seen = inspector.get_or_insert_with(|| Inspector::new(&chunk[..size]));
        let last = size < CHUNK;
        seen.take(&chunk[..size], last).map_err(|problem| IngestError::Encoding {
            file,
            line: seen.line,
            problem,
        })?;
        let bytes_total = opened.size_bytes.max(bytes_read);
        let step = Step::Checking;
        meter.tell(Progress { file, step, bytes_read, bytes_total, rows: 0 })?;
        if last {
            return Ok(seen.encoding());
        }
    }
}

/// Reads until the buffer is full or the bytes end.
fn read_full(bytes: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match bytes.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(size) => filled += size,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// What the first pass knows so far.
struct Inspector {
    marked: Option<Encoding>,
    utf16: Option<encoding_rs::Decoder>,
    is_utf8: bool,
    /// The start of a character that goes on in the next chunk.
    pending: Vec<u8>,
    /// The first byte that Windows-1252 does not define, and its line.
    undefined: Option<(u8, u64)>,
    /// Where the bytes taken so far end; after a problem, where it lies.
    line: u64,
}

impl Inspector {
    fn new(start: &[u8]) -> Inspector {
        let marked = mark_of(start).map(|(encoding, _)| encoding);
        let utf16 = marked.and_then(|encoding| decoder(encoding, true));
        Inspector { marked, utf16, is_utf8: true, pending: Vec::new(), undefined: None, line: 1 }
    }

    fn encoding(&self) -> Encoding {
        self.marked.unwrap_or(if self.is_utf8 { Encoding::Utf8 } else { Encoding::Windows1252 })
    }

    fn take(&mut self, bytes: &[u8], last: bool) -> Result<(), EncodingProblem> {
        if self.utf16.is_some() {
            return self.take_utf16(bytes, last);
        }
        if let Some(at) = memchr::memchr(0, bytes) {
            self.line += line_feeds(&bytes[..at]);
            return Err(EncodingProblem::Nul);
        }
        if self.undefined.is_none() && !bytes.is_ascii() {
            let is_undefined = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
            self.undefined = bytes
                .iter()
                .position(is_undefined)
                .map(|at| (bytes[at], self.line + line_feeds(&bytes[..at])));
        }
        if self.is_utf8
            && let Some(at) = self.first_flaw(bytes, last)
        {
            self.is_utf8 = false;
            if self.marked.is_some() {
                self.line += line_feeds(&bytes[..at]);
                return Err(EncodingProblem::NotUtf8);
            }
        }
        if !self.is_utf8
            && let Some((byte, line)) = self.undefined
        {
            self.line = line;
            return Err(EncodingProblem::Undefined { byte });
        }
        self.line += line_feeds(bytes);
        Ok(())
    }

    /// Where the bytes stop being UTF-8; a character cut off at the end waits for the next chunk.
    fn first_flaw(&mut self, bytes: &[u8], last: bool) -> Option<usize> {
        let mut start = 0;
        while !self.pending.is_empty() && start < bytes.len() {
            self.pending.push(bytes[start]);
            start += 1;
            match std::str::from_utf8(&self.pending) {
                Ok(_) => self.pending.clear(),
                Err(error) if error.error_len().is_some() => return Some(start - 1),
                Err(_) => {}
            }
        }
        if let Err(error) = std::str::from_utf8(&bytes[start..]) {
            let flaw = start + error.valid_up_to();
            if error.error_len().is_some() {
                return Some(flaw);
            }
            self.pending.extend_from_slice(&bytes[flaw..]);
        }
        (last && !self.pending.is_empty()).then_some(bytes.len())
    }

    fn take_utf16(&mut self, bytes: &[u8], last: bool) -> Result<(), EncodingProblem> {
        let decoder = self.utf16.as_mut().expect("only called for UTF-16");
        let mut text = Vec::new();
        let outcome = decode(decoder, bytes, last, &mut text);
        let end = memchr::memchr(0, &text).unwrap_or(text.len());
        self.line += line_feeds(&text[..end]);
        if end < text.len() {
            return Err(EncodingProblem::Nul);
        }
        outcome.map_err(|()| EncodingProblem::NotUtf16)
    }
}

fn line_feeds(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// A decoder for what is not UTF-8; `with_mark` takes the byte order mark off.
fn decoder(encoding: Encoding, with_mark: bool) -> Option<encoding_rs::Decoder> {
    let table = match encoding {
        Encoding::Utf8 => return None,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Windows1252 => WINDOWS_1252,
    };
    Some(if with_mark {
        table.new_decoder_with_bom_removal()
    } else {
        table.new_decoder_without_bom_handling()
    })
}

/// Appends the text of some bytes as UTF-8; an error where they are malformed.
fn decode(
    decoder: &mut encoding_rs::Decoder,
    bytes: &[u8],
    last: bool,
    out: &mut Vec<u8>,
) -> Result<(), ()> {
    let mut read = 0;
    loop {
        let start = out.len();
        let room = decoder.max_utf8_buffer_length(bytes.len() - read).unwrap_or(CHUNK).max(16);
        out.resize(start + room, 0);
        let (result, taken, written) =
            decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut out[start..], last);
        out.truncate(start + written);
        read += taken;
        match result {
            DecoderResult::InputEmpty => return Ok(()),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return Err(()),
        }
    }
}

/// The second pass: a file's text as UTF-8, without its byte order mark.
pub(super) struct TextSource<'a> {
    bytes: Box<dyn Read + 'a>,
    decoder: Option<encoding_rs::Decoder>,
    raw: Vec<u8>,
    at_start: bool,
    is_done: bool,
    /// Bytes of the file taken so far.
    pub(super) bytes_read: u64,
    /// The file's size as the folder tells it.
    pub(super) bytes_total: u64,
}

/// Why a chunk cannot be had.
#[derive(Debug)]
pub(super) enum TextFailure {
    /// The system said so.
    Io(io::Error),
    /// The first pass found no such bytes.
    Changed,
}

impl<'a> TextSource<'a> {
    pub(super) fn new(opened: Opened<'a>, encoding: Encoding) -> TextSource<'a> {
        TextSource {
            bytes: opened.bytes,
            decoder: decoder(encoding, true),
            raw: Vec::new(),
            at_start: true,
            is_done: false,
            bytes_read: 0,
            bytes_total: opened.size_bytes,
        }
    }

    /// Appends the next chunk; false when there is none left.
    pub(super) fn append_to(&mut self, out: &mut Vec<u8>) -> Result<bool, TextFailure> {
        if self.is_done {
            return Ok(false);
        }
        self.raw.resize(CHUNK, 0);
        let size = read_full(&mut self.bytes, &mut self.raw).map_err(TextFailure::Io)?;
        self.is_done = size < CHUNK;
        self.bytes_read += size as u64;
        let bytes = &self.raw[..size];
        match &mut self.decoder {
            None => {
                let mark = if self.at_start && bytes.starts_with(UTF8_MARK) { 3 } else { 0 };
                out.extend_from_slice(&bytes[mark..]);
            }
            Some(decoder) => {
                decode(decoder, bytes, self.is_done, out).map_err(|()| TextFailure::Changed)?;
            }
        }
        self.at_start = false;
        Ok(true)
    }
}
