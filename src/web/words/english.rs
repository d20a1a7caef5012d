//! English.

use super::histogram_text::HistogramText;
use super::messages::{
    BarWords, BoxWords, HeadWords, LeftOutWords, Messages, PanelWords, Plural, WorkspaceWords,
};
use crate::view::FilterKind;

/// All texts in English.
pub static ENGLISH: Messages = Messages {
    customers: |plural| match plural {
        Plural::One => "customer",
        Plural::Other => "customers",
    },
    workspace: WORKSPACE,
    head: HEAD,
    boxes: BOXES,
    panels: PANELS,
    left_out: LEFT_OUT,
    bar: BAR,
};

const WORKSPACE: WorkspaceWords = WorkspaceWords {
    sentence: "The view in words",
    boxes: "Boxes",
    boxes_in_view: "Boxes in this view",
    boxes_shown: |shown, all| format!("{shown} of {all}. A box that is not here asks for nothing."),
    first_boxes: "First choose the boxes to ask with, then set their values.",
    no_boxes: "No boxes yet",
    no_boxes_text: "Everyone in the segment is counted. A box asks one thing of them: how near they live, how often they bought, when they last did. Choose which boxes this view has; then set their values here.",
    all_boxes: "Show all boxes",
    add_box: |title| format!("Add {title}"),
    remove_box: |title| format!("Remove {title}"),
    choose_boxes: "Choose boxes…",
    find_box: "Find a box",
    no_such_box: "No box has that name.",
    mute_to_get: |title, customers| format!("Mute {title}: {customers}"),
    nobody: "Nobody meets all conditions.",
    unknown_ids: |ids| format!("Not in this data, so without effect or matching nobody: {ids}"),
    keys: "Keys",
    key_list: &[
        ("F6", "next part of the page; with Shift the one before"),
        ("← →", "on a handle: one bar; with Shift ten; Home and End: the ends"),
        ("Enter", "on a handle: to its number"),
        ("M", "in a box: mute"),
        ("Backspace", "in a box: reset"),
        ("←, →", "on a box's mark: move the box"),
        ("/", "find a box"),
        ("Ctrl Z", "undo; with Shift redo"),
        ("Ctrl S", "save"),
    ],
};

const HEAD: HeadWords = HeadWords {
    unnamed: "New view",
    unnamed_segment: "Segment without a name",
    unsaved: "Unsaved changes",
    mode: "View",
    mode_all: "All",
    mode_event: "No ticket to an event",
    mode_production: "No ticket to a production",
    mode_event_tip: "For an event date: whoever has a ticket to it already is left out.",
    mode_production_tip: "For a production (event group): whoever has a ticket to it already is left out.",
    choose_other: "Choose another…",
    as_of: "As of",
    today: "Today",
    as_of_note: "Later orders are counted too; this moves the yardstick only.",
    undo: "Undo",
    redo: "Redo",
    open_new: "Open / New…",
    save: "Save",
    save_as: "Save as…",
    edit_segment: |name| format!("Edit segment {name}"),
};

