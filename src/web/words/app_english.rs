//! English, around the workspace.

use super::Plural;
use super::app::{DataWords, DialogWords, FormWords, PageWords, SegmentsWords};

fn views(count: u32, plural: Plural) -> String {
    match plural {
        Plural::One => format!("{count} saved view"),
        Plural::Other => format!("{count} saved views"),
    }
}

/// Header and the page as a whole.
pub static PAGE: PageWords = PageWords {
    navigation: "Main",
    segments: "Segments",
    workspace: "Workspace",
    data: "Data",
    demo: "Demo",
    for_today: "made up for today",
    demo_hint: "A made-up venue, made up anew for each day: tomorrow the numbers are others",
    data_from: |moment| format!("Data from {moment}"),
    stale: "Older than 36 hours",
    other_language: "Svenska",
    theme: "Light or dark",
    undo: "Undo",
    dismiss: "Dismiss",
    close: "Close",
    cancel: "Cancel",
    starter_segment: "Last two years",
    newer: |moment| format!("Newer data, from {moment}, lies ready."),
    swap_in: "Use it",
    misplaced: "The address does not lead anywhere here:",
    not_kept: "This browser could not keep the last save: its storage is full or switched off. Export what you need before you close the page.",
    skip: "Skip to the content",
};

/// The list of segments.
pub static SEGMENTS: SegmentsWords = SegmentsWords {
    title: "Segments",
    new: "New segment",
    import: "Import…",
    import_hint: "Files of segments or of a view; they can be dropped here too",
    export_shared: "Export as shared",
    name: "Name",
    description: "Description",
    events: "Events in scope",
    customers: "Customers now",
    views: "Saved views",
    more_views: |count| format!("{count} more…"),
    changed: "Last changed",
    actions: "Actions",
    actions_for: |name| format!("Actions for {name}"),
    view_segmentation: "View segmentation",
    view_for_event: "View for event…",
    view_for_production: "View for production (event group)…",
    edit: "Edit",
    duplicate: "Duplicate",
    export: "Export",
    delete: "Delete",
    shared: "Shared",
    shared_hint: "Read-only; duplicate to edit",
    shared_is_newer: |name| {
        format!(
            "The shared segment {name} is newer than your own of the same origin. Both are here."
        )
    },
    coming: "Your segments are being read …",
    empty_title: "No segments yet",
    empty_text: "A segment is a named set of events and their customers. Make one, or look at the last two years in the workspace.",
    copy_of: |name| format!("Copy of {name}"),
    deleted: |name, count, plural| match count {
        0 => format!("{name} is deleted."),
        _ => format!("{name} is deleted with its {}.", views(count, plural)),
    },
    imported: |count, plural| match plural {
        Plural::One => format!("{count} segment is imported."),
        Plural::Other => format!("{count} segments are imported."),
    },
    imported_one: |name, count, plural| match count {
        0 => format!("{name} is imported."),
        _ => format!("{name} is imported with {}.", views(count, plural)),
    },
    views_imported: |name, count, plural| {
        format!(
            "{name} is here already; {} added to it.",
            match plural {
                Plural::One => format!("{count} saved view is"),
                Plural::Other => format!("{count} saved views are"),
            }
        )
    },
    nothing_imported: |name| {
        format!("{name} is here already with all of these views; nothing is changed.")
    },
    import_failed: |file| {
        format!(
            "{file} was not imported, nothing is changed. A file of segments or of one view is read here."
        )
    },
    unreadable: |reason| {
        format!("A segment kept here cannot be read and is left as it is: {reason}")
    },
};

/// The form of a segment.
pub static FORM: FormWords = FormWords {
    new_title: "New segment",
    name: "Name",
    name_missing: "A segment needs a name.",
    description: "Description, seen only here",
    people: "People",
    buyers: "Buyers",
    everyone: "Everyone",
    days_back: "Days back",
    days: "days",
    all: "All",
    from_day: |day| format!("All coming events, and past ones from {day}"),
    from_ever: "All events, past and coming",
    from_today: "Events of today and later",
    facets: "Events",
    promoters: "Promoters",
    seasons: "Seasons",
    productions: "Productions (event groups)",
    events: "Event dates",
    categories: "Categories",
    tags: "Tags",
    any: "any",
    none: "none",
    chosen: |count| format!("{count} chosen"),
    search: |count| format!("Search {count}"),
    nothing_found: "Nothing found",
    include: "Events that count",
    exclude: "Exclude events",
    nobody_left_out: "nobody is left out",
    exclude_hint: "Whoever holds a ticket to one of these events is left out of the segment and of all its views.",
    exclude_days_back: "Only events of the last",
    nothing_excluded: "No event is excluded yet.",
    excludes_no_event: "No event meets all of this: nobody is left out.",
    excluded_now: |count, plural, customers| match plural {
        Plural::One => format!("{count} event excluded, {customers} left out."),
        Plural::Other => format!("{count} events excluded, {customers} left out."),
    },
    excluded: "excluded",
    of_them_excluded: |count| format!("{count} excluded"),
    older: |older, chosen, older_said, chosen_said| match (older, chosen) {
        (1, 1) => "The chosen event lies before that day and is left out.".to_owned(),
        (older, chosen) if older == chosen => {
            format!("All {chosen_said} chosen events lie before that day and are left out.")
        }
        (1, _) => {
            format!("1 of the {chosen_said} chosen events lies before that day and is left out.")
        }
        _ => format!(
            "{older_said} of the {chosen_said} chosen events lie before that day and are left out."
        ),
    },
    counted_from: |day| format!("Counted from {day}"),
    counted_all: "Every day counts",
    days_back_all: "Days back: all",
    in_scope: "Events in scope",
    no_events: "No event meets all of this.",
    date: "Date",
    customers: "Customers",
    of_events: |count| format!("of {count} events in the data"),
    of_customers: |count| format!("of {count} customers"),
    save: "Save",
    save_and_view: "Save and view",
    save_as_new: "Save as new segment…",
    save_as_new_title: "Save as a new segment",
    stays_as_it_is: |name| format!("{name} and its views stay as they are."),
    not_kept_yet: "Not among your segments yet; saving adds it.",
    changes_views: |count, plural| {
        format!("Saving changes {} of this segment.", views(count, plural))
    },
    read_only: "Shared and read-only: change what you like and save it as a new segment.",
    gone: "This segment is not here any more.",
    saved: |name| format!("{name} is saved."),
    changed_elsewhere: |name| {
        format!(
            "Another tab saved {name} meanwhile; nothing is overwritten yet. Save again to replace that, or cancel to see it."
        )
    },
};

