//! Parts of the page that are fetched when they are first needed, so that a first visit loads only
//! what it shows. The build cuts them out of the page's module where [`later!`] marks them
//! (tools/pack.mjs); they share its memory, so nothing else tells them from the rest.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use super::components::tap;
use super::words::failing::FailingWords;
use super::words::use_words;

/// Marks a function as belonging to a part. One that draws something,
/// `later! { part: pub fn draws(what: String) => view! { … }.into_any() }`, shows nothing until the
/// part is there, at once from then on. One that does something,
/// `later! { part: pub fn does(what: String) { … } }`, does it as soon as the part is there, in the
/// order of its calls. Where the part cannot be had both say so and offer to fetch it again.
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
    ($(#[$doc:meta])* $part:ident: $vis:vis fn $name:ident($($what:ident: $kind:ty),* $(,)?) $done:block) => {
        $(#[$doc])*
        $vis fn $name($($what: $kind),*) {
            mod $name {
                #![allow(unused_imports)]
                use super::*;
                use leptos::wasm_split::{SplitLoaderError, wasm_split};
                #[allow(clippy::unnecessary_wraps, reason = "a part that does not come is an error")]
                #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible, preload(load))]
                pub fn $name($($what: $kind),*) -> Result<(), SplitLoaderError> {
                    $done;
                    Ok(())
                }
            }
            $crate::web::later::act(
                || Box::pin($name::load()),
                Box::new(move || Box::pin($name::$name($($what),*))),
            );
        }
    };
}
pub(crate) use later;

/// A part on its way.
pub type Loading = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;
/// What a part draws; there at once when the part is.
pub type Drawing = Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>;

/// What a part does; done at once when the part is there.
pub type Doing = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

thread_local! {
    /// Who waits until the reader wants to fetch missing parts again.
    static WAITING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
    /// Whether somebody does.
    static IS_MISSING: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// Does what belongs to a part: now if the part is there, else as soon as it is.
pub fn act(load: fn() -> Loading, act: Box<dyn FnOnce() -> Doing>) {
    let mut loading = load();
    let known = at_once(&mut loading);
    if let Some(Ok(())) = known {
        at_once(&mut act());
        return;
    }
    spawn_local(async move {
        let mut loaded = match known {
            Some(known) => known,
            None => loading.await,
        };
        while loaded.is_err() {
            wished_again().await;
            loaded = load().await;
        }
        // It is there by now.
        act().await.ok();
    });
}

/// Waits until the reader wants to fetch again what could not be had.
async fn wished_again() {
    let mut is_told = false;
    poll_fn(|context| {
        if mem::replace(&mut is_told, true) {
            return Poll::Ready(());
        }
        WAITING.with_borrow_mut(|waiting| waiting.push(context.waker().clone()));
        IS_MISSING.with(|is_missing| is_missing.set(true));
        Poll::Pending
    })
    .await;
}

/// Says that something waits for a part that cannot be had, while it does.
pub fn missed() -> AnyView {
    let is_missing = IS_MISSING.with(Clone::clone);
    let again = Callback::new(|()| {
        IS_MISSING.with(|is_missing| is_missing.set(false));
        WAITING.take().into_iter().for_each(Waker::wake);
    });
    (move || is_missing.get().then(|| missing(again))).into_any()
}

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
