//! Files that this browser keeps for the page, written and read in a worker.

#[cfg(feature = "count")]
use js_sys::AsyncIterator;
use js_sys::{JsString, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DedicatedWorkerGlobalScope, File, FileSystemDirectoryHandle, FileSystemFileHandle,
    FileSystemGetFileOptions, FileSystemSyncAccessHandle,
};

/// The browser does not keep a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this browser does not keep files for the page: {reason}")]
pub struct NotKept {
    /// What the browser says.
    pub reason: String,
}

impl From<JsValue> for NotKept {
    fn from(thrown: JsValue) -> NotKept {
        NotKept { reason: message_of(&thrown) }
    }
}

async fn folder() -> Result<FileSystemDirectoryHandle, NotKept> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let storage = scope.navigator().storage();
    if storage.is_undefined() {
        // As in a private window, or a page without https.
        return Err(NotKept { reason: "no storage here".to_owned() });
    }
    Ok(JsFuture::from(storage.get_directory()).await?.unchecked_into())
}

/// Keeps a file, in place of one with its name. Not in one step: a name that anything else leads
/// to must be a new one.
///
/// # Errors
/// A browser without such storage, or whose storage is full.
pub async fn keep(name: &str, bytes: &[u8]) -> Result<(), NotKept> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let file = folder().await?.get_file_handle_with_options(name, &options);
    let file: FileSystemFileHandle = JsFuture::from(file).await?.unchecked_into();
    let access: FileSystemSyncAccessHandle =
        JsFuture::from(file.create_sync_access_handle()).await?.unchecked_into();
    let written = access
        .truncate_with_f64(0.0)
        .and_then(|()| access.write_with_js_u8_array(&Uint8Array::from(bytes)))
        .and_then(|count| access.flush().map(|()| count));
    access.close();
    if written? < bytes.len() as f64 {
        return Err(NotKept { reason: "its storage is full".to_owned() });
    }
    Ok(())
}

/// Reads a file that was kept; `None` where there is none.
pub async fn kept(name: &str) -> Option<Vec<u8>> {
    let file = folder().await.ok()?.get_file_handle(name);
    let file: FileSystemFileHandle = JsFuture::from(file).await.ok()?.unchecked_into();
    let file: File = JsFuture::from(file.get_file()).await.ok()?.unchecked_into();
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Keeps no file any more but those of these names.
#[cfg(feature = "count")]
pub async fn keep_only(names: &[&str]) {
    let Ok(folder) = folder().await else { return };
    let entries: AsyncIterator = folder.keys();
    let mut others = Vec::new();
    while let Ok(next) = entries.next() {
        let Ok(next) = JsFuture::from(next).await else { break };
        let value = Reflect::get(&next, &"value".into()).ok().and_then(|value| value.as_string());
        let Some(name) = value else { break };
        if !names.contains(&name.as_str()) {
            others.push(name);
        }
    }
    for name in others {
        // One that another tab is reading stays until the next time.
        JsFuture::from(folder.remove_entry(&name)).await.ok();
    }
}

/// The message of something that JavaScript threw.
fn message_of(thrown: &JsValue) -> String {
    Reflect::get(thrown, &JsString::from("message"))
        .ok()
        .and_then(|message| message.as_string())
        .unwrap_or_else(|| "no reason given".to_owned())
}
