//! A second thread that runs this very module, and the messages to and fro.

use gloo::events::EventListener;
use js_sys::encode_uri_component;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, WorkerOptions, WorkerType};

/// Why a worker cannot be spoken to.
#[derive(Debug, Clone, thiserror::Error)]
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

/// A running worker, seen from the page.
pub struct Worker {
    inner: web_sys::Worker,
}

impl Worker {
    /// Starts one. `heard` gets each message, and whatever goes wrong.
    ///
    /// # Errors
    /// A page that does not name its module, or a browser that starts no worker.
    pub fn start<M: DeserializeOwned>(
        heard: impl Fn(Result<M, WorkerProblem>) + Clone + 'static,
    ) -> Result<Worker, WorkerProblem> {
        let script = format!("worker.js?module={}", encode_uri_component(&module_address()?));
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let inner = web_sys::Worker::new_with_options(&script, &options)?;
        let failed = heard.clone();
        // Both listeners live as long as the page.
        EventListener::new(&inner, "message", move |event| heard(content(event))).forget();
        EventListener::new(&inner, "error", move |_| failed(Err(WorkerProblem::Stopped))).forget();
        Ok(Worker { inner })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// A message that the browser cannot copy.
    pub fn send(&self, message: &impl Serialize) -> Result<(), WorkerProblem> {
        Ok(self.inner.post_message(&as_value(message)?)?)
    }
}

/// Whether this copy of the module runs in a worker.
pub fn is_worker() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

/// In a worker: answers each message of the page, after the first word, which tells the page
/// that this worker listens.
///
/// # Errors
/// This is no worker.
pub fn answer_page<Q: DeserializeOwned, A: Serialize>(
    first_word: &A,
    answer: impl Fn(Result<Q, WorkerProblem>) -> A + 'static,
) -> Result<(), WorkerProblem> {
    let scope = js_sys::global()
        .dyn_into::<DedicatedWorkerGlobalScope>()
        .map_err(|_| WorkerProblem::NotStarted)?;
    let page = scope.clone();
    let send = move |message: &A| -> Result<(), WorkerProblem> {
        Ok(page.post_message(&as_value(message)?)?)
    };
    send(first_word)?;
    EventListener::new(&scope, "message", move |event| {
        // A message that cannot be sent cannot be reported either; the page waits in vain and
        // the console says why.
        send(&answer(content(event))).expect("answers are plain values");
    })
    .forget();
    Ok(())
}

fn as_value(message: &impl Serialize) -> Result<JsValue, WorkerProblem> {
    message
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|_| WorkerProblem::NotUnderstood)
}

fn content<M: DeserializeOwned>(event: &web_sys::Event) -> Result<M, WorkerProblem> {
    let message = event.dyn_ref::<MessageEvent>().ok_or(WorkerProblem::NotUnderstood)?;
    serde_wasm_bindgen::from_value(message.data()).map_err(|_| WorkerProblem::NotUnderstood)
}

/// The address of this module's script: its name holds a hash, which only the page knows.
fn module_address() -> Result<String, WorkerProblem> {
    let script = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|page| page.query_selector("link[rel=modulepreload]").ok().flatten())
        .and_then(|link| link.get_attribute("href"));
    script.ok_or(WorkerProblem::NotStarted)
}
