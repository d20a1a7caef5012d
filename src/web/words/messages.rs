//! Which texts there are. Arguments that are numbers or dates come as they are to be read.

use super::histogram_text::HistogramText;
use crate::view::FilterKind;

/// Which form of a word a number takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plural {
    /// As with 1.
    One,
    /// As with 2.
    Other,
}

/// All texts of a language.
#[derive(Debug)]
pub struct Messages {
    /// The word after a number of customers.
    pub customers: fn(Plural) -> &'static str,
    /// Head, sentence and states of the workspace.
    pub workspace: WorkspaceWords,
    /// The line of buttons over the sentence.
    pub head: HeadWords,
    /// Filter boxes.
    pub boxes: BoxWords,
    /// Permissions, tags, counting.
    pub panels: PanelWords,
    /// Who is left out for a ticket they hold.
    pub left_out: LeftOutWords,
    /// The bar at the bottom.
    pub bar: BarWords,
}

/// Head, sentence and states of the workspace.
#[derive(Debug)]
pub struct WorkspaceWords {
    /// Name of the sentence's region.
    pub sentence: &'static str,
    /// Name of the row of marks on a phone, and of the region of boxes.
    pub boxes: &'static str,
    /// Title of the place to choose boxes.
    pub boxes_in_view: &'static str,
    /// How many of the boxes are shown; both numbers.
    pub boxes_shown: fn(&str, &str) -> String,
    /// In its place while none is shown.
    pub first_boxes: &'static str,
    /// Title of the boxes' place while it is empty.
    pub no_boxes: &'static str,
    /// What to do then.
    pub no_boxes_text: &'static str,
    /// Shows every box.
    pub all_boxes: &'static str,
    /// Adds the box of that title.
    pub add_box: fn(&str) -> String,
    /// Takes the box of that title away.
    pub remove_box: fn(&str) -> String,
    /// Opens the list of all boxes.
    pub choose_boxes: &'static str,
    /// Label of the field that finds a box by name.
    pub find_box: &'static str,
    /// No box has such a name.
    pub no_such_box: &'static str,
    /// Leads out of an empty result: title and customers.
    pub mute_to_get: fn(&str, &str) -> String,
    /// The result is empty.
    pub nobody: &'static str,
    /// Ids that the data does not know.
    pub unknown_ids: fn(&str) -> String,
    /// Title of the short list of keys.
    pub keys: &'static str,
    /// What those keys do: key and what it does.
    pub key_list: &'static [(&'static str, &'static str)],
}

/// The line of buttons over the sentence.
#[derive(Debug)]
pub struct HeadWords {
    /// A view that has no name.
    pub unnamed: &'static str,
    /// A segment that has no name.
    pub unnamed_segment: &'static str,
    /// The view differs from what was saved.
    pub unsaved: &'static str,
    /// Label of the switch of modes.
    pub mode: &'static str,
    /// Everybody.
    pub mode_all: &'static str,
    /// For an event date.
    pub mode_event: &'static str,
    /// For an event group.
    pub mode_production: &'static str,
    /// What *for an event date* does.
    pub mode_event_tip: &'static str,
    /// What *for an event group* does.
    pub mode_production_tip: &'static str,
    /// Opens the list of event dates or groups.
    pub choose_other: &'static str,
    /// Label of the date.
    pub as_of: &'static str,
    /// Puts today in its place.
    pub today: &'static str,
    /// What another date than today means.
    pub as_of_note: &'static str,
    /// Takes the last change back.
    pub undo: &'static str,
    /// Makes it again.
    pub redo: &'static str,
    /// Other views.
    pub open_new: &'static str,
    /// Saves the view.
    pub save: &'static str,
    /// Saves it under another name.
    pub save_as: &'static str,
    /// Edits the segment.
    pub edit_segment: fn(&str) -> String,
}

