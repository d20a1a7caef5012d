//! Pages: each takes what is open and lays it out.

mod data;
mod dialogs;
mod erased;
mod link;
mod segment;
mod segments;
mod settings;
mod stage;
mod timeline;
mod update;
mod workspace;

pub use data::{DataPage, tell_of_no_room};
pub use dialogs::{Begin, ModeDialog, OpenDialog, SaveAsDialog};
pub use erased::ErasedPage;
pub use link::LinkDialog;
pub use segment::SegmentPage;
pub use segments::SegmentsPage;
pub use settings::SettingsPage;
pub use stage::{StageLine, size};
pub use update::UpdateLine;
pub use workspace::{WorkspaceDialogs, WorkspacePage};
