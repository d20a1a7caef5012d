//! Keys that work everywhere in the workspace.

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

use super::WorkspaceDialogs;
use crate::web::pages::focus;
use crate::web::state::Workspace;

/// Listens for as long as the workspace is shown.
pub fn listen(workspace: Workspace, dialogs: WorkspaceDialogs, finder: NodeRef<Input>) {
    let handle = window_event_listener(ev::keydown, move |key| {
        if key.default_prevented() || is_in_dialog(&key) {
            return;
        }
        let command = key.ctrl_key() || key.meta_key();
        let wish: Option<Box<dyn FnOnce()>> = match key.key().to_ascii_lowercase().as_str() {
            "f6" => {
                let backwards = key.shift_key();
                Some(Box::new(move || focus::next_region(backwards)))
            }
            "s" if command && !key.shift_key() => Some(Box::new(move || dialogs.save.run(()))),
            "z" if command && !is_typing(&key) && !key.shift_key() => {
                Some(Box::new(move || workspace.undo()))
            }
            "z" | "y" if command && !is_typing(&key) => Some(Box::new(move || workspace.redo())),
            "/" if !command && !is_typing(&key) => Some(Box::new(move || {
                if let Some(input) = finder.get_untracked() {
                    // A field that cannot take the keyboard leaves it where it was.
                    input.focus().ok();
                    input.scroll_into_view_with_bool(false);
                }
            })),
            _ => None,
        };
        if let Some(wish) = wish {
            key.prevent_default();
            wish();
        }
    });
    on_cleanup(move || handle.remove());
}

fn target(key: &KeyboardEvent) -> Option<HtmlElement> {
    key.target()?.dyn_into().ok()
}

/// Whether the key was meant for a text: its own undo and its own slash come first.
fn is_typing(key: &KeyboardEvent) -> bool {
    let texts = "input:is([type=text], [type=search]), textarea, select";
    target(key).is_some_and(|target| target.matches(texts).unwrap_or(false))
}

fn is_in_dialog(key: &KeyboardEvent) -> bool {
    target(key).is_some_and(|target| target.closest("dialog").ok().flatten().is_some())
}
