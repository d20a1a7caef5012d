//! The record of exports, to be read and downloaded.

use leptos::prelude::*;

use crate::export::Locale;
use crate::model::Day;
use crate::web::components::{Dialog, tap, use_close_dialog};
use crate::web::platform;
use crate::web::platform::database::{self, Store};
use crate::web::state::export_record::{Exported, record_csv};
use crate::web::words::exporting::ExportWords;
use crate::web::words::{Language, Words, use_words};

/// What was kept, the newest first, or why it cannot be read.
type Read = Option<Result<Vec<Exported>, String>>;

/// The record, as long as it is there.
#[component]
pub fn RecordDialog(on_close: Callback<()>) -> impl IntoView {
    let words = use_words();
    let t = ExportWords::of(words.language);
    let read = RwSignal::new(None::<Result<Vec<Exported>, String>>);
    platform::spawn_local(async move {
        let kept = database::read_all(Store::Exports).await;
        let exports = kept.map_err(|error| error.to_string()).map(|kept| {
            let exports = kept.iter().rev().filter_map(|(_, text)| Exported::of_text(text));
            exports.collect()
        });
        read.try_set(Some(exports));
    });
    view! {
        <Dialog title=t.record on_close is_wide=true>
            <div class="dialog__body">
                <p class="dialog__hint">{t.record_hint}</p>
                {move || shown(read.get(), words)}
            </div>
            <Foot read/>
        </Dialog>
    }
    .into_any()
}

fn shown(read: Read, words: Words) -> Option<AnyView> {
    let t = ExportWords::of(words.language);
    Some(match read? {
        Err(reason) => super::warning(reason, true, None),
        Ok(exports) if exports.is_empty() => view! { <p>{t.record_empty}</p> }.into_any(),
        Ok(exports) => {
            let rows = exports.iter().map(|export| row(export, words)).collect::<Vec<_>>();
            view! {
                // Reached by the keyboard, so that it can be scrolled.
                <div class="export-record" tabindex="0" role="region" aria-label=t.record>
                    <table class="exporting__table">
                        <thead>
                            <tr>
                                <th scope="col">{t.when}</th>
                                <th scope="col">{t.view}</th>
                                <th scope="col">{t.format}</th>
                                <th scope="col" class="export-record__number">{t.rows}</th>
                                <th scope="col">{t.as_of}</th>
                                <th scope="col">{t.reason}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    })
}

fn row(export: &Exported, words: Words) -> AnyView {
    let Exported { at, view, as_of, format, audience, rows, reason, .. } = export.clone();
    let when = platform::moment(&at, None, words.language.code());
    let as_of = Day::parse(&as_of).map_or(as_of, |day| words.formats.day(day));
    // What it was called there says more than what the view is called here.
    let view = if audience.is_empty() || audience == view {
        view
    } else {
        format!("{view} · {audience}")
    };
    view! {
        <tr>
            <td class="export-record__when">{when}</td>
            <td>{view}</td>
            <td class="export-record__format">{format}</td>
            <td class="export-record__number">{words.formats.count(rows)}</td>
            <td class="export-record__when">{as_of}</td>
            <td>{reason}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn Foot(read: RwSignal<Read>) -> impl IntoView {
    let words = use_words();
    let t = ExportWords::of(words.language);
    let close = use_close_dialog();
    let is_empty = move || !matches!(read.get(), Some(Ok(exports)) if !exports.is_empty());
    let download = move |_| {
        if let Some(Ok(exports)) = read.get_untracked() {
            let locale = match words.language {
                Language::English => Locale::English,
                Language::Swedish => Locale::Swedish,
            };
            let name = format!("{}.csv", t.record_file);
            platform::download(&name, "text/csv;charset=utf-8", &record_csv(&exports, locale));
        }
    };
    view! {
        <footer class="dialog__foot">
            <button class="button" type="button" disabled=is_empty on:click=download>
                {t.download}
            </button>
            <button class="button button--primary" type="button" on:click=tap(move || close.run())>
                {t.close}
            </button>
        </footer>
    }
    .into_any()
}
