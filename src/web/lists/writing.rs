//! Lists become files, a while at a time: on the reader's disk, or for the page to hand over.

use std::io;
use std::rc::Rc;

use super::plans::{Prepared, STEP, Turns};
use super::{Desk, answer, answer_with, internal, refused};
use crate::export::{ExportError, Output, Setting, Writing};
use crate::web::platform::{Attachments, NotWritten, PagePort, Sink};
use crate::web::protocol::lists::{ListsAnswer, WriteAsk, WrittenSaid};
use crate::web::protocol::{Failure, FailureKind};

/// So many bytes wait at most before the browser gets them.
const CHUNK_BYTES: usize = 1 << 20;

/// Bytes that wait for the browser: of each file that they belong to, in order.
#[derive(Default)]
struct Waiting(Vec<(u32, Vec<u8>)>);

impl Waiting {
    fn bytes(&self) -> usize {
        self.0.iter().map(|(_, bytes)| bytes.len()).sum()
    }
}

impl Output for Waiting {
    fn begin_file(&mut self, number: u32) -> io::Result<()> {
        self.0.push((number, Vec::new()));
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some((_, coming)) = self.0.last_mut() {
            coming.extend_from_slice(bytes);
        }
        Ok(())
    }
}

/// Why nothing was written.
enum NotDone {
    GivenUp,
    Failed(Failure),
}

impl From<NotWritten> for NotDone {
    fn from(problem: NotWritten) -> NotDone {
        let kind = FailureKind::Unreadable;
        NotDone::Failed(Failure { kind, message: problem.to_string() })
    }
}

impl From<ExportError> for NotDone {
    fn from(error: ExportError) -> NotDone {
        NotDone::Failed(refused(&error))
    }
}

/// Writes a plan's list and answers.
pub async fn write(desk: Rc<Desk>, page: PagePort, id: u32, ask: WriteAsk, beside: Attachments) {
    match written(&desk, &page, id, &ask, &beside).await {
        Ok((said, files)) => {
            let with = Attachments::none();
            for file in &files {
                with.push_thing(file);
            }
            answer_with(&page, id, ListsAnswer::Written(said), &with);
        }
        Err(NotDone::GivenUp) => answer(&page, id, ListsAnswer::Cancelled),
        Err(NotDone::Failed(failure)) => answer(&page, id, ListsAnswer::Failed(failure)),
    }
}

async fn written(
    desk: &Desk,
    page: &PagePort,
    id: u32,
    ask: &WriteAsk,
    beside: &Attachments,
) -> Result<(WrittenSaid, Vec<wasm_bindgen::JsValue>), NotDone> {
    let prepared = desk.plan(ask.plan).map_err(NotDone::Failed)?;
    let mut sink = if ask.to_disk {
        let handle = beside.thing(0).ok_or_else(|| NotDone::Failed(internal(&"no file")))?;
        Sink::disk(handle).await?
    } else {
        Sink::kept(prepared.format.media_type())
    };
    match pour(desk, page, id, ask, &prepared, &mut sink).await {
        Ok(said) => Ok((said, sink.close().await?)),
        Err(not_done) => {
            sink.give_up().await;
            Err(not_done)
        }
    }
}

async fn pour(
    desk: &Desk,
    page: &PagePort,
    id: u32,
    ask: &WriteAsk,
    prepared: &Prepared,
    sink: &mut Sink,
) -> Result<WrittenSaid, NotDone> {
    let Prepared { format, material, plan } = prepared;
    let columns = if format.is_list() { material.columns(&ask.columns) } else { Vec::new() };
    let setting = Setting { format: *format, locale: ask.locale, columns, built_at: &ask.built_at };
    let mut writing = Writing::new(material.sources()?, plan, setting)?;
    let mut turns = Turns::begin(desk, page, id);
    let mut coming = Waiting::default();
    loop {
        let written = writing.step(STEP, &mut coming)?;
        if written.is_done || coming.bytes() >= CHUNK_BYTES {
            let last = coming.0.last().map(|(file, _)| *file);
            for (file, bytes) in std::mem::take(&mut coming.0) {
                if !bytes.is_empty() {
                    sink.append(file, &bytes).await?;
                }
            }
            coming.0.extend(last.map(|file| (file, Vec::new())));
        }
        if written.is_done {
            return Ok(WrittenSaid {
                rows: written.rows as u32,
                files: written.files,
                bytes: written.bytes,
                shortened: writing.notes().len() as u32,
            });
        }
        if !turns.go_on(written.rows, plan.rows.len()).await {
            return Err(NotDone::GivenUp);
        }
    }
}
