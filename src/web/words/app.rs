//! Texts around the workspace: header, segments, dialogs, data. Each has its own, so that a part of the
//! page takes along those that it alone shows.

use super::{Language, Plural};

/// Header and the page as a whole.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand in the languages.
pub struct PageWords {
    pub navigation: &'static str,
    pub segments: &'static str,
    pub workspace: &'static str,
    pub data: &'static str,
    pub demo: &'static str,
    pub for_today: &'static str,
    pub demo_hint: &'static str,
    /// The data's date and time.
    pub data_from: fn(&str) -> String,
    pub stale: &'static str,
    /// The other language, in itself.
    pub other_language: &'static str,
    pub theme: &'static str,
    pub undo: &'static str,
    pub dismiss: &'static str,
    pub close: &'static str,
    pub cancel: &'static str,
    pub starter_segment: &'static str,
    /// A newer snapshot was built at this time.
    pub newer: fn(&str) -> String,
    pub swap_in: &'static str,
    pub misplaced: &'static str,
    pub not_kept: &'static str,
    pub skip: &'static str,
}

impl PageWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static PageWords {
        match language {
            Language::English => &super::app_english::PAGE,
            Language::Swedish => &super::app_swedish::PAGE,
        }
    }
}

/// The list of segments.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand in the languages.
pub struct SegmentsWords {
    pub title: &'static str,
    pub new: &'static str,
    pub import: &'static str,
    pub import_hint: &'static str,
    pub export_shared: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub events: &'static str,
    pub customers: &'static str,
    pub views: &'static str,
    /// So many saved views more.
    pub more_views: fn(&str) -> String,
    pub changed: &'static str,
    pub actions: &'static str,
    /// What can be done with the segment of this name.
    pub actions_for: fn(&str) -> String,
    pub view_segmentation: &'static str,
    pub view_for_event: &'static str,
    pub view_for_production: &'static str,
    pub edit: &'static str,
    pub duplicate: &'static str,
    pub export: &'static str,
    pub delete: &'static str,
    pub shared: &'static str,
    pub shared_hint: &'static str,
    /// A shared segment is newer than the reader's own of the same id: its name.
    pub shared_is_newer: fn(&str) -> String,
    pub coming: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub copy_of: fn(&str) -> String,
    /// A segment of this name was deleted with so many views.
    pub deleted: fn(&str, u32, Plural) -> String,
    pub imported: fn(u32, Plural) -> String,
    /// The segment of this name came out of a file with so many views.
    pub imported_one: fn(&str, u32, Plural) -> String,
    /// Views came out of a file under the segment of this name, which was here before.
    pub views_imported: fn(&str, u32, Plural) -> String,
    /// The segment of this name was here with all of its views.
    pub nothing_imported: fn(&str) -> String,
    /// The file of this name was not read.
    pub import_failed: fn(&str) -> String,
    /// Documents of a newer version that are left alone.
    pub unreadable: fn(&str) -> String,
}

impl SegmentsWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static SegmentsWords {
        match language {
            Language::English => &super::app_english::SEGMENTS,
            Language::Swedish => &super::app_swedish::SEGMENTS,
        }
    }
}

/// The form of a segment.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand in the languages.
pub struct FormWords {
    pub new_title: &'static str,
    pub name: &'static str,
    pub name_missing: &'static str,
    pub description: &'static str,
    pub people: &'static str,
    pub buyers: &'static str,
    pub everyone: &'static str,
    pub days_back: &'static str,
    pub days: &'static str,
    pub all: &'static str,
    /// From which date events count.
    pub from_day: fn(&str) -> String,
    pub from_ever: &'static str,
    pub from_today: &'static str,
    pub facets: &'static str,
    pub promoters: &'static str,
    pub seasons: &'static str,
    pub productions: &'static str,
    pub events: &'static str,
    pub categories: &'static str,
    pub tags: &'static str,
    pub any: &'static str,
    pub none: &'static str,
    pub chosen: fn(&str) -> String,
    pub search: fn(&str) -> String,
    pub nothing_found: &'static str,
    /// Tab: the events whose tickets count.
    pub include: &'static str,
    /// Tab: the events whose buyers are left out.
    pub exclude: &'static str,
    /// On that tab while it has nothing chosen.
    pub nobody_left_out: &'static str,
    pub exclude_hint: &'static str,
    pub exclude_days_back: &'static str,
    pub nothing_excluded: &'static str,
    pub excludes_no_event: &'static str,
    /// So many events are excluded, which leaves these customers out.
    pub excluded_now: fn(&str, Plural, &str) -> String,
    /// Of an event in scope whose holders are left out.
    pub excluded: &'static str,
    pub of_them_excluded: fn(&str) -> String,
    /// So many of the chosen events lie before the days back: both as numbers and as they are
    /// written.
    pub older: fn(u32, u32, &str, &str) -> String,
    /// At the seasons: from which day on events count.
    pub counted_from: fn(&str) -> String,
    /// At the seasons, where no day cuts any off.
    pub counted_all: &'static str,
    /// Counts those too.
    pub days_back_all: &'static str,
    pub in_scope: &'static str,
    pub no_events: &'static str,
    pub date: &'static str,
    pub customers: &'static str,
    pub of_events: fn(&str) -> String,
    pub of_customers: fn(&str) -> String,
    pub save: &'static str,
    pub save_and_view: &'static str,
    /// Opens the dialog that asks for the new segment's name.
    pub save_as_new: &'static str,
    pub save_as_new_title: &'static str,
    /// The segment of this name is left alone.
    pub stays_as_it_is: fn(&str) -> String,
    /// The view's segment was never saved.
    pub not_kept_yet: &'static str,
    pub changes_views: fn(u32, Plural) -> String,
    pub read_only: &'static str,
    pub gone: &'static str,
    pub saved: fn(&str) -> String,
    /// Another tab saved the segment of this name since the form opened.
    pub changed_elsewhere: fn(&str) -> String,
}

