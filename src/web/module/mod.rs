//! The JavaScript module: snapshots and sessions without the app.
//!
//! Views and their parts come in as plain objects and are read by the same parser as files, so
//! that both are held to the same rules. Counts and histograms go out as plain objects.

#![allow(
    clippy::missing_errors_doc,
    reason = "the comments here become those of the TypeScript declarations, which have no such heading"
)]

mod arguments;
mod failure;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use self::arguments::{bytes, document, secret, text, whole_number};
use self::failure::Failure;
use crate::engine;
use crate::model::Day;
use crate::snapshot;
use crate::view::{
    FilterKind, parse, parse_consents, parse_filter, parse_flags, parse_mode, parse_segment,
};
use crate::web::platform::{now_ms, today_in};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Opens a snapshot from the bytes of its files. A passphrase is needed for sealed facts only,
/// and takes about a second there.
///
/// Throws when a file is damaged, foreign, newer than this module, or not the one that the
/// manifest names; for sealed facts without a passphrase, or with another one.
#[wasm_bindgen]
pub fn open(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] manifest: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] facts: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "string")] passphrase: &JsValue,
) -> Result<Snapshot, Failure> {
    let (manifest, facts) = (bytes("manifest", manifest)?, bytes("facts", facts)?);
    let passphrase = secret(passphrase)?;
    let (_, facts) = snapshot::open_with(&manifest, &facts, passphrase.as_ref())?;
    let opened = Arc::new(engine::Snapshot::new(facts));
    Ok(Snapshot { current: Rc::new(RefCell::new(opened)) })
}

/// The facts of one venue at one time, opened for counting.
#[wasm_bindgen]
pub struct Snapshot {
    current: Current,
}

/// The facts with their flags as they stand; sessions look here for changes.
type Current = Rc<RefCell<Arc<engine::Snapshot>>>;

#[wasm_bindgen]
impl Snapshot {
    /// Opens a view as of a day; without one, as of today in the venue's time zone. The session
    /// keeps what it counts: the snapshot may be freed before it.
    ///
    /// Throws for a view, or a day, that is not allowed.
    pub fn session(
        &self,
        #[wasm_bindgen(unchecked_param_type = "View")] view: &JsValue,
        #[wasm_bindgen(js_name = asOf, unchecked_optional_param_type = "Day")] as_of: &JsValue,
    ) -> Result<Session, Failure> {
        let view = parse(document("", view)?)?;
        let snapshot = Arc::clone(&self.current.borrow());
        let as_of = if as_of.is_undefined() {
            let zone = &snapshot.facts().venue.time_zone;
            today_in(zone).ok_or_else(|| Failure::NoToday { zone: zone.clone() })?
        } else {
            let written = text("asOf", "a day as YYYY-MM-DD", as_of)?;
            Day::parse(&written).map_err(|error| Failure::AsOf { reason: error.to_string() })?
        };
        let opened = engine::Session::new(snapshot, view, as_of);
        Ok(Session { opened, current: Rc::clone(&self.current), engine_ms: 0.0 })
    }

    /// Takes changes of flags in: the answer of the endpoint's feed, or its `changes` alone. The
    /// last change of each flag and customer wins, by its cursor where it has one; all sessions
    /// of this snapshot follow. Customers that the snapshot does not know are counted and passed
    /// over; a flag that it does not know is defined by the first customer who gets it.
    ///
    /// Throws, and changes nothing, for what is no list of changes.
    #[wasm_bindgen(js_name = applyFlags, unchecked_return_type = "FlagsApplied")]
    pub fn apply_flags(
        &self,
        #[wasm_bindgen(unchecked_param_type = "FlagChange[] | { changes: FlagChange[] }")]
        changes: &JsValue,
    ) -> Result<JsValue, Failure> {
        let changes = engine::parse_flag_changes(&document("changes", changes)?)?;
        let (snapshot, applied) = self.current.borrow().with_flags(&changes);
        self.current.replace(Arc::new(snapshot));
        Ok(plain_object(&applied))
    }
}

/// A view on a snapshot whose counts follow every change. A setter returns the counts after the
/// change; one that throws leaves everything as it was.
#[wasm_bindgen]
pub struct Session {
    opened: engine::Session,
    current: Current,
    engine_ms: f64,
}

impl Session {
    /// Catches up with changes of flags.
    fn follow(&mut self) {
        let current = self.current.borrow();
        if !Arc::ptr_eq(&current, self.opened.snapshot()) {
            self.opened.set_snapshot(Arc::clone(&current));
        }
    }

    fn timed<T>(&mut self, work: impl FnOnce(&mut engine::Session) -> T) -> T {
        self.follow();
        let start = now_ms();
        let done = work(&mut self.opened);
        self.engine_ms = now_ms() - start;
        done
    }
}