/// Filter boxes.
#[derive(Debug)]
pub struct BoxWords {
    /// One line under a title.
    pub hint: fn(FilterKind) -> &'static str,
    /// A box that asks nothing.
    pub no_condition: &'static str,
    /// A box that is not applied.
    pub muted: &'static str,
    /// Mutes the box of that title.
    pub mute: fn(&str) -> String,
    /// Resets the box of that title.
    pub reset: fn(&str) -> String,
    /// Moves the box of that title among the others.
    pub move_box: fn(&str) -> String,
    /// The box of that title went to a place of so many.
    pub moved: fn(&str, &str, &str) -> String,
    /// Label of the lower handle, by title.
    pub from: fn(&str) -> String,
    /// Label of the upper handle, by title.
    pub to: fn(&str) -> String,
    /// Label of the lower field.
    pub field_from: &'static str,
    /// Label of the upper field.
    pub field_to: &'static str,
    /// What an empty field reads.
    pub any: &'static str,
    /// What an empty field of days reads, which has room for a few letters.
    pub any_days: &'static str,
    /// The unit after the fields; `None` where it is money.
    pub unit: fn(FilterKind) -> Option<&'static str>,
    /// A field's text is no number, or too large; the smallest and the largest allowed.
    pub allowed: fn(&str, &str) -> String,
    /// A field's whole number; the smallest and the largest allowed.
    pub allowed_whole: fn(&str, &str) -> String,
    /// A day that is none; the first and the last allowed.
    pub allowed_day: fn(&str, &str) -> String,
    /// The first is after the last.
    pub upside_down: &'static str,
    /// First of the three numbers.
    pub matching: &'static str,
    /// Second of the three numbers.
    pub without: &'static str,
    /// Third of the three numbers.
    pub unknown: &'static str,
    /// The first in words.
    pub matching_tip: fn(&str, &str) -> String,
    /// The second in words.
    pub without_tip: fn(&str, &str) -> String,
    /// The third in words.
    pub unknown_tip: fn(&str, &str) -> String,
    /// Nothing to draw.
    pub nobody_left: &'static str,
    /// The histogram in words.
    pub histogram: fn(&HistogramText) -> String,
    /// Label of the switch between these and all events.
    pub counts_tickets_to: fn(&str) -> String,
    /// The two of it, as short as they can be.
    pub these: &'static str,
    /// The other of the two.
    pub all_short: &'static str,
    /// Tickets to events in scope.
    pub these_events: &'static str,
    /// All tickets.
    pub all_events: &'static str,
    /// A box counts otherwise than the view.
    pub own_word: &'static str,
    /// Last purchase: at most.
    pub within: &'static str,
    /// Last purchase: that many.
    pub exactly: &'static str,
    /// Last purchase: more than.
    pub not_within: &'static str,
    /// Label of the modes.
    pub last_purchase_mode: &'static str,
    /// Label of the number of days.
    pub days: &'static str,
    /// Purchases: the first day.
    pub first_day: &'static str,
    /// Purchases: the last day.
    pub last_day: &'static str,
    /// What an empty day reads.
    pub any_day: &'static str,
    /// Label of the choices of that title.
    pub choices: fn(&str) -> String,
    /// Gender's offers.
    pub women: &'static str,
    /// Gender's offers.
    pub women_and_men: &'static str,
    /// Gender's offers.
    pub men: &'static str,
    /// Gender's offers: no condition.
    pub all: &'static str,
    /// The name of a choice, by its id in the view.
    pub choice: fn(&str) -> &'static str,
    /// Explains that the last ticked choice cannot be taken away.
    pub last_choice: &'static str,
}

/// Permissions, tags, counting.
#[derive(Debug)]
pub struct PanelWords {
    /// Name of the region.
    pub region: &'static str,
    /// Title of the panel of consents.
    pub permissions: &'static str,
    /// Title of the panel of flags.
    pub tags: &'static str,
    /// The data has none.
    pub none_here: &'static str,
    /// Label before all or any.
    pub matching: &'static str,
    /// All of those asked for.
    pub all: &'static str,
    /// Any of those asked for.
    pub any: &'static str,
    /// Head of the column of names.
    pub name: &'static str,
    /// Head of a column.
    pub result: &'static str,
    /// Head of a column.
    pub audience: &'static str,
    /// Over the column of ticks.
    pub short_must: &'static str,
    /// Over the column of dashes.
    /// Over the column of crosses.
    pub short_not: &'static str,
    /// A tick in words.
    pub must: &'static str,
    /// A dash in words.
    pub dont_care: &'static str,
    /// A cross in words.
    pub must_not: &'static str,
    /// Title of the panel of what boxes count.
    pub counting: &'static str,
    /// Label of its switch.
    pub tickets_to: &'static str,
    /// No box has a word of its own.
    pub none_otherwise: &'static str,
    /// These boxes have one.
    pub otherwise: fn(&str) -> String,
    /// The data does not know it.
    pub not_in_data: &'static str,
}

/// Who is left out for a ticket they hold.
#[derive(Debug)]
pub struct LeftOutWords {
    /// Title of the panel.
    pub title: &'static str,
    /// Before those whom the view leaves out.
    pub by_view: &'static str,
    /// Before those whom the segment leaves out.
    pub by_segment: &'static str,
    /// No one is.
    pub nobody: &'static str,
    /// Whoever holds a ticket to what is named.
    pub holders: fn(&str) -> String,
    /// Asks for the event whose holders the view leaves out.
    pub event: &'static str,
    /// Asks for the event group whose holders the view leaves out.
    pub production: &'static str,
    /// Leads to the events that the segment excludes.
    pub exclude: &'static str,
    /// What that does.
    pub exclude_hint: &'static str,
}

/// The bar at the bottom.
#[derive(Debug)]
pub struct BarWords {
    /// Name of the region.
    pub region: &'static str,
    /// Over the share: so many are in the segment, or left in it where the view leaves some out.
    pub of_audience: fn(&str, bool) -> String,
    /// Over the number with an address.
    pub with_email: &'static str,
    /// Over the number with consent.
    pub with_consent: &'static str,
    /// In its place where the venue names no consent.
    pub no_consent: &'static str,
}
