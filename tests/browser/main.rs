//! The built pages in Chromium: what `dist/` holds, driven as a person or another page would.
//! Needs `dist/` built and Chromium with its driver on the PATH; `make test` sees to both.

#[cfg(feature = "server")]
mod actions;
mod app;
#[cfg(feature = "server")]
mod audience;
mod browser;
mod case;
mod comfort;
mod customers;
#[cfg(feature = "server")]
mod cut_wire;
mod data;
mod device;
mod documents;
#[path = "../export_support/mod.rs"]
mod export_support;
mod exporting;
mod failing;
mod first_use;
mod fitting;
mod hosting;
mod hosts;
mod kept_names;
mod module;
#[cfg(feature = "server")]
mod offer;
mod offline;
#[cfg(feature = "server")]
mod outbox;
#[cfg(feature = "server")]
mod outbox_restart;
mod parts;
mod room;
mod rules;
mod sealed;
mod segment_form;
mod segments;
mod shared;
mod site;
mod steady;
#[cfg(feature = "server")]
mod sync;
#[cfg(feature = "server")]
#[path = "../sync_support/mod.rs"]
mod sync_support;
mod using;
mod view_files;
#[path = "../common/views.rs"]
mod views;
mod workspace;
mod workspace_access;
