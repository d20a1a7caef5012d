//! Pages: each takes what is open and lays it out.

mod actions;
mod data;
mod dialogs;
mod drop_area;
mod erased;
mod focus;
mod importing;
mod link;
mod outbox;
mod parts;
mod passphrase;
mod said;
mod segment;
mod segments;
mod settings;
mod stage;
mod update;
mod view_file;
mod workspace;

pub use data::tell_of_no_room;
pub use dialogs::Begin;
pub use parts::{
    data_page, erased_page, link_dialog, mode_dialog, open_dialog, outbox_page, passphrase_dialog,
    save_as_dialog, segment_page, segments_page, settings_page,
};
pub use stage::{StageLine, size};
pub use update::UpdateLine;
pub use workspace::{WorkspaceDialogs, WorkspacePage};
