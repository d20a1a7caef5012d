//! What a press does.

use leptos::ev::MouseEvent;

/// Does something whenever it is pressed: for `on:click`. Leptos types elements by what they do;
/// this gives all buttons one type, half a kilobyte of the page each.
pub fn tap(act: impl Fn() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| act())
}
