//! The Export dialog: what for, who goes out, and only then the file.

mod choice;
mod funnel;
mod people;
mod record;

use leptos::prelude::*;

use crate::web::components::{Dialog, Glyph, Icon, tap, use_close_dialog};
use crate::web::later::later;
use crate::web::state::{ContactsState, ExportStanding, Exporting, Page, WritingState, use_app};
use crate::web::words::exporting::ExportWords;
use crate::web::words::{Words, use_words};

use choice::Choice;
use funnel::Found;
use record::RecordDialog;

/// Opens the dialog.
#[component]
pub fn ExportButton(
    /// Whether it is open.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let t = ExportWords::of(use_words().language);
    let workspace = use_app().workspace;
    let is_empty = move || workspace.numbers().is_none_or(|numbers| numbers.total == 0);
    view! {
        <button
            class="button"
            type="button"
            aria-haspopup="dialog"
            disabled=is_empty
            on:click=move |_| is_open.set(true)
        >
            <Icon glyph=Glyph::Export/>
            {t.export}
        </button>
    }
    .into_any()
}

/// The dialog, while it is open.
#[component]
pub fn Export(
    /// Whether it is.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let on_close = Callback::new(move |()| is_open.set(false));
    move || is_open.get().then(|| export_dialog(on_close))
}

later! {
    sending: fn export_dialog(on_close: Callback<()>) => view! { <ExportDialog on_close/> }.into_any()
}

#[component]
fn ExportDialog(on_close: Callback<()>) -> impl IntoView {
    let words = use_words();
    let t = ExportWords::of(words.language);
    let app = use_app();
    let total = untrack(|| app.workspace.numbers().map_or(0, |numbers| numbers.total));
    let exporting = Exporting::begin(app);
    let is_recording = RwSignal::new(false);
    view! {
        <Dialog title=(t.dialog_title)(&words.customers(total)) on_close is_wide=true>
            <div class="dialog__body exporting">
                <Choice exporting/>
                {move || standing(exporting, words)}
                <Found exporting/>
            </div>
            <Foot exporting is_recording/>
        </Dialog>
        {move || {
            is_recording
                .get()
                .then(|| {
                    let on_close = Callback::new(move |()| is_recording.set(false));
                    view! { <RecordDialog on_close/> }
                })
        }}
    }
    .into_any()
}

/// Why it is not known who goes out.
fn standing(exporting: Exporting, words: Words) -> Option<AnyView> {
    let t = ExportWords::of(words.language);
    let list = words.customers_list();
    let text = match exporting.standing() {
        ExportStanding::Checked(_) | ExportStanding::NeedsReason | ExportStanding::Checking(_) => {
            return None;
        }
        ExportStanding::NoContacts(ContactsState::Sealed { .. }) => {
            let (vault, sealed) = (use_app().vault, words.unlocking());
            let unlock = move |_| vault.set_asking(true);
            let button = view! { <button class="button" type="button" on:click=unlock>{sealed.unlock}</button> };
            return Some(warning(
                sealed.contacts_sealed.to_owned(),
                false,
                Some(button.into_any()),
            ));
        }
        ExportStanding::NoContacts(ContactsState::Failed(failure)) => {
            (list.no_contacts)(&failure.message)
        }
        ExportStanding::NoContacts(_) => {
            let app = use_app();
            let open = move |_| app.go(Page::Data);
            let button = view! { <button class="button" type="button" on:click=open>{list.open_data}</button> };
            return Some(warning(list.elsewhere.to_owned(), false, Some(button.into_any())));
        }
        ExportStanding::BadLine(line) => (t.bad_line)(line),
        ExportStanding::Failed(failure) => (t.cannot)(&failure.message),
    };
    Some(warning(text, true, None))
}

