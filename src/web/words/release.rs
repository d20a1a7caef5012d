//! Texts about the program itself: a newer version, and no network.

use super::Language;

/// All of them, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct ReleaseWords {
    pub ready: &'static str,
    pub take: &'static str,
    pub later: &'static str,
    /// No network, and when the data was built, if some is open.
    pub offline: fn(Option<&str>) -> String,
}

impl ReleaseWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static ReleaseWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: ReleaseWords = ReleaseWords {
    ready: "A new version of Publik is ready. The page reloads when you start it, and everything you \
        saved stays.",
    take: "Start it now",
    later: "Later",
    offline: |built| match built {
        Some(moment) => format!("Offline, data of {moment}"),
        None => "Offline".to_owned(),
    },
};

static SWEDISH: ReleaseWords = ReleaseWords {
    ready: "En ny version av Publik är klar att användas. Sidan laddas om när du startar den, och allt \
        du har sparat finns kvar.",
    take: "Starta den nu",
    later: "Senare",
    offline: |built| match built {
        Some(moment) => format!("Offline, data från {moment}"),
        None => "Offline".to_owned(),
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_network_the_datas_date_is_still_told() {
        for language in Language::ALL {
            let offline = ReleaseWords::of(language).offline;
            assert!(offline(Some("21 Nov")).ends_with("21 Nov"));
            assert_eq!(offline(None), "Offline");
        }
    }
}
