//! The list of customers: open or not, its wishes, and the part of it that is looked at.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::lists::{ContactsState, Lists};
use super::pacer::Pacer;
use super::{Data, Engine, Settings, Workspace};
use crate::model::DEFAULT_COLUMNS;
use crate::view::to_json;
use crate::web::later::later;
use crate::web::platform::{self, Attachments};
use crate::web::protocol::explained::{ExplainAsk, Explained};
use crate::web::protocol::lists::{ListAsk, ListPart, ListRow, ListsAnswer, ListsAsk, PartAsk};
use crate::web::protocol::{Answer, Ask, Failure};

/// Under which key this browser keeps which columns are shown.
const COLUMNS: &str = "publik.columns";
/// Between their names: nothing that a header holds.
const BETWEEN: char = '\u{1f}';
/// Asked for before anybody scrolled.
const FIRST_ROWS: u32 = 100;

/// A handle on the list of customers.
#[derive(Clone, Copy)]
pub struct Customers {
    engine: Engine,
    data: Data,
    workspace: Workspace,
    settings: Settings,
    lists: Lists,
    is_open: RwSignal<bool>,
    part: RwSignal<Option<Arc<ListPart>>>,
    failure: RwSignal<Option<Failure>>,
    explained: RwSignal<Option<(Explained, String)>>,
    /// By which column, and whether the largest comes first; by id where there is none.
    pub sort: RwSignal<Option<(String, bool)>>,
    /// What is searched.
    pub search: RwSignal<String>,
    columns: RwSignal<Option<Vec<String>>>,
    window: RwSignal<(u32, u32)>,
    pace: StoredValue<Rc<Pace>, LocalStorage>,
    /// Whose the wishes' effects will be; none once they began.
    waiting: StoredValue<Option<Owner>>,
}

/// One question of each kind is on its way at a time.
#[derive(Default)]
struct Pace {
    views: RefCell<Pacer<ListAsk>>,
    /// The number of the view that is on its way, and of the part.
    view: Cell<u32>,
    parts: RefCell<Pacer<PartAsk>>,
    part: Cell<u32>,
}

impl Customers {
    /// Nothing listed yet.
    pub fn new(
        engine: Engine,
        data: Data,
        workspace: Workspace,
        settings: Settings,
        lists: Lists,
    ) -> Customers {
        let kept = platform::stored(COLUMNS)
            .map(|names| names.split(BETWEEN).map(str::to_owned).collect::<Vec<_>>());
        Customers {
            engine,
            data,
            workspace,
            settings,
            lists,
            is_open: RwSignal::new(false),
            part: RwSignal::new(None),
            failure: RwSignal::new(None),
            explained: RwSignal::new(None),
            sort: RwSignal::new(None),
            search: RwSignal::new(String::new()),
            columns: RwSignal::new(kept),
            window: RwSignal::new((0, FIRST_ROWS)),
            pace: StoredValue::new_local(Rc::default()),
            waiting: StoredValue::new(Owner::current()),
        }
    }

    /// Whether the list is open.
    pub fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// Opens or closes the list.
    pub fn set_open(self, is_open: bool) {
        self.is_open.set(is_open);
        if is_open {
            begin(self);
        }
    }

    /// The part of the list that is looked at; `None` before the first.
    pub fn part(self) -> ReadSignal<Option<Arc<ListPart>>> {
        self.part.read_only()
    }

    /// Whether names and addresses are there.
    pub fn contacts(self) -> ContactsState {
        self.lists.contacts()
    }

    /// Why there is no list, if there is none.
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// The columns shown, in order: those of the part that is looked at.
    pub fn columns(self) -> Vec<String> {
        self.part.with(|part| part.as_ref().map(|part| part.columns.clone())).unwrap_or_default()
    }

    /// The columns that the reader chose; `None` for those of the default.
    pub fn chosen_columns(self) -> Option<Vec<String>> {
        self.columns.get()
    }

    /// The columns that there are: those of the default first and in its order, then the others.
    pub fn known_columns(self) -> Vec<String> {
        let known = self.part.with(|part| part.as_ref().map(|part| part.known.clone()));
        let known = known.unwrap_or_default();
        let first = default_columns().into_iter();
        let first: Vec<String> = first.filter(|name| known.contains(name)).collect();
        let others = known.into_iter().filter(|name| !first.contains(name)).collect::<Vec<_>>();
        [first, others].concat()
    }

