//! Every word of the page, in English and Swedish, and numbers, dates and money as each writes them.
//!
//! A text is a field of [`Messages`] or of one of its groups, so a language that lacks one does not
//! compile; a test names the texts that nothing uses. Components ask [`use_words`]; the page is
//! drawn anew when the language changes, so a component's words never change under it.

pub mod app;
mod app_english;
mod app_swedish;
pub mod customers;
pub mod device;
pub mod endpoint;
mod english;
pub mod explanation;
pub mod exporting;
pub mod failing;
#[cfg(any(feature = "web", feature = "lists"))]
mod formats;
pub mod handing;
mod histogram_text;
mod messages;
pub mod offering;
pub mod outbox;
mod reading;
pub mod release;
pub mod settings;
mod swedish;
pub mod tagging;
pub mod unlocking;

#[cfg(any(feature = "web", feature = "lists"))]
pub use formats::Formats;
pub use histogram_text::HistogramText;
pub use messages::{
    BarWords, BoxWords, HeadWords, LeftOutWords, Messages, PanelWords, Plural, WorkspaceWords,
};

pub use reading::{decimal, read_day, read_number, write_number};

pub use crate::view::sentence::Language;

impl Messages {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Messages {
        match language {
            Language::English => &english::ENGLISH,
            Language::Swedish => &swedish::SWEDISH,
        }
    }
}

/// ISO 4217 for no currency: what there is before a venue is open.
#[cfg(any(feature = "web", feature = "lists"))]
pub const NO_CURRENCY: &str = "XXX";

/// The words and formats that a part of the page is drawn with.
#[cfg(feature = "web")]
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Which language they are in.
    pub language: Language,
    /// The texts.
    pub messages: &'static Messages,
    /// Numbers, dates and money.
    pub formats: Formats,
}

#[cfg(feature = "web")]
impl Words {
    /// The texts of the sync endpoint.
    pub fn endpoint(self) -> &'static endpoint::EndpointWords {
        endpoint::EndpointWords::of(self.language)
    }

    /// The texts of handing over an audience.
    pub fn handing(self) -> &'static handing::HandingWords {
        handing::HandingWords::of(self.language)
    }

    /// The texts of the special offer.
    pub fn offering(self) -> &'static offering::OfferingWords {
        offering::OfferingWords::of(self.language)
    }

    /// The texts of the outbox.
    pub fn outbox(self) -> &'static outbox::OutboxWords {
        outbox::OutboxWords::of(self.language)
    }

    /// The texts of tagging, and of what can be done with a result.
    pub fn tagging(self) -> &'static tagging::TaggingWords {
        tagging::TaggingWords::of(self.language)
    }

    /// The texts of the settings page.
    pub fn settings(self) -> &'static settings::SettingsWords {
        settings::SettingsWords::of(self.language)
    }

    /// The texts of the header and the page as a whole.
    pub fn page(self) -> &'static app::PageWords {
        app::PageWords::of(self.language)
    }

    /// The texts of the list of segments.
    pub fn segments(self) -> &'static app::SegmentsWords {
        app::SegmentsWords::of(self.language)
    }

    /// The texts of the form of a segment.
    pub fn form(self) -> &'static app::FormWords {
        app::FormWords::of(self.language)
    }

    /// The texts of the dialogs.
    pub fn dialogs(self) -> &'static app::DialogWords {
        app::DialogWords::of(self.language)
    }

    /// The texts of what is open, and of opening something else.
    pub fn data(self) -> &'static app::DataWords {
        app::DataWords::of(self.language)
    }

    /// The texts of the list of customers.
    pub fn customers_list(self) -> &'static customers::CustomerWords {
        customers::CustomerWords::of(self.language)
    }

    /// The texts about the program itself.
    pub fn release(self) -> &'static release::ReleaseWords {
        release::ReleaseWords::of(self.language)
    }

    /// The texts of the passphrase.
    pub fn unlocking(self) -> &'static unlocking::UnlockingWords {
        unlocking::UnlockingWords::of(self.language)
    }

    /// The texts of what this device keeps.
    pub fn device(self) -> &'static device::DeviceWords {
        device::DeviceWords::of(self.language)
    }

    /// Words of a language, for a venue that counts money in a currency (ISO 4217).
    pub fn new(language: Language, currency: &str) -> Words {
        Words {
            language,
            messages: Messages::of(language),
            formats: Formats::new(language, currency),
        }
    }

    /// What people call a filter.
    pub fn title(self, kind: crate::view::FilterKind) -> &'static str {
        crate::view::sentence::filter_title(kind, self.language)
    }

    /// How many customers, with the word: `1,127 customers`.
    pub fn customers(self, count: u32) -> String {
        let word = (self.messages.customers)(self.formats.plural(count));
        format!("{}\u{A0}{word}", self.formats.count(count))
    }
}

/// The words of the part of the page that asks, as its page has provided them.
#[cfg(feature = "web")]
pub fn use_words() -> Words {
    leptos::prelude::use_context().unwrap_or_else(|| Words::new(Language::English, NO_CURRENCY))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_text_is_used_somewhere() {
        let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
        let mut files = Vec::new();
        sources(&web, &mut files);
        let is_text = |file: &PathBuf| {
            let name = file.file_name().unwrap().to_str().unwrap();
            file.starts_with(web.join("words"))
                && !["mod.rs", "formats.rs", "histogram_text.rs"].contains(&name)
        };
        let used: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        let declared: String = files
            .iter()
            .filter(|file| is_text(file))
            .map(|file| fs::read_to_string(file).unwrap())
            .collect();
        let fields: Vec<&str> = declared
            .lines()
            .filter_map(|line| line.strip_prefix("    pub ")?.split_once(':'))
            .map(|(field, _)| field)
            .filter(|field| !field.contains("fn "))
            .collect();
        assert!(fields.len() > 200, "the texts were not found: {fields:?}");
        let unused: Vec<&&str> =
            fields.iter().filter(|field| !used.contains(&format!(".{field}"))).collect();
        assert_eq!(unused, Vec::<&&str>::new(), "nothing uses these texts");
    }
}