/// A line with a sign; one that keeps from going on is read out at once.
fn warning(text: String, is_danger: bool, button: Option<AnyView>) -> AnyView {
    view! {
        <div
            class="exporting__warning"
            class=("exporting__warning--danger", is_danger)
            role=if is_danger { "alert" } else { "status" }
        >
            <Icon glyph=Glyph::Warning/>
            <span>{text}</span>
            {button}
        </div>
    }
    .into_any()
}

#[component]
fn Progress(text: String, share: Option<(u32, u32)>) -> impl IntoView {
    let meter = share.map(|(done, total)| {
        view! {
            <progress class="exporting__meter" max=total value=done aria-label=text.clone()></progress>
        }
    });
    view! { <div class="exporting__cells">{text.clone()} {meter}</div> }.into_any()
}

#[component]
fn Foot(exporting: Exporting, is_recording: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let t = ExportWords::of(words.language);
    let close = use_close_dialog();
    let is_going = move || matches!(exporting.writing(), WritingState::Going(_));
    let is_done = move || matches!(exporting.writing(), WritingState::Done { .. });
    // The last number stands until the next one is known.
    let rows = Memo::new(move |before: Option<&u32>| {
        exporting.found().map_or(before.copied().unwrap_or_default(), |said| said.rows_out)
    });
    let label = move || {
        let rows = rows.get();
        (t.export_rows)(&words.formats.count(rows), words.formats.plural(rows))
    };
    let end = move || {
        if is_going() { exporting.stop() } else { close.run() }
    };
    view! {
        <footer class="dialog__foot">
            // A number that runs is not read out.
            <div
                class="exporting__state"
                role="status"
                aria-live=move || if is_going() { "off" } else { "polite" }
            >
                {move || outcome(exporting, words)}
            </div>
            <button
                class="button button--quiet"
                type="button"
                aria-haspopup="dialog"
                on:click=move |_| is_recording.set(true)
            >
                {t.record}
            </button>
            <button
                class="button"
                class=("button--primary", is_done)
                type="button"
                on:click=tap(end)
            >
                {move || {
                    if is_going() {
                        t.stop
                    } else if is_done() {
                        t.close
                    } else {
                        words.page().cancel
                    }
                }}
            </button>
            <button
                class="button"
                class=("button--primary", move || !is_done())
                type="button"
                disabled=move || !exporting.is_ready()
                on:click=move |_| exporting.write()
            >
                {label}
            </button>
        </footer>
    }
    .into_any()
}

/// That it is looked who goes out, once that takes a while.
fn checking(exporting: Exporting, words: Words) -> AnyView {
    let t = ExportWords::of(words.language);
    match exporting.standing() {
        ExportStanding::Checking(Some(progress)) => {
            let share = Some((progress.done, progress.total));
            view! { <Progress text=t.checking.to_owned() share/> }.into_any()
        }
        ExportStanding::Checking(None) if exporting.are_contacts_coming() => {
            t.names_coming.into_any()
        }
        _ => ().into_any(),
    }
}

/// What became of the writing.
fn outcome(exporting: Exporting, words: Words) -> AnyView {
    let t = ExportWords::of(words.language);
    let count = |count: u32| words.formats.count(count);
    match exporting.writing() {
        WritingState::Not => checking(exporting, words),
        WritingState::Going(progress) => {
            let text = (t.writing)(&count(progress.done), &count(progress.total));
            let share = Some((progress.done, progress.total));
            view! { <Progress text share/> }.into_any()
        }
        WritingState::Stopped => t.stopped_writing.into_any(),
        WritingState::Failed(failure) => (t.cannot)(&failure.message).into_any(),
        WritingState::Done { said, files, unrecorded } => {
            let plural = words.formats.plural(said.rows);
            let written = (t.written)(&count(said.rows), plural, &files.join(", "));
            let shortened = (said.shortened > 0).then(|| (t.shortened)(&count(said.shortened)));
            let unrecorded = unrecorded.map(|reason| (t.not_recorded)(&reason));
            let lines = [Some(written), shortened, unrecorded].into_iter().flatten();
            lines.collect::<Vec<_>>().join(" ").into_any()
        }
    }
}
