//! Names and addresses come in: made up, from the host, or from files of the reader.

use super::{Desk, internal, keeping};
use crate::demo;
use crate::model::{Contacts, Day};
use crate::snapshot::{
    Manifest, PartKind, Passphrase, SnapshotError, open_contacts, open_contacts_with,
};
use crate::web::platform::{Attachments, FetchProblem, PickedFile, bytes_of, fetch_bytes};
use crate::web::protocol::lists::{ContactsFrom, ContactsSaid};
use crate::web::protocol::{DEMO_CUSTOMERS, DEMO_SEED, Failure, FailureKind};

/// Why there are no contacts.
enum NoContacts {
    Sealed,
    Elsewhere,
    WrongPassphrase,
    Failed(Failure),
}

impl From<SnapshotError> for NoContacts {
    fn from(error: SnapshotError) -> NoContacts {
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
        Err(NoContacts::Elsewhere) => ContactsSaid::Elsewhere,
        Err(NoContacts::WrongPassphrase) => ContactsSaid::WrongPassphrase,
        Err(NoContacts::Failed(failure)) => ContactsSaid::Failed(failure),
    }
}

/// Loads the contacts of the data that is open, and has them listed. Sealed ones are held until
/// [`unlock`] opens them.
pub async fn load(desk: &Desk, from: ContactsFrom, beside: Attachments) -> ContactsSaid {
    let generation = desk.generation.get();
    let came = match from {
        ContactsFrom::Demo { today } => made_up(&today).map(Stored::Open).map_err(NoContacts::from),
        from => stored(desk, from, &beside).await,
    };
    if desk.generation.get() != generation {
        return ContactsSaid::Failed(internal(&"other data was opened meanwhile"));
    }
    let opened = came.and_then(|came| match came {
        Stored::Open(contacts) => put(desk, contacts),
        Stored::Sealed(bytes) => {
            desk.sealed.replace(Some(bytes.into()));
            Err(NoContacts::Sealed)
        }
    });
    said(opened)
}

/// Contacts of a stored snapshot.
enum Stored {
    Open(Contacts),
    /// They are what the manifest names.
    Sealed(Vec<u8>),
}

/// Those that this browser keeps, else those that are given.
async fn stored(
    desk: &Desk,
    from: ContactsFrom,
    beside: &Attachments,
) -> Result<Stored, NoContacts> {
    let manifest = manifest(desk)?;
    if let Some(contacts) = keeping::readable(desk, &manifest).await {
        return Ok(Stored::Open(contacts));
    }
    let entry = manifest.part(PartKind::Contacts)?;
    if let Some(bytes) = keeping::sealed(desk, entry).await {
        return Ok(Stored::Sealed(bytes));
    }
    let bytes = match from {
        ContactsFrom::Site { base } => {
            fetch_bytes(&format!("{base}{}", entry.file), |_, _| true).await?
        }
        ContactsFrom::Beside => {
            let bytes = match named(&entry.file, beside.files()) {
                Some(file) => bytes_of(&file).await,
                None => beside.bytes(0),
            };
            bytes.ok_or_else(|| unreadable(&"the file cannot be read any more"))?
        }
        ContactsFrom::Kept | ContactsFrom::Demo { .. } => return Err(NoContacts::Elsewhere),
    };
    match open_contacts(&manifest, &bytes) {
        Ok(contacts) => Ok(Stored::Open(contacts)),
        Err(error) if error.is_sealed() => Ok(Stored::Sealed(bytes)),
        Err(error) => Err(error.into()),
    }
}

/// The file of a name, or else the first one: what is wrong with that is said when it is read.
fn named(wanted: &str, files: Vec<PickedFile>) -> Option<PickedFile> {
    let at = files.iter().position(|file| file.name() == wanted);
    files.into_iter().nth(at.unwrap_or(0))
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

fn manifest(desk: &Desk) -> Result<Manifest, NoContacts> {
    Ok(Manifest::parse(&desk.manifest.borrow())?)
}

fn made_up(today: &str) -> Result<Contacts, Failure> {
    let today = Day::parse(today).map_err(|error| internal(&error))?;
    let settings =
        demo::Settings::new(DEMO_CUSTOMERS, DEMO_SEED, today).map_err(|error| internal(&error))?;
    Ok(demo::build(&settings).1)
}
