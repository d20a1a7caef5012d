//! Numbers and names of all sections; `FORMAT.md` describes each under its name.

use super::container::Kind;

const fn kind(number: u32, name: &'static str) -> Kind {
    Kind { number, name }
}

pub(super) const COUNTS: Kind = kind(1, "counts");
pub(super) const RECORDS: Kind = kind(2, "records");
pub(super) const ID_SHARED: Kind = kind(3, "id_shared");
pub(super) const ID_OWN: Kind = kind(4, "id_own");
pub(super) const ID_TEXT: Kind = kind(5, "id_text");
pub(super) const KILOMETRES: Kind = kind(6, "kilometres");
pub(super) const DISTANCES: Kind = kind(7, "distances");
pub(super) const ROW_SETS: Kind = kind(8, "row_sets");
pub(super) const LINE_COUNTS: Kind = kind(9, "line_counts");
pub(super) const ORDER_STARTS: Kind = kind(10, "order_starts");
pub(super) const BOX_OFFICE: Kind = kind(11, "box_office");
pub(super) const LEAD_DAYS: Kind = kind(12, "lead_days");
pub(super) const LINE_EVENTS: Kind = kind(13, "line_events");
pub(super) const TICKETS: Kind = kind(14, "tickets");
pub(super) const SUBSCRIPTIONS: Kind = kind(15, "subscriptions");
pub(super) const REVENUE: Kind = kind(16, "revenue");

/// Of the facts, in their order.
pub(super) const FACTS: [Kind; 16] = [
    COUNTS,
    RECORDS,
    ID_SHARED,
    ID_OWN,
    ID_TEXT,
    KILOMETRES,
    DISTANCES,
    ROW_SETS,
    LINE_COUNTS,
    ORDER_STARTS,
    BOX_OFFICE,
    LEAD_DAYS,
    LINE_EVENTS,
    TICKETS,
    SUBSCRIPTIONS,
    REVENUE,
];

pub(super) const HEADERS: Kind = kind(101, "headers");
pub(super) const CELLS: Kind = kind(102, "cells");