/// Dialogs.
pub static DIALOGS: DialogWords = DialogWords {
    open_title: "Open or new",
    open_hint: "Click a view to mark it. With none marked, a new one begins.",
    open: "Open",
    new: "New",
    no_views: "This segment has no saved views yet.",
    other_views: "Views of other segments are saved with those.",
    all_segments: "All segments",
    rename: "Rename",
    duplicate: "Duplicate",
    delete: "Delete",
    view_deleted: |name| format!("{name} is deleted."),
    save_as: "Save as",
    save: "Save",
    view_name: "Name of the view",
    name_missing: "A view needs a name.",
    choose_event: "View for which event?",
    choose_production: "View for which production (event group)?",
    choosing_leaves_out: "Shows whom it can still be sold to: whoever has a ticket to it already is left out.",
    choosing_several: "A whole season, a category, or several at once?",
    view: "View",
    saved: |name| format!("{name} is saved."),
    changed_elsewhere: "Another tab saved this view meanwhile; nothing is overwritten. Save yours under another name, or open the other.",
    copy_link: "Copy link",
    link: "Link to the view",
    link_copied: "The link is copied. It holds the view and no customer.",
    link_by_hand: "This browser lets no page copy. Copy the link from here; it holds the view and no customer.",
    link_too_long: "This view is too long for a link that mail and chat leave whole. Send its file instead: Import in the list of segments reads it.",
    download_view: "Download as a file",
    or_as_file: "Or take it along as a file, for another browser or the command line. Import in the list of segments reads it.",
    downloaded: |file| format!("Downloaded: {file}"),
    file_has_no_day: |day, typed| {
        format!(
            "The file holds the view and no date. To count it as of {day} elsewhere, set that date there; on the command line by --as-of {typed}."
        )
    },
    unsaved_lost: "The view at hand has unsaved changes; opening another leaves them behind.",
};

/// What is open, and opening something else.
pub static DATA: DataWords = DataWords {
    title: "Data",
    open_now: "Open now",
    venue: "Venue",
    origin: "From",
    origin_demo: "Demo: a venue made up for today; tomorrow its numbers are others",
    origin_site: "This site's snapshot",
    origin_folder: "A snapshot folder of this computer",
    origin_export: "An export folder of this computer",
    built: "Built",
    customers: "Customers",
    events: "Events",
    kept: "Kept here",
    kept_yes: "Yes: it is there after a restart, without a network",
    kept_no: |reason| format!("No: {reason}"),
    kept_demo: "No need: it is made up anew",
    open_data: "Open data",
    site: "This site's snapshot",
    site_hint: "What the venue's own system put on this host.",
    no_site: "This page names no snapshot.",
    export: "An export folder or its files",
    export_hint: "venue.toml, events.csv, customers.csv, orders.csv, tickets.csv. They are read here and do not leave this computer. Drop them anywhere on this page, or choose them.",
    choose_folder: "Choose folder…",
    choose_files: "Choose files…",
    snapshot: "A snapshot folder",
    snapshot_hint: "manifest.json with its facts and contacts.",
    demo: "The demo",
    demo_hint: "A made-up theatre with 10,000 customers, to try everything out.",
    open: "Open",
    drop_here: "Drop the folder or its files",
    making_up: "Making up the demo venue",
    fetching: "Fetching",
    checking: "Looking through",
    reading: "Reading",
    ordering: "Putting everything in order",
    bytes: |read, total| format!("{read} of {total}"),
    bytes_alone: |read| read.to_owned(),
    rows: |rows| format!("{rows} rows"),
    cancel: "Cancel",
    failed: "The data cannot be read.",
    failed_network: "The data could not be fetched.",
    failed_internal: "Something in this page failed.",
    safe_open: "What was open still is; segments and views are safe.",
    safe_nothing: "Segments and views are safe.",
    try_demo: "Open the demo",
    stay: "Stay with what is open",
    rejects: |count| format!("Rows left out: {count}"),
    rejects_hint: "They are not counted. Put them right in the export, or go on without them.",
    download: "Download as CSV",
    file: "File",
    line: "Line",
    column: "Column",
    reason: "Reason",
    warnings: "Worth knowing",
    take_all_the_same: "Go on without them",
};
