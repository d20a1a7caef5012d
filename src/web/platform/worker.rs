//! A second thread that runs another module, and the messages to and fro.

#[cfg(feature = "web")]
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
#[cfg(feature = "web")]
use web_sys::{WorkerOptions, WorkerType};

#[cfg(feature = "web")]
use super::boot::BootScript;

/// Why a worker cannot be spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkerProblem {
    /// The browser did not start it.
    #[error("the browser did not start the part of the page that counts")]
    NotStarted,
    /// It ended by itself.
    #[error("the part of the page that counts stopped")]
    Stopped,
    /// What it sent, or was to be sent, is no message.
    #[error("the page and the part that counts do not understand each other")]
    NotUnderstood,
}

impl From<JsValue> for WorkerProblem {
    fn from(_: JsValue) -> WorkerProblem {
        WorkerProblem::NotStarted
    }
}

/// What lies beside a message: bytes, which move to the other side, and files of the reader.
#[derive(Debug, Clone, Default)]
pub struct Attachments {
    things: Array,
    moved: Array,
}

impl Attachments {
    /// Nothing.
    pub fn none() -> Attachments {
        Attachments::default()
    }

    /// Bytes alone.
    pub fn of_bytes(bytes: &[u8]) -> Attachments {
        let attachments = Attachments::none();
        attachments.push_bytes(bytes);
        attachments
    }

    /// Lays bytes beside the message.
    pub fn push_bytes(&self, bytes: &[u8]) {
        self.push_array(&Uint8Array::from(bytes));
    }

    /// Lays an array beside the message; it is of no more use here.
    pub fn push_array(&self, array: &Uint8Array) {
        self.moved.push(&array.buffer());
        self.things.push(array);
    }

    /// Lays 32-bit words beside the message.
    pub fn push_words(&self, words: &[u32]) {
        self.push_array(&Uint8Array::new(&js_sys::Uint32Array::from(words).buffer()));
    }

    /// Lays 64-bit words beside the message.
    pub fn push_long_words(&self, words: &[u64]) {
        self.push_array(&Uint8Array::new(&js_sys::BigUint64Array::from(words).buffer()));
    }

    /// Lays numbers beside the message.
    pub fn push_numbers(&self, numbers: &[f64]) {
        self.push_array(&Uint8Array::new(&js_sys::Float64Array::from(numbers).buffer()));
    }

    /// Lays everything that lies beside another message, which it then leaves, beside this one.
    pub fn push_all(&self, others: &Attachments) {
        for thing in others.things.iter() {
            match thing.dyn_into::<Uint8Array>() {
                Ok(array) => self.push_array(&array),
                Err(thing) => {
                    self.things.push(&thing);
                }
            }
        }
    }

    /// The 32-bit words at a position.
    pub fn words(&self, at: u32) -> Option<Vec<u32>> {
        Some(js_sys::Uint32Array::new(&self.array(at)?.buffer()).to_vec())
    }

    /// The 64-bit words at a position.
    pub fn long_words(&self, at: u32) -> Option<Vec<u64>> {
        Some(js_sys::BigUint64Array::new(&self.array(at)?.buffer()).to_vec())
    }

    /// The numbers at a position.
    pub fn numbers(&self, at: u32) -> Option<Vec<f64>> {
        Some(js_sys::Float64Array::new(&self.array(at)?.buffer()).to_vec())
    }

    /// Lays whatever the browser can hand on beside the message: a file, a handle on one.
    pub fn push_thing(&self, thing: &JsValue) {
        self.things.push(thing);
    }

    /// What lies at a position.
    pub fn thing(&self, at: u32) -> Option<JsValue> {
        (at < self.things.length()).then(|| self.things.get(at))
    }

    /// Lays a file beside the message.
    pub fn push_file(&self, file: &web_sys::File) {
        self.things.push(file);
    }

    /// The bytes at a position.
    pub fn bytes(&self, at: u32) -> Option<Vec<u8>> {
        Some(self.array(at)?.to_vec())
    }

    /// The array at a position.
    pub fn array(&self, at: u32) -> Option<Uint8Array> {
        self.things.get(at).dyn_into().ok()
    }

    /// All files.
    pub fn files(&self) -> Vec<web_sys::File> {
        self.things.iter().filter_map(|thing| thing.dyn_into().ok()).collect()
    }
}

