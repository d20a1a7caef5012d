//! The inside of the box of the last purchase: three modes, one number of days.

use leptos::html::Input;
use leptos::prelude::*;

use super::Phase;
use super::number_field::{Allowed, NumberField};
use super::range_body::{counts_of, focus, scale_of, text_of, ticks_of, with_unit};
use super::range_dial::{DialLabels, DialValues, RangeDial, Turn};
use super::switch::{Switch, SwitchChoice};
use crate::engine::Histogram;
use crate::view::FilterKind;
use crate::web::dial::{LastMode, MOST_WHOLE, Scale, Values};
use crate::web::words::use_words;

/// A dial with one handle, a switch and a field.
#[component]
pub fn LastPurchaseBody(
    /// Mode and days, where there is a condition.
    setting: Signal<Option<(LastMode, u32)>>,
    /// Everyone the other filters leave; `None` while there are no numbers yet.
    histogram: Signal<Option<Histogram>>,
    /// Another setting is wanted; `None` is no condition.
    on_setting: Callback<(Option<(LastMode, u32)>, Phase)>,
) -> impl IntoView {
    const KIND: FilterKind = FilterKind::LastPurchase;
    let words = use_words();
    let boxes = &words.messages.boxes;
    // The switch may be set before there is a number of days.
    let idle_mode = RwSignal::new(LastMode::Within);
    let mode = Memo::new(move |_| setting.get().map_or(idle_mode.get(), |(mode, _)| mode));
    let scale = scale_of(histogram, Values::Real);
    let days = Signal::derive(move || setting.get().map(|(_, days)| f64::from(days)));
    let position = Signal::derive(move || {
        scale.with(|scale| {
            let scale = scale.as_ref()?;
            Some(match mode.get() {
                LastMode::Within => scale.of_max(days.get()),
                LastMode::Exactly | LastMode::NotWithin => scale.of_min(days.get()),
            })
        })
    });
    let shade = Signal::derive(move || {
        let end = scale.with(|scale| scale.as_ref().map_or(1.0, Scale::end));
        let at = position.get().unwrap_or_default();
        if days.get().is_none() { (0.0, end) } else { mode.get().shade(at, end) }
    });
    let is_within = move || mode.get() == LastMode::Within;
    let values = DialValues {
        scale,
        counts: counts_of(histogram),
        lower: Signal::derive(move || (!is_within()).then(|| position.get().unwrap_or_default())),
        upper: Signal::derive(move || is_within().then(|| position.get().unwrap_or(1.0))),
        shade,
        ticks: ticks_of(scale, KIND, words),
        text: text_of(histogram, KIND, words),
        nobody: boxes.nobody_left,
    };
    let reading = Signal::derive(move || {
        days.get().map_or_else(|| boxes.any.to_owned(), |days| with_unit(KIND, days, words))
    });
    let title = words.title(KIND);
    let labels = DialLabels {
        name: KIND.name(),
        lower: (boxes.from)(title),
        upper: (boxes.to)(title),
        lower_value: reading,
        upper_value: reading,
    };
    let on_turn = Callback::new(move |(turn, phase)| {
        let Some(scale) = scale.get_untracked() else { return };
        let at = match turn {
            Turn::To(_, at) | Turn::Brush(_, at) => at,
            Turn::Stay => return on_setting.run((setting.get_untracked(), phase)),
        };
        let days = days_at(mode.get_untracked(), &scale, at);
        idle_mode.set(mode.get_untracked());
        on_setting.run((days.map(|days| (mode.get_untracked(), days)), phase));
    });
    let field = NodeRef::<Input>::new();
    let choices = vec![
        SwitchChoice::text(boxes.within),
        SwitchChoice::text(boxes.exactly),
        SwitchChoice::text(boxes.not_within),
    ];
    let chosen = Signal::derive(move || {
        LastMode::ALL.iter().position(|one| *one == mode.get()).unwrap_or(0)
    });
    let on_choose = Callback::new(move |at: usize| {
        let wanted = LastMode::ALL[at];
        idle_mode.set(wanted);
        if let Some((_, days)) = setting.get_untracked() {
            on_setting.run((Some((wanted, days)), Phase::Settled));
        }
    });
    let on_bound = Callback::new(move |(bound, phase): (Option<f64>, Phase)| {
        let mode = mode.get_untracked();
        idle_mode.set(mode);
        on_setting.run((bound.map(|days| (mode, days as u32)), phase));
    });
    view! {
        <div class="filter-box__dial">
            <RangeDial values labels on_turn on_enter=Callback::new(move |_| focus(field))/>
        </div>
        <div class="filter-box__fields">
            <Switch group="last-purchase" label=boxes.last_purchase_mode choices chosen on_choose/>
            <NumberField
                value=days
                allowed=Allowed { is_whole: true, most: MOST_WHOLE }
                label=boxes.days
                name="last-purchase-days".to_owned()
                refuse=Callback::new(|_| None)
                on_bound
                field
                empty=boxes.any_days
            />
            <span class="filter-box__unit">{(boxes.unit)(KIND)}</span>
        </div>
    }
    .into_any()
}

/// The days at a bar's edge; `None` at the end where nothing is asked.
fn days_at(mode: LastMode, scale: &Scale, at: usize) -> Option<u32> {
    let is_open = match mode {
        LastMode::Within => at >= scale.edges().len(),
        LastMode::Exactly => false,
        LastMode::NotWithin => at == 0,
    };
    let days = scale.edges()[at.min(scale.bins())].clamp(0.0, MOST_WHOLE) as u32;
    (!is_open).then_some(days)
}
