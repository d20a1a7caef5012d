//! How data comes in, and which is open.

use std::sync::Arc;

use leptos::prelude::*;

use super::vault::{Unsealed, Vault};
use super::{Engine, OpenData};
use crate::model::{Day, Named};
use crate::web::platform::{self, Attachments};
use crate::web::protocol::catalogue;
use crate::web::protocol::{
    Answer, Ask, Failure, FailureKind, Opened, Origin, Progress, Source, Step,
};

/// Under which key this browser keeps what to open first next time.
const CHOICE: &str = "publik.source";

/// Whether there is data.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// It is on its way; what was open before still is.
    Opening(Option<Progress>),
    /// It is there.
    Ready,
    /// It is here and sealed; what was open before still is.
    Sealed {
        /// Whether the reader tried a passphrase, which was another.
        is_wrong: bool,
    },
    /// It could not be opened; what was open before still is.
    Failed(Failure),
}

/// A handle on the data.
#[derive(Clone, Copy)]
pub struct Data {
    engine: Engine,
    vault: Vault,
    stage: RwSignal<Stage>,
    open: RwSignal<Option<Arc<OpenData>>>,
    today: RwSignal<Day>,
    /// Where this site's snapshot lies.
    site: RwSignal<Option<String>>,
    newer: RwSignal<Option<String>>,
    /// Counts up whenever flags are others than before.
    flags_turn: RwSignal<u32>,
    /// The day that the demo was last made for.
    made_for: StoredValue<String>,
    /// Counts openings, so that the answers to one given up are not taken for another's.
    opening: StoredValue<u32>,
    tried: StoredValue<Option<Tried>>,
}

/// The passphrase that was tried last.
#[derive(Clone)]
struct Tried {
    passphrase: String,
    /// Whether the reader typed it, and is to hear whether it was the right one.
    is_typed: bool,
}

impl Data {
    /// Nothing open yet; [`Data::begin`] opens something.
    pub fn new(engine: Engine, vault: Vault) -> Data {
        Data {
            engine,
            vault,
            stage: RwSignal::new(Stage::Opening(None)),
            open: RwSignal::new(None),
            today: RwSignal::new(platform::today_here().unwrap_or(Day::MIN)),
            site: RwSignal::new(None),
            newer: RwSignal::new(None),
            flags_turn: RwSignal::new(0),
            made_for: StoredValue::new(String::new()),
            opening: StoredValue::new(0),
            tried: StoredValue::new(None),
        }
    }

    /// Whether there is data, and what happens.
    pub fn stage(self) -> Stage {
        self.stage.get()
    }

    /// What is open; stays while something else is on its way.
    pub fn open(self) -> Option<Arc<OpenData>> {
        self.open.get()
    }

    /// The same, without being told of changes.
    pub fn open_untracked(self) -> Option<Arc<OpenData>> {
        self.open.get_untracked()
    }

    /// Today in the venue's zone.
    pub fn today(self) -> Day {
        self.today.get()
    }

    /// The same, without being told of changes.
    pub fn today_untracked(self) -> Day {
        self.today.get_untracked()
    }

    /// The time zone of the open data's venue.
    pub fn zone(self) -> Option<String> {
        self.open().map(|open| open.names.venue.time_zone.clone())
    }

    /// Where this site's snapshot lies, if it has one.
    pub fn site(self) -> Option<String> {
        self.site.get()
    }

    /// The same, without being told of changes.
    pub fn site_untracked(self) -> Option<String> {
        self.site.get_untracked()
    }

    /// The day that the demo was last made for.
    pub fn made_for(self) -> String {
        self.made_for.get_value()
    }

    /// When the newer snapshot was built that lies ready to be swapped in, RFC 3339.
    pub fn newer(self) -> Option<String> {
        self.newer.get()
    }

    /// Tells readers of flags to look anew, and which there are besides the snapshot's.
    pub fn flags_changed(self, further: Vec<Named>) {
        if let Some(open) = self.open_untracked() {
            open.further_flags.set(further);
        }
        self.flags_turn.update(|turn| *turn += 1);
    }