/// A running worker, seen from the page.
#[cfg(feature = "web")]
pub struct Worker {
    inner: web_sys::Worker,
    _script: BootScript,
    _listeners: [EventListener; 2],
}

#[cfg(feature = "web")]
impl Worker {
    /// Starts one that runs `module`, a script of the page such as `count.js`. `heard` gets
    /// each message, and whatever goes wrong.
    ///
    /// # Errors
    /// A browser that starts no worker.
    pub fn start<M: DeserializeOwned>(
        module: &str,
        heard: impl Fn(Result<(M, Attachments), WorkerProblem>) + 'static,
    ) -> Result<Worker, WorkerProblem> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let script = BootScript::of(module).ok_or(WorkerProblem::NotStarted)?;
        let inner = web_sys::Worker::new_with_options(script.address(), &options)?;
        let heard = Rc::new(heard);
        let failed = Rc::clone(&heard);
        let listeners = [
            EventListener::new(&inner, "message", move |event| heard(content(event))),
            EventListener::new(&inner, "error", move |_| failed(Err(WorkerProblem::Stopped))),
        ];
        Ok(Worker { inner, _script: script, _listeners: listeners })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// A message that the browser cannot copy.
    pub fn send(
        &self,
        message: &impl Serialize,
        attachments: &Attachments,
    ) -> Result<(), WorkerProblem> {
        let message = as_value(message, attachments)?;
        Ok(self.inner.post_message_with_transfer(&message, &attachments.moved)?)
    }
}

#[cfg(feature = "web")]
impl Drop for Worker {
    fn drop(&mut self) {
        self.inner.terminate();
    }
}

/// The page, seen from its worker.
#[derive(Debug, Clone)]
pub struct PagePort {
    scope: DedicatedWorkerGlobalScope,
}

impl PagePort {
    /// Sends a message. One that cannot be sent cannot be reported either: the console says why.
    pub fn send(&self, message: &impl Serialize, attachments: &Attachments) {
        let sent = as_value(message, attachments).and_then(|message| {
            Ok(self.scope.post_message_with_transfer(&message, &attachments.moved)?)
        });
        if let Err(problem) = sent {
            web_sys::console::error_1(&problem.to_string().into());
        }
    }
}

/// In a worker: hears each message of the page for as long as the worker lives.
///
/// # Errors
/// This is no worker.
pub fn answer_page<Q: DeserializeOwned>(
    hear: impl Fn(&PagePort, Result<(Q, Attachments), WorkerProblem>) + 'static,
) -> Result<PagePort, WorkerProblem> {
    let scope = js_sys::global()
        .dyn_into::<DedicatedWorkerGlobalScope>()
        .map_err(|_| WorkerProblem::NotStarted)?;
    let port = PagePort { scope: scope.clone() };
    let page = port.clone();
    EventListener::new(&scope, "message", move |event| hear(&page, content(event))).forget();
    Ok(port)
}

/// A message crosses as a list: itself as bytes, and what lies beside it. Bytes and not objects:
/// the code that makes objects of every kind of message would be a tenth of the page.
fn as_value(message: &impl Serialize, attachments: &Attachments) -> Result<JsValue, WorkerProblem> {
    let bytes = postcard::to_stdvec(message).map_err(|_| WorkerProblem::NotUnderstood)?;
    Ok(Array::of2(&Uint8Array::from(&*bytes), &attachments.things).into())
}

fn content<M: DeserializeOwned>(event: &web_sys::Event) -> Result<(M, Attachments), WorkerProblem> {
    let (bytes, attachments) = parts(event).ok_or(WorkerProblem::NotUnderstood)?;
    let message = postcard::from_bytes(&bytes).map_err(|_| WorkerProblem::NotUnderstood)?;
    Ok((message, attachments))
}

fn parts(event: &web_sys::Event) -> Option<(Vec<u8>, Attachments)> {
    let parts: Array = event.dyn_ref::<MessageEvent>()?.data().dyn_into().ok()?;
    let bytes: Uint8Array = parts.get(0).dyn_into().ok()?;
    let things = parts.get(1).dyn_into().ok()?;
    Some((bytes.to_vec(), Attachments { things, moved: Array::new() }))
}
