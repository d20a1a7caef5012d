//! The built pages in Chromium: what `dist/` holds, driven as a person or another page would.
//! Needs `dist/` built and Chromium with its driver on the PATH; `make test` sees to both.

mod app;
mod browser;
mod case;
mod customers;
mod data;
mod device;
mod documents;
#[path = "../export_support/mod.rs"]
mod export_support;
mod exporting;
mod failing;
mod first_use;
mod hosting;
mod hosts;
mod module;
mod offline;
mod rules;
mod segments;
mod site;
mod using;
#[path = "../common/views.rs"]
mod views;
mod workspace;
mod workspace_access;
