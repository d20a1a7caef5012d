//! What is open, and opening something else.

use leptos::prelude::*;

use super::drop_area::DropArea;
use super::size;
use crate::web::components::tap;
use crate::web::platform;
use crate::web::protocol::{NotKept, Origin};
use crate::web::state::{App, Import, OpenData, use_app};
use crate::web::words::{NO_CURRENCY, Words, use_words};

/// Rows of rejects that are shown; the file has all.
const SHOWN_REJECTS: usize = 200;

/// What is open, and opening something else.
#[component]
pub fn DataPage() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.data();
    view! {
        <DropArea
            class="data-page"
            on_files=Callback::new(move |files| app.import.open_files(files))
        >
            <header class="page-head">
                <h1 class="page-head__title">{t.title}</h1>
            </header>
            <section class="data-page__now" aria-label=t.open_now>
                <h2 class="data-page__heading">{t.open_now}</h2>
                {move || app.data.open().map(|open| now(&open, words))}
            </section>
            <ImportOutcome/>
            <section aria-label=t.open_data>
                <h2 class="data-page__heading">{t.open_data}</h2>
                <div class="data-page__ways"><Ways/></div>
                <p class="data-page__drop" aria-hidden="true">{t.drop_here}</p>
            </section>
        </DropArea>
    }
    .into_any()
}

fn now(open: &OpenData, words: Words) -> AnyView {
    let t = words.data();
    let origin = match open.opened.origin {
        Origin::Demo => t.origin_demo,
        Origin::Site => t.origin_site,
        Origin::Folder => t.origin_folder,
        Origin::Export => t.origin_export,
    };
    let kept = match (&open.opened.kept, open.is_demo()) {
        (_, true) => t.kept_demo.to_owned(),
        (Ok(()), false) => t.kept_yes.to_owned(),
        (Err(problem), false) => not_kept(problem, words),
    };
    let zone = &open.names.venue.time_zone;
    let built = platform::moment(&open.opened.built_at, Some(zone), words.language.code());
    let rows = [
        (t.venue, open.names.venue.name.clone()),
        (t.origin, origin.to_owned()),
        (t.built, built),
        (t.customers, words.formats.count(open.opened.customers)),
        (t.events, words.formats.count(open.names.catalogue.events.len() as u32)),
        (t.kept, kept),
    ];
    let rows = rows.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="data-page__facts">{rows.collect_view()}</dl> }.into_any()
}

/// Why data is not kept here.
fn not_kept(problem: &NotKept, words: Words) -> String {
    match problem {
        NotKept::Refused(reason) => (words.data().kept_no)(reason),
        NotKept::NoRoom { needed_bytes, free_bytes } => {
            let [needed, free] = [needed_bytes, free_bytes].map(|bytes| size(*bytes as f64, words));
            (words.device().no_room)(&needed, &free)
        }
    }
}

/// Tells when data that just opened does not fit here, before anyone counts on it.
pub fn tell_of_no_room(app: App) {
    Effect::new(move |_| {
        let open = app.data.open();
        let Some(Err(problem @ NotKept::NoRoom { .. })) = open.map(|open| open.opened.kept.clone())
        else {
            return;
        };
        let words = Words::new(app.settings.language_untracked(), NO_CURRENCY);
        app.tell(not_kept(&problem, words), None);
    });
}

/// The four ways to open data.
#[component]
fn Ways() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.data();
    let way = |title: &'static str, hint: Signal<String>, buttons: AnyView| {
        view! {
            <div class="way">
                <h3 class="way__title">{title}</h3>
                <p class="way__hint">{hint}</p>
                <div class="way__buttons">{buttons}</div>
            </div>
        }
    };
    let fixed = |text: &'static str| Signal::derive(move || text.to_owned());
    let choose = move |is_folder: bool| {
        platform::choose_files("", is_folder, move |files| app.import.open_files(files));
    };
    let site_hint = Signal::derive(move || {
        if app.data.site().is_some() { t.site_hint } else { t.no_site }.to_owned()
    });
    let site = view! {
        <button
            class="button"
            type="button"
            disabled=move || app.data.site().is_none()
            on:click=tap(move || app.data.open_site())
        >
            {t.open}
        </button>
    };
    let export = view! {
        <button class="button" type="button" on:click=tap(move || choose(true))>{t.choose_folder}</button>
        <button class="button" type="button" on:click=tap(move || choose(false))>{t.choose_files}</button>
    };
    let snapshot = view! {
        <button class="button" type="button" on:click=tap(move || choose(true))>{t.choose_folder}</button>
    };
    let demo = view! {
        <button class="button" type="button" on:click=tap(move || app.data.open_demo())>{t.open}</button>
    };
    view! {
        {way(t.site, site_hint, site.into_any())}
        {way(t.export, fixed(t.export_hint), export.into_any())}
        {way(t.snapshot, fixed(t.snapshot_hint), snapshot.into_any())}
        {way(t.demo, fixed(t.demo_hint), demo.into_any())}
    }
    .into_any()
}

/// What the last import left out, and what is worth knowing of it.
#[component]
fn ImportOutcome() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    move || {
        let import: Import = app.import;
        import.outcome().map(|outcome| {
            let t = words.data();
            let warnings = outcome.warnings.iter().map(|warning| view! { <li>{warning.clone()}</li> });
            let rejects = outcome.rejects.iter().take(SHOWN_REJECTS).map(|reject| {
                view! {
                    <tr>
                        <td>{reject.file.clone()}</td>
                        <td class="segments__number">{words.formats.count(reject.line)}</td>
                        <td>{reject.column.clone()}</td>
                        <td>{reject.reason.clone()}</td>
                    </tr>
                }
            });
            let count = words.formats.count(outcome.rejected);
            view! {
                <section class="data-page__outcome">
                    {(!outcome.warnings.is_empty())
                        .then(|| {
                            view! {
                                <h2 class="data-page__heading">{t.warnings}</h2>
                                <ul class="data-page__warnings">{warnings.collect_view()}</ul>
                            }
                        })}
                    {(outcome.rejected > 0)
                        .then(|| {
                            view! {
                                <h2 class="data-page__heading">{(t.rejects)(&count)}</h2>
                                <p>{t.rejects_hint}</p>
                                <div class="way__buttons">
                                    <button class="button" type="button" on:click=tap(move || import.download_rejects())>
                                        {t.download}
                                    </button>
                                    <button
                                        class="button button--primary"
                                        type="button"
                                        hidden=move || !import.is_waiting()
                                        on:click=tap(move || import.go_on())
                                    >
                                        {t.take_all_the_same}
                                    </button>
                                </div>
                                <div class="segments__scroll">
                                    <table class="segments__table">
                                        <thead>
                                            <tr>
                                                <th scope="col">{t.file}</th>
                                                <th scope="col" class="segments__number">{t.line}</th>
                                                <th scope="col">{t.column}</th>
                                                <th scope="col">{t.reason}</th>
                                            </tr>
                                        </thead>
                                        <tbody>{rejects.collect_view()}</tbody>
                                    </table>
                                </div>
                            }
                        })}
                </section>
            }
        })
    }
}
