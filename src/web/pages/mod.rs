//! Pages: each takes what is open and lays it out.

mod actions;
mod data;
mod dialogs;
mod erased;
mod focus;
mod link;
mod outbox;
mod said;
mod segment;
mod segments;
mod settings;
mod stage;
mod update;
mod workspace;

pub use data::{DataPage, tell_of_no_room};
pub use dialogs::{Begin, ModeDialog, OpenDialog, SaveAsDialog};
pub use erased::ErasedPage;
pub use link::LinkDialog;
pub use outbox::OutboxPage;
pub use segment::SegmentPage;
pub use segments::SegmentsPage;
pub use settings::SettingsPage;
pub use stage::{StageLine, size};
pub use update::UpdateLine;
pub use workspace::{WorkspaceDialogs, WorkspacePage};
