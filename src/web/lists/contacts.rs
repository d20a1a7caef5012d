//! Names and addresses come in: made up, from the host, or from files of the reader.

use super::{Desk, internal};
use crate::demo;
use crate::model::{Contacts, Day};
use crate::snapshot::{
    Manifest, PartKind, Passphrase, SnapshotError, open_contacts, open_contacts_with,
};
use crate::web::platform::{Attachments, FetchProblem, bytes_of, fetch_bytes};
use crate::web::protocol::lists::{ContactsFrom, ContactsSaid};
use crate::web::protocol::{DEMO_CUSTOMERS, DEMO_SEED, Failure, FailureKind};

/// Why there are no contacts.
enum NoContacts {
    Sealed,
    WrongPassphrase,
    Failed(Failure),
}

impl From<SnapshotError> for NoContacts {
    fn from(error: SnapshotError) -> NoContacts {
        if error.is_sealed() {
            return NoContacts::Sealed;
        }
        if error.is_wrong_passphrase() {
            return NoContacts::WrongPassphrase;
        }
        NoContacts::Failed(unreadable(&error))
    }
}

impl From<FetchProblem> for NoContacts {
    fn from(problem: FetchProblem) -> NoContacts {
        let kind = FailureKind::Network;
        NoContacts::Failed(Failure { kind, message: problem.to_string() })
    }
}

impl From<Failure> for NoContacts {
    fn from(failure: Failure) -> NoContacts {
        NoContacts::Failed(failure)
    }
}

fn unreadable(reason: &impl ToString) -> Failure {
    Failure { kind: FailureKind::Unreadable, message: reason.to_string() }
}

fn said(came: Result<(), NoContacts>) -> ContactsSaid {
    match came {
        Ok(()) => ContactsSaid::There,
        Err(NoContacts::Sealed) => ContactsSaid::Sealed,
        Err(NoContacts::WrongPassphrase) => ContactsSaid::WrongPassphrase,
        Err(NoContacts::Failed(failure)) => ContactsSaid::Failed(failure),
    }
}

/// Loads the contacts of the data that is open, and has them listed. Sealed ones are held until
/// [`unlock`] opens them.
pub async fn load(desk: &Desk, from: ContactsFrom, beside: Attachments) -> ContactsSaid {
    let generation = desk.generation.get();
    let came = match from {
        ContactsFrom::Demo { today } => made_up(&today).map_err(NoContacts::from),
        ContactsFrom::Site { base } => stored(desk, fetched(desk, &base).await),
        ContactsFrom::Beside => {
            let bytes = match beside.files().first() {
                Some(file) => bytes_of(file).await,
                None => beside.bytes(0),
            };
            let gone = || unreadable(&"the file cannot be read any more").into();
            stored(desk, bytes.ok_or_else(gone))
        }
    };
    if desk.generation.get() != generation {
        return ContactsSaid::Failed(internal(&"other data was opened meanwhile"));
    }
    said(came.and_then(|contacts| put(desk, contacts)))
}

/// Opens the sealed contacts that are here.
pub fn unlock(desk: &Desk, passphrase: String) -> ContactsSaid {
    let open = || {
        let sealed = desk.sealed.borrow();
        let bytes = sealed.as_ref().ok_or_else(|| internal(&"there is nothing sealed here"))?;
        let passphrase = Passphrase::new(passphrase).ok_or(NoContacts::WrongPassphrase)?;
        Ok(open_contacts_with(&manifest(desk)?, bytes, Some(&passphrase))?)
    };
    let opened = open();
    said(opened.and_then(|contacts| put(desk, contacts)))
}

fn put(desk: &Desk, contacts: Contacts) -> Result<(), NoContacts> {
    if desk.list.borrow_mut().set_contacts(contacts) {
        desk.sealed.replace(None);
        Ok(())
    } else {
        Err(unreadable(&"these are the contacts of other customers").into())
    }
}

/// Opens stored contacts, or holds them if they are sealed.
fn stored(desk: &Desk, bytes: Result<Vec<u8>, NoContacts>) -> Result<Contacts, NoContacts> {
    let bytes = bytes?;
    let opened = open_contacts(&manifest(desk)?, &bytes).map_err(NoContacts::from);
    if matches!(opened, Err(NoContacts::Sealed)) {
        desk.sealed.replace(Some(bytes));
    }
    opened
}

async fn fetched(desk: &Desk, base: &str) -> Result<Vec<u8>, NoContacts> {
    let file = manifest(desk)?.part(PartKind::Contacts)?.file.clone();
    Ok(fetch_bytes(&format!("{base}{file}"), |_, _| true).await?)
}

fn manifest(desk: &Desk) -> Result<Manifest, NoContacts> {
    Ok(Manifest::parse(&desk.manifest.borrow())?)
}

fn made_up(today: &str) -> Result<Contacts, Failure> {
    let today = Day::parse(today).map_err(|error| internal(&error))?;
    let settings =
        demo::Settings::new(DEMO_CUSTOMERS, DEMO_SEED, today).map_err(|error| internal(&error))?;
    Ok(demo::build(&settings).1)
}
