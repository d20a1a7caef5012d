//! Files that a worker writes: to the reader's disk as they come, or for the browser to keep until
//! the page hands them over.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, FileSystemFileHandle, FileSystemWritableFileStream};

/// The browser would not take the bytes: the disk is full, or the reader took the file away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the browser could not write the file; there may be no room left")]
pub struct NotWritten;

impl From<JsValue> for NotWritten {
    fn from(_: JsValue) -> NotWritten {
        NotWritten
    }
}

/// Where bytes go.
pub enum Sink {
    /// A file that the reader chose. Until it is closed, what was there before is untouched.
    Disk(FileSystemWritableFileStream),
    /// Files that the browser keeps, outside the worker's memory.
    Kept {
        /// The parts of each.
        files: Vec<Array>,
        /// What they are.
        media_type: String,
    },
}

impl Sink {
    /// Files that the browser keeps.
    pub fn kept(media_type: &str) -> Sink {
        Sink::Kept { files: Vec::new(), media_type: media_type.to_owned() }
    }

    /// A file that the reader chose.
    ///
    /// # Errors
    /// No handle on a file, or one that may not be written to.
    pub async fn disk(handle: JsValue) -> Result<Sink, NotWritten> {
        let handle: FileSystemFileHandle = handle.dyn_into()?;
        let stream = JsFuture::from(handle.create_writable()).await?;
        Ok(Sink::Disk(stream.dyn_into()?))
    }

    /// Appends to a file, counted from 1; on a disk there is one.
    ///
    /// # Errors
    /// There is no room left.
    pub async fn append(&mut self, file: u32, bytes: &[u8]) -> Result<(), NotWritten> {
        match self {
            Sink::Disk(stream) => {
                let written = stream.write_with_js_u8_array(&Uint8Array::from(bytes))?;
                JsFuture::from(written).await?;
            }
            Sink::Kept { files, .. } => {
                while files.len() < file as usize {
                    files.push(Array::new());
                }
                let Some(parts) = files.get(file as usize - 1) else { return Ok(()) };
                let part = Array::of1(&Uint8Array::from(bytes));
                parts.push(&Blob::new_with_u8_array_sequence(&part)?.into());
            }
        }
        Ok(())
    }

    /// Ends the files; those that the browser keeps come back.
    ///
    /// # Errors
    /// There is no room left.
    pub async fn close(self) -> Result<Vec<JsValue>, NotWritten> {
        match self {
            Sink::Disk(stream) => {
                JsFuture::from(stream.close()).await?;
                Ok(Vec::new())
            }
            Sink::Kept { files, media_type } => {
                let options = BlobPropertyBag::new();
                options.set_type(&media_type);
                let whole = |parts: &Array| {
                    Ok(Blob::new_with_blob_sequence_and_options(parts, &options)?.into())
                };
                files.iter().map(whole).collect()
            }
        }
    }

    /// Leaves no trace.
    pub async fn give_up(self) {
        if let Sink::Disk(stream) = self {
            // What was there before stays, whatever the stream says.
            JsFuture::from(stream.abort()).await.ok();
        }
    }
}
