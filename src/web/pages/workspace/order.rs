//! The order of the boxes, changed by hand and by keys.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use crate::view::FilterKind;
use crate::web::components::{BoxMove, style_name};
use crate::web::pages::focus;
use crate::web::state::Workspace;
use crate::web::words::Words;

/// The order of the boxes.
#[derive(Clone, Copy)]
pub struct Order {
    workspace: Workspace,
    words: Words,
    /// The box that a hand holds.
    held: RwSignal<Option<FilterKind>>,
    /// Where the last box went, for those who do not see it.
    said: RwSignal<String>,
}

impl Order {
    /// Nothing moves yet.
    pub fn new(workspace: Workspace, words: Words) -> Order {
        Order { workspace, words, held: RwSignal::new(None), said: RwSignal::new(String::new()) }
    }

    /// Where the last box went, in words.
    pub fn said(self) -> String {
        self.said.get()
    }

    /// Whether a hand holds a box.
    pub fn is_held(self) -> bool {
        self.held.get().is_some()
    }

    /// A box is to go elsewhere.
    pub fn take(self, kind: FilterKind, wanted: BoxMove) {
        let boxes = self.workspace.boxes_untracked();
        let Some(at) = boxes.iter().position(|shown| *shown == kind) else { return };
        let last = boxes.len() - 1;
        let to = match wanted {
            BoxMove::Hold => return self.held.set(Some(kind)),
            BoxMove::Earlier => at.saturating_sub(1),
            BoxMove::Later => (at + 1).min(last),
            BoxMove::First => 0,
            BoxMove::Last => last,
        };
        self.place(kind, to);
        self.workspace.settle();
        // A box that moves in the document loses the keyboard.
        request_animation_frame(move || {
            focus::on(&format!(".filter-box[data-filter={}] .box-head__grip", style_name(kind)));
        });
    }

    /// The hand comes over another box: the one it holds takes that place.
    pub fn pass(self, moved: &PointerEvent) {
        let Some(kind) = self.held.get_untracked() else { return };
        if moved.buttons() == 0 {
            return self.let_go();
        }
        let over = moved.target().and_then(|over| over.dyn_into::<Element>().ok());
        let over = over.and_then(|over| over.closest(".filter-box").ok().flatten());
        let Some(name) = over.and_then(|over| over.get_attribute("data-filter")) else { return };
        let boxes = self.workspace.boxes_untracked();
        let to = boxes.iter().position(|shown| style_name(*shown) == name);
        if let Some(to) = to.filter(|to| boxes[*to] != kind) {
            self.place(kind, to);
        }
    }

    /// The hand lets go: all that it passed is one step.
    pub fn let_go(self) {
        if self.held.get_untracked().is_some() {
            self.held.set(None);
            self.workspace.settle();
        }
    }

    fn place(self, kind: FilterKind, to: usize) {
        let mut boxes = self.workspace.boxes_untracked();
        boxes.retain(|shown| *shown != kind);
        boxes.insert(to.min(boxes.len()), kind);
        let count = |count: usize| self.words.formats.count(count as u32);
        let says = self.words.messages.boxes.moved;
        self.said.set(says(self.words.title(kind), &count(to + 1), &count(boxes.len())));
        self.workspace.drag(|view| view.boxes = Some(boxes));
    }
}
