//! What goes wrong, as JavaScript sees it.

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

use crate::engine::{FlagChangesError, HistogramError};
use crate::snapshot::SnapshotError;
use crate::view::ViewErrors;

/// Thrown as an `Error` whose `path` names the place.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A view, or a part of one.
    #[error(transparent)]
    View(#[from] ViewErrors),
    /// The files of a snapshot.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// What a histogram was asked of.
    #[error(transparent)]
    Histogram(#[from] HistogramError),
    /// What flags were to be changed by.
    #[error(transparent)]
    FlagChanges(#[from] FlagChangesError),
    /// An argument that is no view.
    #[error("{name}: {found} is not allowed; allowed is {allowed}")]
    Argument {
        /// Its name.
        name: &'static str,
        /// What it may be.
        allowed: String,
        /// What it is.
        found: String,
    },
    /// A view, or a part of one, that JSON cannot hold.
    #[error("{}{found} is not allowed; allowed is what JSON can hold", lead(path))]
    NotJson {
        /// Its place in the view.
        path: String,
        /// What it is.
        found: String,
    },
    /// A text that is no day.
    #[error("asOf: {reason}")]
    AsOf {
        /// What stands there and what is allowed.
        reason: String,
    },
    /// A browser that does not know a time zone.
    #[error("today in {zone:?} is not known to this browser: say which day with asOf")]
    NoToday {
        /// The venue's.
        zone: String,
    },
}

impl Failure {
    /// The place in the view, or the argument's name; empty where the whole is meant.
    fn path(&self) -> String {
        match self {
            Failure::View(errors) => errors.path().to_owned(),
            Failure::Histogram(HistogramError::NotNumeric { name }) => format!("filters.{name}"),
            Failure::Histogram(HistogramError::Bins { .. }) => "bins".to_owned(),
            Failure::FlagChanges(error) => error.path.clone(),
            Failure::Argument { name, .. } => (*name).to_owned(),
            Failure::NotJson { path, .. } => path.clone(),
            Failure::AsOf { .. } | Failure::NoToday { .. } => "asOf".to_owned(),
            Failure::Snapshot(error) if error.is_sealed() || error.is_wrong_passphrase() => {
                "passphrase".to_owned()
            }
            Failure::Snapshot(_) => String::new(),
        }
    }
}

/// The start of a message: the path, unless the whole view is meant.
fn lead(path: &str) -> String {
    if path.is_empty() { "the view: ".to_owned() } else { format!("{path}: ") }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> JsValue {
        let error = Error::new(&failure.to_string());
        Reflect::set(&error, &"path".into(), &failure.path().into())
            .expect("an Error takes further properties");
        error.into()
    }
}
