//! The line of buttons over the sentence.

use leptos::prelude::*;

use super::date_field::DateField;
use super::icon::{Glyph, Icon};
use super::tap::tap;
use super::undo_pair::UndoPair;
use crate::model::Day;
use crate::view::Mode;
use crate::web::words::use_words;

/// What the head may ask for.
#[derive(Clone, Copy)]
pub struct HeadWishes {
    /// The segment is to be edited.
    pub on_segment: Callback<()>,
    /// Everybody is to be seen again.
    pub on_all: Callback<()>,
    /// An event date is to be chosen.
    pub on_event: Callback<()>,
    /// An event group is to be chosen.
    pub on_production: Callback<()>,
    /// Another yardstick.
    pub on_as_of: Callback<Day>,
    /// The last change is to be taken back.
    pub on_undo: Callback<()>,
    /// It is to be made again.
    pub on_redo: Callback<()>,
    /// Another view, or a new one.
    pub on_open: Callback<()>,
    /// The link to the view is to be copied.
    pub on_copy_link: Callback<()>,
    /// The view is to be saved.
    pub on_save: Callback<()>,
    /// The view is to be saved under another name.
    pub on_save_as: Callback<()>,
}

/// Where one is, and what can be done with the view itself.
#[component]
pub fn WorkspaceHead(
    /// The segment's name.
    #[prop(into)]
    segment: Signal<String>,
    /// The view's name; empty when it has none.
    #[prop(into)]
    name: Signal<String>,
    /// Whether there are changes that were not saved.
    #[prop(into)]
    is_unsaved: Signal<bool>,
    /// The mode.
    #[prop(into)]
    mode: Signal<Mode>,
    /// What people call the mode's event or group.
    #[prop(into)]
    mode_name: Signal<Option<String>>,
    /// The yardstick.
    #[prop(into)]
    as_of: Signal<Day>,
    /// Today at the venue.
    #[prop(into)]
    today: Signal<Day>,
    /// Whether there is something to take back.
    #[prop(into)]
    can_undo: Signal<bool>,
    /// Whether there is something to make again.
    #[prop(into)]
    can_redo: Signal<bool>,
    /// What it may ask for.
    wishes: HeadWishes,
) -> impl IntoView {
    let words = use_words();
    let head = &words.messages.head;
    let named = |name: Signal<String>, without: &'static str| {
        Signal::derive(move || {
            let name = name.get();
            if name.trim().is_empty() { without.to_owned() } else { name }
        })
    };
    let segment = named(segment, head.unnamed_segment);
    let name = named(name, head.unnamed);
    view! {
        <div class="workspace-head" role="region" aria-label=head.mode tabindex="-1">
            <h1 class="workspace-head__title">
                <button
                    class="workspace-head__segment"
                    type="button"
                    title=move || (head.edit_segment)(&segment.get())
                    on:click=tap(move || wishes.on_segment.run(()))
                >
                    {segment}
                </button>
                <span class="workspace-head__name" title=name>{name}</span>
                <span
                    class="workspace-head__unsaved"
                    class=("workspace-head__unsaved--none", move || !is_unsaved.get())
                    title=head.unsaved
                    aria-hidden=move || (!is_unsaved.get()).to_string()
                >
                    {head.unsaved}
                </span>
            </h1>
            <div class="workspace-head__tools">
                <ModeSwitch mode mode_name wishes/>
                <AsOf as_of today wishes/>
                <UndoPair can_undo can_redo on_undo=wishes.on_undo on_redo=wishes.on_redo/>
                <button class="button" type="button" on:click=tap(move || wishes.on_copy_link.run(()))>
                    {words.dialogs().copy_link}
                </button>
                <button class="button" type="button" on:click=tap(move || wishes.on_open.run(()))>
                    {head.open_new}
                </button>
                <span class="button-pair">
                    <button
                        class="button button--primary"
                        type="button"
                        on:click=tap(move || wishes.on_save.run(()))
                    >
                        {head.save}
                    </button>
                    <button class="button" type="button" on:click=tap(move || wishes.on_save_as.run(()))>
                        {head.save_as}
                    </button>
                </span>
            </div>
        </div>
        {move || {
            (as_of.get() != today.get())
                .then(|| view! { <p class="workspace-head__note">{head.as_of_note}</p> })
        }}
    }
    .into_any()
}

/// All, for an event, for an event group.
#[component]
fn ModeSwitch(
    mode: Signal<Mode>,
    mode_name: Signal<Option<String>>,
    wishes: HeadWishes,
) -> impl IntoView {
    let head = &use_words().messages.head;
    let part = move |text: &'static str,
                     tip: Option<&'static str>,
                     is_it: fn(&Mode) -> bool,
                     wish: Callback<()>| {
        view! {
            <button
                class="mode-switch__choice"
                type="button"
                title=tip
                aria-pressed=move || mode.with(is_it).to_string()
                on:click=tap(move || wish.run(()))
            >
                {text}
            </button>
        }
    };
    let again = move || match mode.get() {
        Mode::All => None,
        Mode::Event(id) => Some((id, wishes.on_event)),
        Mode::Production(id) => Some((id, wishes.on_production)),
    };
    view! {
        <span class="mode-switch" role="group" aria-label=head.mode>
            {part(head.mode_all, None, |mode| *mode == Mode::All, wishes.on_all)}
            {part(head.mode_event, Some(head.mode_event_tip), |mode| matches!(mode, Mode::Event(_)), wishes.on_event)}
            {part(
                head.mode_production,
                Some(head.mode_production_tip),
                |mode| matches!(mode, Mode::Production(_)),
                wishes.on_production,
            )}
        </span>
        {move || {
            again()
                .map(|(id, wish)| {
                    let name = mode_name.get().unwrap_or(id);
                    view! {
                        <button
                            class="button workspace-head__mode"
                            type="button"
                            title=format!("{name}. {}", head.choose_other)
                            on:click=tap(move || wish.run(()))
                        >
                            <span class="workspace-head__mode-name">{name.clone()}</span>
                            <Icon glyph=Glyph::Down/>
                        </button>
                    }
                })
        }}
    }
    .into_any()
}

/// The yardstick, and the way back to today.
#[component]
fn AsOf(as_of: Signal<Day>, today: Signal<Day>, wishes: HeadWishes) -> impl IntoView {
    let head = &use_words().messages.head;
    let on_day = Callback::new(move |day: Option<Day>| {
        wishes.on_as_of.run(day.unwrap_or_else(|| today.get_untracked()));
    });
    view! {
        <span class="workspace-head__as-of">
            <span class="workspace-head__key" aria-hidden="true">{head.as_of}</span>
            <DateField
                value=Signal::derive(move || Some(as_of.get()))
                label=head.as_of
                empty=Some(head.today)
                name="as-of"
                on_day
            />
            {move || {
                (as_of.get() != today.get())
                    .then(|| {
                        view! {
                            <button
                                class="button"
                                type="button"
                                on:click=tap(move || wishes.on_as_of.run(today.get_untracked()))
                            >
                                {head.today}
                            </button>
                        }
                    })
            }}
        </span>
    }
    .into_any()
}