    /// Another number whenever flags are others than before.
    pub fn flags_turn(self) -> u32 {
        self.flags_turn.get()
    }

    /// Opens what this browser opened last; else this site's snapshot; else the demo.
    pub fn begin(self, site: Option<String>) {
        self.site.set(site);
        match platform::stored(CHOICE).as_deref() {
            Some("demo") => self.open_demo(),
            Some("kept") => self.ask(Source::Kept, Attachments::none()),
            _ => self.open_first(),
        }
    }

    /// Opens what was open anew, for a worker that has none of it; false where only the reader's
    /// files have it.
    pub fn open_again(self) -> bool {
        let open = self.open.get_untracked();
        match open.map(|open| (open.opened.origin, open.opened.kept.is_ok())) {
            None => self.begin(self.site.get_untracked()),
            Some((Origin::Demo, _)) => self.open_demo(),
            Some((_, true)) => self.ask(Source::Kept, Attachments::none()),
            Some((Origin::Site, false)) => self.open_site(),
            Some((Origin::Folder | Origin::Export, false)) => return false,
        }
        true
    }

    /// Opens this site's snapshot, or the demo where there is none.
    fn open_first(self) {
        match self.site.get_untracked() {
            Some(base) => self.ask(Source::Site { base }, Attachments::none()),
            None => self.open_demo(),
        }
    }

    /// Opens this site's snapshot.
    pub fn open_site(self) {
        if let Some(base) = self.site.get_untracked() {
            self.ask(Source::Site { base }, Attachments::none());
        }
    }

    /// Stays with what is open: what was on its way waits for the reader.
    pub fn rest(self) {
        self.stage.set(Stage::Ready);
    }

    /// Opens the demo.
    pub fn open_demo(self) {
        let today = platform::today_here().unwrap_or(Day::MIN).to_string();
        self.made_for.set_value(today.clone());
        self.ask(Source::Demo { today }, Attachments::none());
    }

    /// Opens something else; what is open stays until it is ready.
    pub fn ask(self, source: Source, attachments: Attachments) {
        self.vault.let_go();
        self.opening.update_value(|opening| *opening += 1);
        let opening = self.opening.get_value();
        self.stage.set(Stage::Opening(None));
        self.engine.ask(Ask::Open(source), attachments, move |answer, attachments| {
            if self.opening.get_value() == opening {
                self.hear(answer, attachments);
            }
        });
    }

    /// Gives up what is on its way.
    pub fn cancel(self) {
        self.vault.let_go();
        self.opening.update_value(|opening| *opening += 1);
        self.engine.ask(Ask::Cancel, Attachments::none(), |_, _| {});
        self.dismiss_or_begin();
    }

    /// Puts the failure away and stays with what is open.
    pub fn dismiss(self) {
        if self.open.with_untracked(Option::is_some) {
            self.stage.set(Stage::Ready);
        }
    }

    /// Says how far something has come that the page itself does.
    pub fn tell(self, stage: Stage) {
        self.stage.set(stage);
    }

    fn hear(self, answer: Answer, attachments: &Attachments) {
        match answer {
            Answer::Progress(progress) => self.stage.set(Stage::Opening(Some(progress))),
            Answer::Opened(opened) => self.take(*opened, attachments),
            Answer::Sealed => self.hold(attachments),
            Answer::Nothing => self.open_first(),
            Answer::Cancelled => self.dismiss_or_begin(),
            Answer::Failed(failure) => self.stage.set(Stage::Failed(failure)),
            _ => self.stage.set(Stage::Failed(not_understood())),
        }
    }

