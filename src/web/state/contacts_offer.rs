//! Contacts that came with files of the reader: held by the page until a list asks for them, and
//! kept nowhere else.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{GetValue, LocalStorage, StoredValue};

use crate::web::platform::{Attachments, PickedFile};
use crate::web::protocol::Origin;

/// A handle on the contacts that came with files.
#[derive(Clone, Copy)]
pub struct ContactsOffer {
    held: StoredValue<Rc<Held>, LocalStorage>,
}

#[derive(Default)]
struct Held {
    /// With what is being opened.
    coming: RefCell<Option<Attachments>>,
    /// With what is open.
    here: RefCell<Option<Attachments>>,
}

impl ContactsOffer {
    /// None.
    pub fn none() -> ContactsOffer {
        ContactsOffer { held: StoredValue::new_local(Rc::default()) }
    }

    /// Those of a snapshot's folder that is about to be opened, if it has any; a folder may hold
    /// another snapshot's as well.
    pub fn files(self, files: &[PickedFile]) {
        let beside = (!files.is_empty()).then(|| {
            let beside = Attachments::none();
            for file in files {
                beside.push_file(file);
            }
            beside
        });
        self.held.get_value().coming.replace(beside);
    }

    /// Those of an export that was read, as bytes beside a message.
    pub fn bytes(self, beside: Attachments) {
        self.held.get_value().coming.replace(Some(beside));
    }

    /// What was coming is open now; with data of another origin, nothing is here.
    pub fn settle(self, origin: Origin) {
        let held = self.held.get_value();
        let coming = held.coming.take();
        let is_of_files = matches!(origin, Origin::Folder | Origin::Export);
        held.here.replace(coming.filter(|_| is_of_files));
    }

    /// Lays what is here beside a message; false where there is nothing. Bytes go with it, a
    /// file can be laid again.
    pub fn lay(self, beside: &Attachments) -> bool {
        let held = self.held.get_value();
        let Some(here) = held.here.take() else { return false };
        beside.push_all(&here);
        if !here.files().is_empty() {
            held.here.replace(Some(here));
        }
        true
    }
}
