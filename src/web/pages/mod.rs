//! Pages: each takes what is open and lays it out.

mod workspace;

pub use workspace::{WorkspaceDialogs, WorkspacePage};
