//! What this device keeps, backing it up, and erasing it.

use leptos::prelude::*;

use crate::web::components::{Dialog, tap, use_close_dialog};
use crate::web::pages::size;
use crate::web::platform;
use crate::web::state::backup::Backup;
use crate::web::state::{App, Report, use_app};
use crate::web::words::device::DeviceWords;
use crate::web::words::{Words, use_words};

/// How many names are told of what is kept beside.
const TOLD_NAMES: usize = 10;

/// The section of what this device keeps.
#[component]
pub fn Device() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.device();
    // Looked at whenever the page opens, and when something is saved while it is open.
    Effect::new(move |_| {
        app.documents.own();
        app.device.look();
    });
    let is_asking = RwSignal::new(false);
    view! {
        <section class="settings__section" aria-label=t.title>
            <h2 class="settings__heading">{t.title}</h2>
            <p class="settings__hint">{t.intro}</p>
            <dl class="settings__rows">
                {move || app.device.report().map(|report| rows(app, words, &report))}
            </dl>
            <Lasting/>
            <Names/>
            <BackingUp/>
            <div class="settings__part">
                <p class="settings__hint">{t.erase_hint}</p>
                <button class="button button--danger" type="button" on:click=tap(move || is_asking.set(true))>
                    {t.erase}
                </button>
            </div>
            {move || is_asking.get().then(|| view! { <AskToErase is_asking/> })}
        </section>
    }
    .into_any()
}

fn rows(app: App, words: Words, report: &Report) -> AnyView {
    let t = words.device();
    let snapshot = match &report.snapshot {
        None => t.no_snapshot.to_owned(),
        Some(snapshot) => {
            let zone = untrack(|| app.data.zone());
            let language = words.language.code();
            let built = platform::moment(&snapshot.built_at, zone.as_deref(), language);
            (t.snapshot_of)(&size(snapshot.bytes, words), &built)
        }
    };
    let (segments, views) = app.documents.with_own(|own| {
        (own.len() as u32, own.iter().map(|saved| saved.views.len() as u32).sum::<u32>())
    });
    let count = |count: u32| words.formats.count(count);
    let room = report.room.map_or_else(
        || t.unknown.to_owned(),
        |room| (t.room_of)(&size(room.used, words), &size(room.quota, words)),
    );
    let lasting = match report.is_lasting {
        None => t.unknown,
        Some(true) => t.is_lasting,
        Some(false) => t.is_not_lasting,
    };
    let plural = |count: u32| words.formats.plural(count);
    let kept = (t.segments_of)(&count(segments), plural(segments), &count(views), plural(views));
    let rows = [
        (t.snapshot, snapshot),
        (t.segments, kept),
        (t.exports, count(report.exports)),
        (t.outbox, count(report.outbox)),
        (t.room, room),
        (t.lasting, lasting.to_owned()),
    ];
    let row = |(name, value)| {
        view! {
            <dt class="settings__name">{name}</dt>
            <dd>{value}</dd>
        }
    };
    rows.map(row).collect_view().into_any()
}

/// The wish that the browser keeps it all for good.
#[component]
fn Lasting() -> impl IntoView {
    let app = use_app();
    let t = use_words().device();
    let is_refused = RwSignal::new(false);
    let is_wished =
        move || app.device.report().is_none_or(|report| report.is_lasting != Some(false));
    view! {
        <div class="settings__part" hidden=is_wished>
            <button
                class="button"
                type="button"
                on:click=tap(move || {
                    app.device
                        .ask_to_last(move |is_lasting| {
                            is_refused.try_set(!is_lasting);
                        });
                })
            >
                {t.ask_to_last}
            </button>
            <p class="settings__hint" role="status">
                {move || is_refused.get().then_some(t.refused_to_last)}
            </p>
        </div>
    }
    .into_any()
}