#[wasm_bindgen]
impl Session {
    /// All counts as they stand.
    #[wasm_bindgen(unchecked_return_type = "Counts")]
    pub fn counts(&mut self) -> JsValue {
        self.follow();
        plain_object(&self.opened.counts())
    }

    /// Gives one filter a setting as in a view's `filters`; `null` takes it away.
    ///
    /// Throws for a name that is no filter's, a setting that is not allowed.
    #[wasm_bindgen(js_name = setFilter, unchecked_return_type = "Counts")]
    pub fn set_filter(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "FilterName")] name: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "Filters[FilterName] | null")] setting: &JsValue,
    ) -> Result<JsValue, Failure> {
        let name = text("name", "a filter's name", name)?;
        let path = format!("filters.{name}");
        let (kind, setting) = parse_filter(&name, document(&path, setting)?)?;
        self.timed(|session| session.set_filter(kind, setting));
        Ok(self.counts())
    }

    /// Another segment, as in a view.
    ///
    /// Throws for a segment that is not allowed.
    #[wasm_bindgen(js_name = setSegment, unchecked_return_type = "Counts")]
    pub fn set_segment(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Segment")] segment: &JsValue,
    ) -> Result<JsValue, Failure> {
        let segment = parse_segment(document("segment", segment)?)?;
        self.timed(|session| session.set_segment(segment));
        Ok(self.counts())
    }

    /// Another mode, as in a view.
    ///
    /// Throws for a mode that is not allowed.
    #[wasm_bindgen(js_name = setMode, unchecked_return_type = "Counts")]
    pub fn set_mode(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Mode")] mode: &JsValue,
    ) -> Result<JsValue, Failure> {
        let mode = parse_mode(document("mode", mode)?)?;
        self.timed(|session| session.set_mode(mode));
        Ok(self.counts())
    }

    /// Other consents, as in a view.
    ///
    /// Throws for a rule that is not allowed.
    #[wasm_bindgen(js_name = setConsents, unchecked_return_type = "Counts")]
    pub fn set_consents(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "MemberRule")] consents: &JsValue,
    ) -> Result<JsValue, Failure> {
        let rule = parse_consents(document("consents", consents)?)?;
        self.timed(|session| session.set_consents(rule));
        Ok(self.counts())
    }

    /// Other flags, as in a view.
    ///
    /// Throws for a rule that is not allowed.
    #[wasm_bindgen(js_name = setFlags, unchecked_return_type = "Counts")]
    pub fn set_flags(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "MemberRule")] flags: &JsValue,
    ) -> Result<JsValue, Failure> {
        let rule = parse_flags(document("flags", flags)?)?;
        self.timed(|session| session.set_flags(rule));
        Ok(self.counts())
    }

    /// Another view; what does not differ is not counted again.
    ///
    /// Throws for a view that is not allowed.
    #[wasm_bindgen(js_name = setView, unchecked_return_type = "Counts")]
    pub fn set_view(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "View")] view: &JsValue,
    ) -> Result<JsValue, Failure> {
        let view = parse(document("", view)?)?;
        self.timed(|session| session.set_view(view));
        Ok(self.counts())
    }

    /// The customers whom all other filters leave, by a numeric attribute, in at most so many
    /// bins, 1 to 200.
    ///
    /// Throws for an attribute without numbers, a number of bins that is not allowed.
    #[wasm_bindgen(unchecked_return_type = "Histogram")]
    pub fn histogram(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "NumericFilterName")] name: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] bins: &JsValue,
    ) -> Result<JsValue, Failure> {
        let name = text("name", "a filter's name", name)?;
        let bins = whole_number("bins", 1, 200, bins)?;
        let kind = FilterKind::from_name(&name)
            .ok_or_else(|| engine::HistogramError::NotNumeric { name: name.clone() })?;
        let histogram = self.timed(|session| session.histogram(kind, bins))?;
        Ok(plain_object(&histogram))
    }

    /// Milliseconds that the last change or histogram took to count, without reading what was
    /// asked and building the answer's object.
    #[wasm_bindgen(getter, js_name = engineMs)]
    pub fn engine_ms(&self) -> f64 {
        self.engine_ms
    }

    /// Ids of the result, ascending by bytes: `count` of them (1,000 unless said) from the
    /// `start`th on (0 unless said).
    ///
    /// Throws for a start or count that is no whole number of customers.
    pub fn ids(
        &mut self,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] start: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] count: &JsValue,
    ) -> Result<Vec<String>, Failure> {
        let or = |value: &JsValue, name, default| {
            if value.is_undefined() { Ok(default) } else { whole_number(name, 0, u32::MAX, value) }
        };
        let (start, count) = (or(start, "start", 0)?, or(count, "count", 1000)?);
        self.follow();
        let ids = self.opened.ids(start as usize, count as usize);
        Ok(ids.into_iter().map(str::to_owned).collect())
    }
}

fn plain_object(value: &impl Serialize) -> JsValue {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .expect("numbers and texts under text keys are values in JavaScript too")
}