impl FormWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static FormWords {
        match language {
            Language::English => &super::app_english::FORM,
            Language::Swedish => &super::app_swedish::FORM,
        }
    }
}

/// Dialogs.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand in the languages.
pub struct DialogWords {
    pub open_title: &'static str,
    pub open_hint: &'static str,
    pub open: &'static str,
    pub new: &'static str,
    pub no_views: &'static str,
    pub other_views: &'static str,
    pub all_segments: &'static str,
    pub rename: &'static str,
    pub duplicate: &'static str,
    pub delete: &'static str,
    pub view_deleted: fn(&str) -> String,
    pub save_as: &'static str,
    pub save: &'static str,
    pub view_name: &'static str,
    pub name_missing: &'static str,
    pub choose_event: &'static str,
    pub choose_production: &'static str,
    /// What choosing one does.
    pub choosing_leaves_out: &'static str,
    /// Asks whether more is meant, before the way to the segment.
    pub choosing_several: &'static str,
    pub view: &'static str,
    pub saved: fn(&str) -> String,
    pub unsaved_lost: &'static str,
    pub changed_elsewhere: &'static str,
    pub copy_link: &'static str,
    pub link: &'static str,
    pub link_copied: &'static str,
    pub link_by_hand: &'static str,
    pub link_too_long: &'static str,
    pub download_view: &'static str,
    pub or_as_file: &'static str,
    /// The file of this name went to the reader.
    pub downloaded: fn(&str) -> String,
    /// The view's yardstick is another day than today, which a file does not say: the day as it
    /// is read, and as it is typed.
    pub file_has_no_day: fn(&str, &str) -> String,
}

impl DialogWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static DialogWords {
        match language {
            Language::English => &super::app_english::DIALOGS,
            Language::Swedish => &super::app_swedish::DIALOGS,
        }
    }
}

/// What is open, and opening something else.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand in the languages.
pub struct DataWords {
    pub title: &'static str,
    pub open_now: &'static str,
    pub venue: &'static str,
    pub origin: &'static str,
    pub origin_demo: &'static str,
    pub origin_site: &'static str,
    pub origin_folder: &'static str,
    pub origin_export: &'static str,
    pub built: &'static str,
    pub customers: &'static str,
    pub events: &'static str,
    pub kept: &'static str,
    pub kept_yes: &'static str,
    pub kept_no: fn(&str) -> String,
    pub kept_demo: &'static str,
    pub open_data: &'static str,
    pub site: &'static str,
    pub site_hint: &'static str,
    pub no_site: &'static str,
    pub export: &'static str,
    pub export_hint: &'static str,
    pub choose_folder: &'static str,
    pub choose_files: &'static str,
    pub snapshot: &'static str,
    pub snapshot_hint: &'static str,
    pub demo: &'static str,
    pub demo_hint: &'static str,
    pub open: &'static str,
    pub drop_here: &'static str,
    pub making_up: &'static str,
    pub fetching: &'static str,
    pub checking: &'static str,
    pub reading: &'static str,
    pub ordering: &'static str,
    /// Bytes read of bytes in all, rows.
    pub bytes: fn(&str, &str) -> String,
    pub bytes_alone: fn(&str) -> String,
    pub rows: fn(&str) -> String,
    pub cancel: &'static str,
    pub failed: &'static str,
    pub failed_network: &'static str,
    pub failed_internal: &'static str,
    /// What is safe after a failure.
    pub safe_open: &'static str,
    pub safe_nothing: &'static str,
    pub try_demo: &'static str,
    pub stay: &'static str,
    pub rejects: fn(&str) -> String,
    pub rejects_hint: &'static str,
    pub download: &'static str,
    pub file: &'static str,
    pub line: &'static str,
    pub column: &'static str,
    pub reason: &'static str,
    pub warnings: &'static str,
    pub take_all_the_same: &'static str,
}

impl DataWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static DataWords {
        match language {
            Language::English => &super::app_english::DATA,
            Language::Swedish => &super::app_swedish::DATA,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_before_the_days_back_are_said_in_their_own_number() {
        for language in Language::ALL {
            let said = FormWords::of(language).older;
            let all = [(1, 1), (1, 5), (2, 5), (5, 5)].map(|(older, chosen)| {
                said(older, chosen, &older.to_string(), &chosen.to_string())
            });
            let [one, one_of, some_of, whole] = &all;
            assert!(!one.contains(char::is_numeric), "{one}");
            assert!(one_of.contains('1') && one_of.contains('5'), "{one_of}");
            assert!(some_of.contains('2') && some_of.contains('5'), "{some_of}");
            assert!(
                whole.contains('5') && !whole.contains("5 of") && !whole.contains("5 av"),
                "{whole}"
            );
        }
    }

    #[test]
    fn both_languages_count_views_in_their_own_forms() {
        let of = |language| FormWords::of(language).changes_views;
        for language in Language::ALL {
            let (one, two) = (of(language)(1, Plural::One), of(language)(2, Plural::Other));
            assert!(one.contains('1') && two.contains('2'));
            assert_ne!(one.replace('1', "2"), two, "{language:?}");
        }
    }
}
