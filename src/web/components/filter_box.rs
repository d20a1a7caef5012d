//! A filter: head, dial, fields, three numbers. Four rows, the same in every box.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, HtmlInputElement};

use super::box_head::{BoxHead, BoxMove};
use super::choice_list::ChoiceList;
use super::last_purchase::LastPurchaseBody;
use super::range_body::RangeBody;
use super::three_counts::ThreeCounts;
use super::{Phase, style_name};
use crate::engine::Histogram;
use crate::view::{Basis, Filter, FilterKind, LastPurchase};
use crate::web::dial::{Bounds, LastMode, bounds_of, days_of, with_basis, with_bounds};
use crate::web::words::use_words;

/// The three numbers of a box; `None` where there is none yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BoxNumbers {
    /// Customers of the audience that meet this filter alone.
    pub matching: Option<u32>,
    /// Customers left by everything but this filter.
    pub without: Option<u32>,
    /// Customers of the audience without a value.
    pub unknown: Option<u32>,
}

/// A filter's box.
#[component]
pub fn FilterBox(
    /// Which filter.
    kind: FilterKind,
    /// Its setting.
    filter: Signal<Option<Filter>>,
    /// Whether it is muted.
    muted: Signal<bool>,
    /// Which tickets the view counts where a filter does not say.
    count_over: Signal<Basis>,
    /// Its three numbers.
    numbers: Signal<BoxNumbers>,
    /// Everyone the other filters leave, for a filter with numbers.
    histogram: Signal<Option<Histogram>>,
    /// Everyone the other filters leave by choice, for a filter without.
    choices: Signal<Option<Vec<u32>>>,
    /// What muting this box would lead to, where nobody is left and it leads out best.
    way_out: Signal<Option<String>>,
    /// Another setting is wanted; `None` is no condition.
    on_filter: Callback<(Option<Filter>, Phase)>,
    /// It is to be muted or not.
    on_mute: Callback<bool>,
    /// It is to go elsewhere among the boxes.
    on_move: Callback<BoxMove>,
) -> impl IntoView {
    let title = use_words().title(kind);
    let has_condition = Signal::derive(move || filter.with(Option::is_some));
    let over = Over::new(kind, filter, count_over);
    let on_reset = Callback::new(move |()| {
        over.reset();
        on_filter.run((None, Phase::Settled));
    });
    let on_basis = Callback::new(move |basis| {
        let word = over.choose(basis);
        if let Some(filter) = filter.get_untracked() {
            on_filter.run((Some(with_basis(filter, word)), Phase::Settled));
        }
    });
    let body = match kind {
        FilterKind::Gender | FilterKind::SalesType | FilterKind::Subscription => {
            let on_filter = Callback::new(move |wanted| on_filter.run((wanted, Phase::Settled)));
            view! {
                <div class="filter-box__dial filter-box__dial--tall">
                    <ChoiceList kind filter counts=choices on_filter/>
                </div>
            }
            .into_any()
        }
        FilterKind::LastPurchase => {
            let setting = Memo::new(move |_| LastMode::of(filter.get()));
            let on_setting =
                Callback::new(move |(wanted, phase): (Option<(LastMode, u32)>, Phase)| {
                    let filter = wanted.map(|(mode, days)| {
                        Filter::LastPurchase(LastPurchase {
                            rule: mode.rule(days),
                            over: over.word(),
                        })
                    });
                    on_filter.run((filter, phase));
                });
            view! { <LastPurchaseBody setting=setting.into() histogram on_setting/> }.into_any()
        }
        _ => {
            let bounds = Memo::new(move |_| bounds_of(filter.get()));
            let days = Memo::new(move |_| days_of(filter.get()));
            let on_bounds = Callback::new(move |(bounds, phase): (Bounds, Phase)| {
                let wanted = with_bounds(kind, bounds, days.get_untracked(), over.word());
                on_filter.run((wanted, phase));
            });
            let on_days = Callback::new(move |days| {
                let wanted = with_bounds(kind, bounds.get_untracked(), days, over.word());
                on_filter.run((wanted, Phase::Settled));
            });
            view! {
                <RangeBody kind bounds=bounds.into() days=days.into() histogram on_bounds on_days/>
            }
            .into_any()
        }
    };
    let place = NodeRef::<html::Section>::new();
    let on_key = move |key: KeyboardEvent| match key.key().as_str() {
        "m" | "M" if is_free(&key) && has_condition.get_untracked() => {
            key.prevent_default();
            on_mute.run(!muted.get_untracked());
        }
        "Backspace" if is_free(&key) && has_condition.get_untracked() => {
            key.prevent_default();
            // The button that had the keyboard may go; the box itself stays.
            if let Some(place) = place.get_untracked() {
                place.focus().ok();
            }
            on_reset.run(());
        }
        _ => {}
    };
    view! {
        <section
            node_ref=place
            class="filter-box"
            class=("filter-box--idle", move || !has_condition.get())
            class=("filter-box--muted", move || has_condition.get() && muted.get())
            data-filter=style_name(kind)
            aria-label=title
            tabindex="-1"
            on:keydown=on_key
        >
            <BoxHead kind has_condition muted basis=over.basis() count_over way_out on_mute on_reset on_basis on_move/>
            {body}
            <ThreeCounts title numbers/>
        </section>
    }
    .into_any()
}

/// Whether a key was meant for the box: not for a text, and without a modifier.
fn is_free(key: &KeyboardEvent) -> bool {
    let plain = !(key.ctrl_key() || key.meta_key() || key.alt_key() || key.repeat());
    let target = key.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let typing = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    plain && typing.is_none_or(|input| input.type_() != "text")
}

/// Which tickets a box counts, also before it has a condition to say so.
#[derive(Clone, Copy)]
struct Over {
    kind: FilterKind,
    filter: Signal<Option<Filter>>,
    default: Signal<Basis>,
    chosen: RwSignal<Option<Basis>>,
}

impl Over {
    fn new(kind: FilterKind, filter: Signal<Option<Filter>>, count_over: Signal<Basis>) -> Over {
        Over { kind, filter, default: count_over, chosen: RwSignal::new(Over::start(kind)) }
    }

    /// The last purchase starts at all events.
    fn start(kind: FilterKind) -> Option<Basis> {
        (kind == FilterKind::LastPurchase).then_some(Basis::History)
    }

    fn reset(self) {
        self.chosen.set(Over::start(self.kind));
    }

    /// The filter's own word, or the one it will have.
    fn word(self) -> Option<Basis> {
        match self.filter.get_untracked() {
            Some(filter) => own_word(filter),
            None => self.chosen.get_untracked(),
        }
    }

    fn basis(self) -> Signal<Basis> {
        Signal::derive(move || {
            let word = match self.filter.get() {
                Some(filter) => own_word(filter),
                None => self.chosen.get(),
            };
            word.unwrap_or_else(|| self.default.get())
        })
    }

    /// Takes a choice; a box that agrees with the view says nothing of its own.
    fn choose(self, basis: Basis) -> Option<Basis> {
        let agrees = basis == self.default.get_untracked();
        let word = (!agrees || Over::start(self.kind).is_some()).then_some(basis);
        self.chosen.set(word);
        word
    }
}

fn own_word(filter: Filter) -> Option<Basis> {
    let mut filters = crate::view::Filters::default();
    filters.set(filter);
    filters.basis(filter.kind())
}