    /// Holds sealed facts. The passphrase that opened something before is tried by itself.
    fn hold(self, sealed: &Attachments) {
        self.vault.hold(sealed, move |unsealed| match unsealed {
            Unsealed::Opened(opened) => {
                self.vault.let_go();
                if let Some(Tried { passphrase, .. }) = self.tried.get_value() {
                    self.vault.remember(passphrase);
                }
                let opening = self.opening.get_value();
                self.engine.ask(Ask::Unsealed, opened, move |answer, names| {
                    if self.opening.get_value() == opening {
                        self.hear(answer, names);
                    }
                });
            }
            Unsealed::WrongPassphrase => {
                let is_wrong = self
                    .tried
                    .with_value(|tried| tried.as_ref().is_some_and(|tried| tried.is_typed));
                self.stage.set(Stage::Sealed { is_wrong });
                self.vault.set_asking(true);
            }
            Unsealed::Failed(message) => {
                self.vault.let_go();
                let kind = FailureKind::Unreadable;
                self.stage.set(Stage::Failed(Failure { kind, message }));
            }
        });
        if let Some(passphrase) = self.vault.passphrase() {
            self.unseal(Tried { passphrase, is_typed: false });
        } else {
            self.stage.set(Stage::Sealed { is_wrong: false });
            self.vault.set_asking(true);
        }
    }

    /// Opens the sealed data that waits.
    pub fn unlock(self, passphrase: String) {
        self.unseal(Tried { passphrase, is_typed: true });
    }

    fn unseal(self, tried: Tried) {
        let (step, file) = (Step::Unsealing, String::new());
        let progress = Progress { step, file, bytes: 0.0, bytes_total: None, rows: 0.0 };
        self.stage.set(Stage::Opening(Some(progress)));
        self.vault.open(tried.passphrase.clone());
        self.tried.set_value(Some(tried));
    }

    fn dismiss_or_begin(self) {
        if self.open.with_untracked(Option::is_some) {
            self.stage.set(Stage::Ready);
        } else {
            self.open_demo();
        }
    }

    fn take(self, opened: Opened, attachments: &Attachments) {
        let names = attachments.bytes(0).and_then(|bytes| catalogue::decode(&bytes).ok());
        let Some(names) = names else {
            self.stage.set(Stage::Failed(not_understood()));
            return;
        };
        let choice = match (opened.origin, &opened.kept) {
            (Origin::Demo, _) => "demo",
            (_, Ok(())) => "kept",
            (_, Err(_)) => "site",
        };
        // Not kept is no harm: the next visit begins anew.
        platform::store(CHOICE, choice).ok();
        self.newer.set(None);
        self.refresh_today(&names.venue.time_zone);
        let is_site = opened.origin == Origin::Site;
        self.open.set(Some(Arc::new(OpenData::new(opened, names))));
        self.stage.set(Stage::Ready);
        if is_site {
            self.look_for_newer();
        }
    }

    /// Sets today anew: midnight passed, or another venue lies elsewhere.
    pub fn refresh_today(self, zone: &str) {
        let today = platform::today_in(zone).or_else(platform::today_here);
        if let Some(today) = today.filter(|today| *today != self.today.get_untracked()) {
            self.today.set(today);
        }
    }

    /// Looks whether the host has a newer snapshot, and loads it beside.
    pub fn look_for_newer(self) {
        let Some(base) = self.site.get_untracked() else { return };
        self.engine.ask(Ask::LookForNewer { base }, Attachments::none(), move |answer, _| {
            // A host out of reach is no failure here: what is open stays.
            if let Answer::Newer { built_at } = answer {
                self.newer.set(Some(built_at));
            }
        });
    }

    /// Puts the newer snapshot in place of the old one.
    pub fn swap_in(self) {
        self.vault.let_go();
        self.opening.update_value(|opening| *opening += 1);
        self.engine.ask(Ask::SwapIn, Attachments::none(), move |answer, attachments| {
            self.hear(answer, attachments);
        });
    }
}

fn not_understood() -> Failure {
    Failure {
        kind: FailureKind::Internal,
        message: platform::WorkerProblem::NotUnderstood.to_string(),
    }
}
