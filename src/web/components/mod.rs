//! Parts of pages: values in, callbacks out.

mod app_header;
mod result_bar;

pub use app_header::AppHeader;
pub use result_bar::ResultBar;