/// Whether names and addresses are kept in readable form.
#[component]
fn Names() -> impl IntoView {
    let app = use_app();
    let t = use_words().device();
    let said = RwSignal::new(String::new());
    let turn = move |event| {
        let is_wished = event_target_checked(&event);
        app.lists.keep_readable(is_wished, move |failure| {
            said.try_set(match failure {
                Some(failure) => (t.names_not_kept)(&failure.message),
                None if is_wished => t.names_kept.to_owned(),
                None => t.names_gone.to_owned(),
            });
            app.device.look();
        });
    };
    view! {
        <div class="settings__part">
            <h3 class="settings__subheading">{t.names}</h3>
            <label class="settings__check">
                <input
                    class="check"
                    type="checkbox"
                    aria-describedby="names-hint"
                    prop:checked=move || app.lists.keeps_readable()
                    on:change=turn
                />
                {t.keep_names}
            </label>
            <p id="names-hint" class="settings__hint">{t.names_hint}</p>
            <p role="status">{said}</p>
        </div>
    }
    .into_any()
}

/// One file out, one file in.
#[component]
fn BackingUp() -> impl IntoView {
    let app = use_app();
    let t = use_words().device();
    let said = RwSignal::new(Vec::<String>::new());
    let back_up = move || {
        app.device.back_up(move |backup| match backup {
            Ok(backup) => {
                let day = platform::now_rfc3339();
                let name = format!("publik-backup-{}.json", day.get(..10).unwrap_or_default());
                platform::download(&name, "application/json", backup.as_bytes());
            }
            Err(_) => drop(said.try_set(vec![t.not_kept.to_owned()])),
        });
    };
    let restore = move || {
        platform::choose_files(".json,application/json", false, move |files| {
            let Some(file) = files.into_iter().next() else { return };
            let name = file.name();
            platform::read_file(&file, move |bytes| take(app, t, &name, bytes, said));
        });
    };
    view! {
        <div class="settings__part">
            <h3 class="settings__subheading">{t.backup}</h3>
            <p class="settings__hint">{t.backup_hint}</p>
            <div class="settings__buttons">
                <button class="button" type="button" on:click=tap(back_up)>{t.back_up}</button>
                <button class="button" type="button" on:click=tap(restore)>{t.restore}</button>
            </div>
            <div role="status">
                {move || {
                    said.get().into_iter().map(|line| view! { <p class="message">{line}</p> }).collect_view()
                }}
            </div>
        </div>
    }
    .into_any()
}

fn take(
    app: App,
    t: &'static DeviceWords,
    name: &str,
    bytes: Option<Vec<u8>>,
    said: RwSignal<Vec<String>>,
) {
    let backup = match bytes {
        None => Err(t.unreadable_file.to_owned()),
        Some(bytes) => Backup::from_text(&bytes).map_err(|error| error.to_string()),
    };
    let backup = match backup {
        Ok(backup) => backup,
        Err(reason) => return drop(said.try_set(vec![(t.restore_failed)(name, &reason)])),
    };
    let name = name.to_owned();
    app.device.restore(backup, move |restored| {
        let lines = match restored {
            Err(_) => vec![(t.restore_failed)(&name, t.not_kept)],
            Ok(restored) => {
                let count = restored.beside.len() as u32;
                let names: Vec<&str> =
                    restored.beside.iter().take(TOLD_NAMES).map(String::as_str).collect();
                let mut lines = vec![(t.restored)(restored.new, restored.same, count)];
                if count > 0 {
                    lines.push((t.restored_beside)(&names.join(", ")));
                }
                if restored.has_settings {
                    lines.push(t.restored_settings.to_owned());
                }
                lines
            }
        };
        // The page may be another by now.
        said.try_set(lines);
    });
}

#[component]
fn AskToErase(is_asking: RwSignal<bool>) -> impl IntoView {
    let t = use_words().device();
    let on_close = Callback::new(move |()| is_asking.set(false));
    view! {
        <Dialog title=t.erase_title on_close>
            <EraseForm/>
        </Dialog>
    }
}

#[component]
fn EraseForm() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.device();
    let close = use_close_dialog();
    let count = untrack(|| app.documents.with_own(<[_]>::len)) as u32;
    let segments = (count > 0).then(|| (t.erase_segments)(count, words.formats.plural(count)));
    view! {
        <div class="dialog__body">
            <p>{t.erase_text}</p>
            {segments.map(|text| view! { <p class="message message--caution">{text}</p> })}
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=tap(move || close.run())>
                {words.page().cancel}
            </button>
            <button class="button button--danger" type="button" on:click=tap(move || app.erase())>
                {t.erase_now}
            </button>
        </footer>
    }
    .into_any()
}
