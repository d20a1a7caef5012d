//! Files of the reader: chosen, dropped, and written for them.

use gloo::utils::{body, document};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    BlobPropertyBag, DragEvent, File, FileSystemDirectoryEntry, FileSystemEntry,
    FileSystemFileEntry, HtmlAnchorElement, HtmlInputElement, Url,
};

/// Asks the reader for files, or with `is_folder` for a folder, and gives what they choose.
/// `accept` is what the browser offers first, such as `.json`.
pub fn choose_files(accept: &str, is_folder: bool, chosen: impl FnOnce(Vec<File>) + 'static) {
    let Ok(input) = document().create_element("input") else { return };
    let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return };
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(accept);
    if is_folder {
        // An attribute with a fixed, lawful name cannot be refused.
        input.set_attribute("webkitdirectory", "").ok();
    }
    let from = input.clone();
    let heard = Closure::once_into_js(move || {
        let Some(files) = from.files() else { return };
        chosen((0..files.length()).filter_map(|at| files.get(at)).collect());
    });
    input.set_onchange(Some(heard.unchecked_ref()));
    input.click();
}

/// Gives the files of a drop, those of dropped folders too, one level down.
pub fn dropped_files(event: &DragEvent, dropped: impl FnOnce(Vec<File>) + 'static) {
    let Some(transfer) = event.data_transfer() else { return };
    let items = transfer.items();
    // Entries have to be taken before the event is over.
    let (mut entries, mut files) = (Vec::new(), Vec::new());
    for item in (0..items.length()).filter_map(|at| items.get(at)) {
        match item.webkit_get_as_entry().ok().flatten() {
            Some(entry) => entries.push(entry),
            None => files.extend(item.get_as_file().ok().flatten()),
        }
    }
    spawn_local(async move {
        for entry in entries {
            if entry.is_directory() {
                for inner in entries_in(entry.unchecked_into()).await {
                    files.extend(file_of(inner).await);
                }
            } else {
                files.extend(file_of(entry).await);
            }
        }
        dropped(files);
    });
}

async fn file_of(entry: FileSystemEntry) -> Option<File> {
    if !entry.is_file() {
        return None;
    }
    let entry: FileSystemFileEntry = entry.unchecked_into();
    let promise =
        Promise::new(&mut |given, failed| entry.file_with_callback_and_callback(&given, &failed));
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn entries_in(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let promise = Promise::new(&mut |given, failed| {
            // A refusal comes through `failed` as well.
            reader.read_entries_with_callback_and_callback(&given, &failed).ok();
        });
        let Ok(some) = JsFuture::from(promise).await else { return all };
        let some: Array = some.unchecked_into();
        if some.length() == 0 {
            return all;
        }
        all.extend(some.iter().map(JsCast::unchecked_into));
    }
}

/// Reads files as bytes, in their order with their names; `None` where one cannot be read.
pub fn read_files(
    files: Vec<File>,
    read: impl FnOnce(Option<Vec<(String, Uint8Array)>>) + 'static,
) {
    spawn_local(async move {
        let mut all = Vec::with_capacity(files.len());
        for file in files {
            let Ok(buffer) = JsFuture::from(file.array_buffer()).await else { return read(None) };
            all.push((file.name(), Uint8Array::new(&buffer)));
        }
        read(Some(all));
    });
}

/// Reads a file as bytes.
pub fn read_file(file: &File, read: impl FnOnce(Option<Vec<u8>>) + 'static) {
    let file = file.clone();
    spawn_local(async move { read(content_of(&file).await) });
}

/// Reads a file as bytes; `None` where the browser does not give them.
pub async fn content_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// A place for a file that the reader chose: a handle that a worker writes to.
pub type Place = wasm_bindgen::JsValue;

/// What became of the question for a place.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// It was chosen.
    Place(Place),
    /// The browser asks for no places.
    NotOffered,
    /// The reader gave it up.
    GivenUp,
}

/// Asks the reader where a file is to be written. Only a click may ask.
pub fn choose_place(name: &str, chosen: impl FnOnce(Chosen) + 'static) {
    let window = gloo::utils::window();
    let ask = Reflect::get(&window, &"showSaveFilePicker".into()).ok();
    let options = Object::new();
    // Setting a property of a plain object cannot fail.
    Reflect::set(&options, &"suggestedName".into(), &name.into()).ok();
    let asked = ask.and_then(|ask| ask.dyn_into::<Function>().ok());
    let asked = asked.and_then(|ask| ask.call1(&window, &options).ok());
    let Some(promise) = asked.and_then(|asked| asked.dyn_into::<Promise>().ok()) else {
        return chosen(Chosen::NotOffered);
    };
    spawn_local(async move {
        chosen(match JsFuture::from(promise).await {
            Ok(place) => Chosen::Place(place),
            Err(error) => {
                let name = Reflect::get(&error, &"name".into()).ok();
                let is_given_up = name.is_some_and(|name| name == "AbortError");
                if is_given_up { Chosen::GivenUp } else { Chosen::NotOffered }
            }
        });
    });
}

/// Hands the reader a file that a worker made.
pub fn hand_over(name: &str, file: wasm_bindgen::JsValue) {
    if let Ok(blob) = file.dyn_into::<web_sys::Blob>() {
        save(name, &blob);
    }
}

/// Hands the reader a file to keep.
pub fn download(name: &str, media_type: &str, content: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(content));
    let Ok(blob) = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options) else {
        return;
    };
    save(name, &blob);
}

fn save(name: &str, blob: &web_sys::Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    if let Some(link) = document()
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
    {
        link.set_href(&address);
        link.set_download(name);
        // In the page, for browsers that download from there only.
        body().append_child(&link).ok();
        link.click();
        link.remove();
    }
    // The browser may still be reading when the click returns.
    gloo::timers::callback::Timeout::new(60_000, move || {
        Url::revoke_object_url(&address).ok();
    })
    .forget();
}
