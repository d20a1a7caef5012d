//! What the pages read and change. Pages get it as one handle, [`App`], from the context.
//!
//! What can be thought without a browser stands in modules of its own, tested anywhere:
//! [`history`], [`pacer`], [`place`], [`library`], [`document_change`], [`merge`],
//! [`arrival`], [`backup`], and most of [`sync`].

#[cfg(feature = "web")]
mod app;
pub mod arrival;
pub mod backup;
pub mod config;
#[cfg(feature = "web")]
mod contacts_offer;
#[cfg(feature = "web")]
mod customers;
#[cfg(feature = "web")]
mod data;
#[cfg(feature = "web")]
mod device;
pub mod document_change;
#[cfg(feature = "web")]
mod documents;
#[cfg(feature = "web")]
mod draft;
#[cfg(feature = "web")]
mod engine;
pub mod export_record;
#[cfg(feature = "web")]
mod exporting;
#[cfg(feature = "web")]
mod form;
pub mod history;
#[cfg(feature = "web")]
mod import;
pub mod library;
#[cfg(feature = "web")]
mod lists;
pub mod merge;
#[cfg(feature = "web")]
mod open_data;
pub mod pacer;
pub mod place;
#[cfg(feature = "web")]
mod release;
#[cfg(feature = "web")]
mod settings;
pub mod sync;
#[cfg(feature = "web")]
mod taking_over;
#[cfg(feature = "web")]
mod vault;
#[cfg(feature = "web")]
mod workspace;

#[cfg(feature = "web")]
pub use app::{App, Notice, Page, use_app};
#[cfg(feature = "web")]
pub use contacts_offer::ContactsOffer;
#[cfg(feature = "web")]
pub use customers::Customers;
#[cfg(feature = "web")]
pub use data::{Data, Stage};
#[cfg(feature = "web")]
pub use device::{Device, Erasing, Report, Restored};
#[cfg(feature = "web")]
pub use documents::{Changed, Documents};
#[cfg(feature = "web")]
pub use draft::{Draft, list_of, segment_document};
#[cfg(feature = "web")]
pub use engine::Engine;
#[cfg(feature = "web")]
pub use exporting::{ExportStanding, Exporting, PEOPLE, WritingState, gates};
#[cfg(feature = "web")]
pub use form::{DraftOf, Form, FormPart};
#[cfg(feature = "web")]
pub use import::Import;
#[cfg(feature = "web")]
pub use lists::{ContactsState, Lists, PreflightHeard};
#[cfg(feature = "web")]
pub use open_data::{OpenData, SeenFrom};
#[cfg(feature = "web")]
pub use release::Release;
#[cfg(feature = "web")]
pub use settings::{Settings, Theme};
#[cfg(feature = "web")]
pub use vault::Vault;
#[cfg(feature = "web")]
pub use workspace::{Belonging, Saving, Standing, Workspace};
