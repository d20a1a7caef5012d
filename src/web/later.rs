//! Parts of the page that are fetched when they are first needed, so that a first visit loads only
//! what it shows. The build cuts them out of the page's module where [`later!`] marks them
//! (tools/pack.mjs); they share its memory, so nothing else tells them from the rest.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use super::components::tap;
use super::words::failing::FailingWords;
use super::words::use_words;

/// Marks a function that draws something as belonging to a part:
/// `later! { part: pub fn draws(what: String) => view! { … }.into_any() }`. Calling it shows
/// nothing until the part is there, at once from then on, and says so where it cannot be had.
macro_rules! later {
    ($(#[$doc:meta])* $part:ident: $vis:vis fn $name:ident($($what:ident: $kind:ty),* $(,)?) => $drawn:expr) => {
        $(#[$doc])*
        $vis fn $name($($what: $kind),*) -> leptos::prelude::AnyView {
            mod $name {
                #![allow(unused_imports)]
                use super::*;
                use leptos::prelude::AnyView;
                use leptos::wasm_split::{SplitLoaderError, wasm_split};
                #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible, preload(load))]
                pub fn $name($($what: $kind),*) -> Result<AnyView, SplitLoaderError> {
                    Ok($drawn)
                }
            }
            $crate::web::later::show(
                || Box::pin($name::load()),
                move || Box::pin($name::$name($($what.clone()),*)),
            )
        }
    };
}
pub(crate) use later;

/// A part on its way.
pub type Loading = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;
/// What a part draws; there at once when the part is.
pub type Drawing = Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>;

/// Draws what belongs to a part: now if the part is there, else as soon as it is.
pub fn show(load: fn() -> Loading, draw: impl Fn() -> Drawing + Send + 'static) -> AnyView {
    let is_there = RwSignal::new(None::<bool>);
    let fetch = move || {
        let mut loading = load();
        if let Some(loaded) = at_once(&mut loading) {
            return is_there.set(Some(loaded.is_ok()));
        }
        spawn_local(async move {
            let loaded = loading.await;
            // Who asked for it may have gone elsewhere meanwhile.
            is_there.try_set(Some(loaded.is_ok()));
        });
    };
    fetch();
    let drawn = move || match is_there.get() {
        Some(true) => at_once(&mut draw())?.ok(),
        Some(false) => Some(missing(Callback::new(move |()| {
            is_there.set(None);
            fetch();
        }))),
        None => None,
    };
    drawn.into_any()
}

/// What a future has come to, without waiting for it.
fn at_once<T>(future: &mut Pin<Box<dyn Future<Output = T>>>) -> Option<T> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Says that a part cannot be had.
fn missing(again: Callback<()>) -> AnyView {
    let t = FailingWords::of(use_words().language);
    view! {
        <div class="update-notice">
            <div class="update-notice__card" role="alert">
                <p class="update-notice__text">{t.part_missing}</p>
                <button class="button" type="button" on:click=tap(move || again.run(()))>
                    {t.try_again}
                </button>
            </div>
        </div>
    }
    .into_any()
}
