//! Numbers, dates and money as the page's language writes them, through the browser's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::{Language, NO_CURRENCY, Plural};
use crate::model::{Day, Decimals};
use crate::view::sentence::Locale;

/// The formats of a language and a currency; a cheap handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    at: usize,
}

struct Set {
    language: Language,
    currency: String,
    plain: Function,
    percent: Function,
    money: Function,
    money_round: Function,
    symbol: String,
    decimals: Decimals,
    date: Function,
    plural: Intl::PluralRules,
}

thread_local! {
    static SETS: RefCell<Vec<Set>> = const { RefCell::new(Vec::new()) };
}

fn tag(language: Language) -> &'static str {
    match language {
        // Day before month, as everywhere the page is used.
        Language::English => "en-GB",
        Language::Swedish => "sv-SE",
    }
}

fn options(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // Setting a property of a plain object cannot fail.
        Reflect::set(&object, &JsValue::from_str(key), value).ok();
    }
    object
}

fn call(function: &Function, argument: &JsValue) -> String {
    let text = function.call1(&JsValue::UNDEFINED, argument).ok();
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

impl Set {
    fn new(language: Language, currency: &str) -> Set {
        let locales = Array::of1(&JsValue::from_str(tag(language)));
        let number =
            |entries: &[(&str, JsValue)]| Intl::NumberFormat::new(&locales, &options(entries));
        let money = [("style", "currency".into()), ("currency", currency.into())];
        let full = number(&money);
        let mut round = money.to_vec();
        round.push(("minimumFractionDigits", 0.into()));
        round.push(("maximumFractionDigits", 0.into()));
        let symbol = full.format_to_parts(0.0).iter().find_map(|part| {
            let read = |key: &str| Reflect::get(&part, &key.into()).ok()?.as_string();
            (read("type")? == "currency").then(|| read("value")).flatten()
        });
        let digits = Reflect::get(&full.resolved_options(), &"maximumFractionDigits".into());
        let digits = digits.ok().and_then(|digits| digits.as_f64()).unwrap_or(2.0);
        let date = options(&[
            ("day", "numeric".into()),
            ("month", "short".into()),
            ("year", "numeric".into()),
            ("timeZone", "UTC".into()),
        ]);
        Set {
            language,
            currency: currency.to_owned(),
            plain: number(&[("maximumFractionDigits", 20.into())]).format(),
            percent: number(&[
                ("style", "percent".into()),
                ("minimumFractionDigits", 1.into()),
                ("maximumFractionDigits", 1.into()),
            ])
            .format(),
            money_round: number(&round).format(),
            money: full.format(),
            symbol: symbol.unwrap_or_else(|| currency.to_owned()),
            decimals: Decimals::new(digits as u8)
                .unwrap_or_else(|| Decimals::new(2).expect("two digits are allowed")),
            date: Intl::DateTimeFormat::new(&locales, &date).format(),
            plural: Intl::PluralRules::new(&locales, &Object::new()),
        }
    }
}

impl Formats {
    /// Formats of a language, with money in a currency (ISO 4217).
    pub fn new(language: Language, currency: &str) -> Formats {
        SETS.with_borrow_mut(|sets| {
            let known =
                sets.iter().position(|set| set.language == language && set.currency == currency);
            let at = known.unwrap_or_else(|| {
                sets.push(Set::new(language, currency));
                sets.len() - 1
            });
            Formats { at }
        })
    }

    fn with<T>(self, use_set: impl FnOnce(&Set) -> T) -> T {
        SETS.with_borrow(|sets| use_set(&sets[self.at]))
    }

    /// A count: `1,127`.
    pub fn count(self, count: u32) -> String {
        self.with(|set| call(&set.plain, &count.into()))
    }

    /// A share of a whole with one digit, `10.4%`; `None` of nothing.
    pub fn share(self, part: u32, whole: u32) -> Option<String> {
        let share = f64::from(part) / f64::from(whole);
        (whole > 0).then(|| self.with(|set| call(&set.percent, &share.into())))
    }

    /// The currency as it stands beside an amount: `kr`, `SEK`; nothing where there is none.
    pub fn currency(self) -> String {
        self.with(
            |set| {
                if set.currency == NO_CURRENCY { String::new() } else { set.symbol.clone() }
            },
        )
    }

    /// Whole or broken currency units with the currency; no fraction where there is none.
    pub fn amount(self, units: f64) -> String {
        let round = units.fract() == 0.0;
        self.with(|set| call(if round { &set.money_round } else { &set.money }, &units.into()))
    }

    /// A date, `21 Nov 2026`.
    pub fn day(self, day: Day) -> String {
        const MS: f64 = 86_400_000.0;
        let date = Date::new(&JsValue::from_f64(f64::from(day.number()) * MS));
        self.with(|set| call(&set.date, &date))
    }

    /// Which form of a word a number takes.
    pub fn plural(self, count: u32) -> Plural {
        let category = self.with(|set| set.plural.select(f64::from(count)).as_string());
        if category.as_deref() == Some("one") { Plural::One } else { Plural::Other }
    }
}

impl Locale for Formats {
    fn number(&self, number: f64) -> String {
        self.with(|set| call(&set.plain, &number.into()))
    }

    fn date(&self, day: Day) -> String {
        self.day(day)
    }

    fn money(&self, minor: u64) -> String {
        self.amount(self.with(|set| set.decimals).to_units(minor))
    }
}
