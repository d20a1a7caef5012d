//! Mail: put together, handed over, and what became of it.

mod compose;
mod files;
mod pace;
mod sender;
mod smtp;

pub use compose::{address, sender as sender_name, token_of};
pub use files::{is_written, remove};
pub use sender::{Post, start};
pub use smtp::Unreachable;