    /// Shows a column, or no longer.
    pub fn set_column(self, name: &str, is_shown: bool) {
        let shown = untrack(|| self.columns());
        let is_wanted =
            |known: &String| if known == name { is_shown } else { shown.contains(known) };
        let columns: Vec<String> =
            untrack(|| self.known_columns()).into_iter().filter(is_wanted).collect();
        // Not kept is no harm: the next visit begins with the default.
        platform::store(COLUMNS, &columns.join(&BETWEEN.to_string())).ok();
        self.columns.set(Some(columns));
    }

    /// The columns of the default again.
    pub fn reset_columns(self) {
        platform::remove(COLUMNS);
        self.columns.set(None);
    }

    /// Looks at another part of the list: the first row, and how many.
    pub fn look_at(self, from: u32, count: u32) {
        if self.window.get_untracked() != (from, count) {
            self.window.set((from, count));
        }
    }

    /// Asks why a customer is in the result, or is not.
    pub fn explain(self, customer: ListRow) {
        let ListRow { id: customer, name, .. } = customer;
        let as_of = untrack(|| self.workspace.as_of()).to_string();
        let view = self.workspace.view().with_untracked(to_json);
        let ask = Ask::Explain(ExplainAsk { view, as_of, customer });
        self.engine.ask(ask, Attachments::none(), move |answer, _| {
            if let Answer::Explained(explained) = answer {
                self.explained.set(Some((*explained, name.clone())));
            }
        });
    }

    /// What is explained, while it is shown, with the customer's name if that is known.
    pub fn explained(self) -> Option<(Explained, String)> {
        self.explained.get()
    }

    /// Puts the explanation away.
    pub fn close_explanation(self) {
        self.explained.set(None);
    }

    /// Begins anew after a failure.
    pub fn try_again(self) {
        self.failure.set(None);
        self.is_open.notify();
    }

    /// Asks for what is wished, whenever that changes, from the first time on that the list is open.
    fn follow(self) {
        Effect::new(move |_| {
            self.data.open().inspect(|_| self.part.set(None));
        });
        Effect::new(move |_| {
            if self.is_open.get() && self.data.open().is_some() {
                self.data.flags_turn();
                self.ask_view(self.view_ask());
            }
        });
        Effect::new(move |_| {
            self.lists.contacts();
            let (from, count) = self.window.get();
            let ask = PartAsk {
                language: self.settings.language().code().to_owned(),
                sort: self.sort.get(),
                search: self.search.get(),
                columns: self.columns.get().unwrap_or_else(default_columns),
                from,
                count,
            };
            if self.lists.has_view() {
                self.ask_part(ask);
            }
        });
    }

    /// The view at hand, as the counting worker is asked for it.
    pub fn view_ask(self) -> ListAsk {
        let as_of = self.workspace.as_of().to_string();
        let view = self.workspace.view().with(to_json);
        ListAsk { view, as_of, is_first: false, with_gates: false }
    }

    fn ask_view(self, ask: ListAsk) {
        let next = self.pace.get_value().views.borrow_mut().ask(ask);
        self.fetch_view(next);
    }

    fn fetch_view(self, next: Option<(u32, ListAsk)>) {
        let Some((number, ask)) = next else { return };
        self.pace.get_value().view.set(number);
        self.lists.take_view(ask, move |taken| {
            match taken {
                // Whatever is wished of it now.
                Ok(()) => self.window.notify(),
                Err(failure) => self.failure.set(Some(failure)),
            }
            let pace = self.pace.get_value();
            let heard = pace.views.borrow_mut().heard(pace.view.get());
            self.fetch_view(heard.next);
        });
    }

    fn ask_part(self, ask: PartAsk) {
        let next = self.pace.get_value().parts.borrow_mut().ask(ask);
        self.fetch_part(next);
    }

    fn fetch_part(self, next: Option<(u32, PartAsk)>) {
        let Some((number, ask)) = next else { return };
        self.pace.get_value().part.set(number);
        self.lists.ask(ListsAsk::Part(ask), &Attachments::none(), move |answer, _| {
            match answer {
                ListsAnswer::Part(part) => {
                    self.failure.set(None);
                    self.part.set(Some(Arc::new(part)));
                }
                ListsAnswer::Failed(failure) => self.failure.set(Some(failure)),
                _ => {}
            }
            let pace = self.pace.get_value();
            let heard = pace.parts.borrow_mut().heard(pace.part.get());
            self.fetch_part(heard.next);
        });
    }
}

later! {
    /// Begins to ask for the list, unless that has begun.
    customers: fn begin(customers: Customers) {
        if let Some(owner) = customers.waiting.try_update_value(Option::take).flatten() {
            owner.with(|| customers.follow());
        }
    }
}

fn default_columns() -> Vec<String> {
    DEFAULT_COLUMNS.map(str::to_owned).to_vec()
}