const BOXES: BoxWords = BoxWords {
    hint,
    no_condition: "No condition",
    muted: "Muted",
    mute: |title| format!("Mute {title}"),
    reset: |title| format!("Reset {title}"),
    move_box: |title| format!("Move {title}: drag, or arrow keys"),
    moved: |title, place, all| format!("{title}: place {place} of {all}"),
    from: |title| format!("{title}, from"),
    to: |title| format!("{title}, to"),
    field_from: "From",
    field_to: "To",
    any: "any",
    any_days: "any",
    unit: |kind| match kind {
        FilterKind::DistanceKm => Some("km"),
        FilterKind::Orders | FilterKind::Purchases => Some("orders"),
        FilterKind::LastPurchase | FilterKind::Impulsive => Some("days"),
        FilterKind::Tickets | FilterKind::TicketsPerOrder => Some("tickets"),
        FilterKind::Events => Some("events"),
        _ => None,
    },
    allowed: |min, max| format!("Allowed: a number from {min} to {max}."),
    allowed_whole: |min, max| format!("Allowed: a whole number from {min} to {max}."),
    allowed_day: |first, last| format!("Allowed: a date from {first} to {last}."),
    upside_down: "The first must not be above the last.",
    matching: "Matching alone",
    without: "Without it",
    unknown: "Unknown",
    matching_tip: |count, title| format!("{count} of the segment meet {title} alone"),
    without_tip: |count, title| format!("{count} would be left without {title}"),
    unknown_tip: |count, title| format!("{title} is not known for {count} of the segment"),
    nobody_left: "Nobody left by the other filters",
    histogram: |text| {
        let HistogramText { title, customers, from, to, most, most_from, most_to, above } = text;
        format!(
            "{title} of {customers} whom the other filters leave, from {from} to {to}. \
             Most, {most}, from {most_from} to {most_to}; {above} above {to}."
        )
    },
    counts_tickets_to: |title| format!("{title} counts tickets to"),
    these: "these",
    all_short: "all",
    these_events: "these events",
    all_events: "all events",
    own_word: "This box counts otherwise than the view’s default",
    within: "Within",
    exactly: "Exactly",
    not_within: "Not in",
    last_purchase_mode: "Latest order was",
    days: "Days",
    first_day: "First day",
    last_day: "Last day",
    any_day: "any day",
    choices: |title| format!("Choices of {title}"),
    women: "Women",
    women_and_men: "Men & Women",
    men: "Men",
    all: "All",
    choice: |id| match id {
        "f" => "Women",
        "m" => "Men",
        "u" => "Undetermined",
        "online" => "Online only",
        "both" => "Online and box office",
        "box_office" => "Box office only",
        "subscriber" => "Subscribers",
        _ => "Single-ticket buyers",
    },
    last_choice: "One choice has to stay. Reset takes the condition away.",
};

fn hint(kind: FilterKind) -> &'static str {
    match kind {
        FilterKind::DistanceKm => "Kilometres from home to the venue",
        FilterKind::Gender => "From the first name, or as stated",
        FilterKind::Revenue => "Sum of ticket prices",
        FilterKind::Orders => "Number of orders",
        FilterKind::SalesType => "Where the orders were placed",
        FilterKind::Subscription => "At least one ticket in a subscription",
        FilterKind::LastPurchase => "Days since last order",
        FilterKind::Tickets => "Number of tickets",
        FilterKind::Events => "Number of events",
        FilterKind::Impulsive => "Days before the event",
        FilterKind::TicketsPerOrder => "In the largest order",
        FilterKind::Purchases => "Between two days",
    }
}

const PANELS: PanelWords = PanelWords {
    region: "Permissions and tags",
    permissions: "Permissions",
    tags: "Tags",
    none_here: "This data has none.",
    matching: "Match",
    all: "all",
    any: "any",
    name: "Name",
    result: "Result",
    audience: "Segment",
    short_must: "must",
    short_not: "not",
    must: "Must have",
    dont_care: "Don’t care",
    must_not: "Must not have",
    counting: "What the boxes count",
    tickets_to: "By default tickets to",
    none_otherwise: "No box says otherwise.",
    otherwise: |titles| format!("Otherwise, by their own switch: {titles}"),
    not_in_data: "not in this data",
};

const LEFT_OUT: LeftOutWords = LeftOutWords {
    title: "Left out",
    by_view: "By the view",
    by_segment: "By the segment",
    nobody: "nobody",
    holders: |what| format!("who has a ticket to {what}"),
    event: "An event…",
    production: "A production…",
    exclude: "Exclude in the segment…",
    exclude_hint: "Choose productions or events in the segment: whoever has a ticket to one is left out.",
};

const BAR: BarWords = BarWords {
    region: "Result",
    of_audience: |audience, is_part| {
        if is_part {
            format!("of {audience} left in the segment")
        } else {
            format!("of {audience} in the segment")
        }
    },
    with_email: "with e-mail",
    with_consent: "with consent",
    no_consent: "no consent named",
};
