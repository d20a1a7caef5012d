//! Opens sealed facts, in a module of its own: most pages never meet some, and what opens them is as
//! large as a third of what counts. The passphrase and what was sealed stay in this worker's memory, and go
//! with it.

use std::cell::RefCell;

use super::platform::{Attachments, PagePort, WorkerProblem, answer_page, note_panics};
use super::protocol::unseal::{UnsealAnswer, UnsealAsk};
use crate::snapshot::seal::unseal;
use crate::snapshot::{Part, Passphrase};

/// Answers the page until it closes the worker.
pub fn run() {
    note_panics();
    let sealed = RefCell::new(Vec::new());
    let port =
        answer_page(
            move |page, heard: Result<(UnsealAsk, Attachments), WorkerProblem>| match heard {
                Ok((UnsealAsk::Hold, beside)) => {
                    sealed.replace(beside.bytes(0).unwrap_or_default());
                }
                Ok((UnsealAsk::Open(passphrase), _)) => open(page, &sealed.borrow(), passphrase),
                Err(problem) => {
                    answer(page, &UnsealAnswer::Failed { message: problem.to_string() });
                }
            },
        )
        .expect("only a worker runs this");
    answer(&port, &UnsealAnswer::Ready);
}

fn answer(page: &PagePort, answer: &UnsealAnswer) {
    page.send(answer, &Attachments::none());
}

fn open(page: &PagePort, sealed: &[u8], passphrase: String) {
    let Some(passphrase) = Passphrase::new(passphrase) else {
        return answer(page, &UnsealAnswer::WrongPassphrase);
    };
    match unseal(Part::Facts, sealed, &passphrase) {
        Ok(plain) => page.send(&UnsealAnswer::Opened, &Attachments::of_bytes(&plain)),
        Err(error) if error.is_wrong_passphrase() => answer(page, &UnsealAnswer::WrongPassphrase),
        Err(error) => answer(page, &UnsealAnswer::Failed { message: error.to_string() }),
    }
}
