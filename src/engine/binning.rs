//! Histograms: where the edges lie, and which bin a key belongs to.
//!
//! Edges depend on the audience alone, so that they stand still while a slider moves. They are
//! round numbers (1, 2 or 5 times a power of ten), at least one in a hundred from the top: what
//! lies above the last edge is at most one customer in a hundred.

use serde::{Deserialize, Serialize};

use super::bits::RowBits;
use super::column::{Column, Meaning, UNKNOWN, day_key};
use super::lanes::{self, TableSteps};
use crate::model::Row;

/// How many of the customers left by all other filters have which values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// One more than the bins, ascending; revenue in currency units, days for the rest of time,
    /// kilometres for distances.
    pub edges: Vec<f64>,
    /// Customers from one edge up to, but not with, the next; the last bin has its upper edge.
    pub bins: Vec<u32>,
    /// Below the first edge.
    pub below: u32,
    /// Above the last edge.
    pub above: u32,
    /// Without a value.
    pub unknown: u32,
}

/// A histogram that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistogramError {
    /// The attribute is no number.
    #[error(
        "no histogram of {name:?}: it has no numbers; allowed are distance_km, revenue, orders, last_purchase, tickets, events, impulsive, tickets_per_order, purchases"
    )]
    NotNumeric {
        /// The filter's name.
        name: String,
    },
    /// Too many bins, or none.
    #[error("bins: {bins} is not allowed; allowed are 1 to 200")]
    Bins {
        /// What was asked.
        bins: u32,
    },
}

/// The most bins a histogram may have.
pub const MAX_BINS: u32 = 200;
/// Code of a value below the first edge.
pub const BELOW: u8 = 253;
/// Code of a value above the last edge.
pub const ABOVE: u8 = 254;
/// Code of no value.
pub const NO_VALUE: u8 = 255;

/// Entries of the look-up table from keys to bins, at most, unless the keys are days.
const TABLE: u32 = 1 << 12;
/// Audiences up to this size, and samples of larger ones, are sorted.
const SAMPLE: usize = 1 << 13;

/// Entries of a table beyond its steps.
const OUTSIDE: usize = 3;

/// Finds the bin of a key by one look-up.
#[derive(Debug)]
pub struct Binning {
    /// One more than the bins, in the unit that people read.
    pub edges: Vec<f64>,
    first_key: u32,
    last_key: u32,
    shift: u32,
    /// The code of each step of keys from the first key to the last, then the three of
    /// [`TableSteps::outside`].
    table: Vec<u8>,
    /// First key of each bin, where a step of the table can hold several bins; else empty.
    starts: Vec<u32>,
    before: u8,
    after: u8,
}

impl Binning {
    /// Edges for at most `bins` bins over the audience's known values. `sample` are rows of the
    /// audience, all of it or some; edges that cut off too many of the whole are made again from
    /// all.
    pub fn of(column: &Column, sample: &[Row], audience: &RowBits, bins: u32) -> Binning {
        let is_part = sample.len() < audience.count() as usize;
        let Some((low, high)) = known_span(column, sample.iter().copied(), is_part) else {
            // Nobody in the sample may still mean somebody in the whole.
            let all = is_part.then(|| known_span(column, audience.iter(), false)).flatten();
            return all
                .map_or_else(Binning::of_nothing, |(low, high)| column.binning(low, high, bins));
        };
        let binning = column.binning(low, high, bins);
        if !is_part || binning.covers(column, audience) {
            return binning;
        }
        let (low, high) = known_span(column, audience.iter(), false).unwrap_or((low, high));
        column.binning(low, high, bins)
    }

    /// Rows of an audience to make edges from: everybody, or a few thousand evenly spread.
    pub fn sample(audience: &RowBits) -> Vec<Row> {
        let step = (audience.count() as usize / SAMPLE).max(1);
        audience.iter().step_by(step).collect()
    }

    /// Whether the edges leave out nobody but one of a hundred known values at the top.
    fn covers(&self, column: &Column, audience: &RowBits) -> bool {
        let count = |low: u32, high: u32| {
            let mut bits = audience.clone();
            lanes::keys_within(&column.keys, low, high - low, bits.words_mut());
            bits.count_common(audience)
        };
        let known = count(0, UNKNOWN - 1);
        let (inside_before, inside_after) = (self.before != ABOVE, self.after != ABOVE);
        let first = if inside_before { 0 } else { self.first_key };
        let last = if inside_after { UNKNOWN - 1 } else { self.last_key };
        known - count(first, last) <= known.saturating_sub(1) / 100
    }

    /// Gives the bin of each key, or [`BELOW`], [`ABOVE`], [`NO_VALUE`], to the record at the same
    /// place, as its byte `at`. There are as many keys as records.
    pub fn write<const BYTES: usize>(&self, keys: &[u32], records: &mut [[u8; BYTES]], at: usize) {
        assert!(at < BYTES, "a record has a byte for each filter");
        let steps = TableSteps {
            first_key: self.first_key,
            last_key: self.last_key,
            shift: self.shift,
            outside: (self.table.len() - OUTSIDE) as u32,
        };
        let (keys, last_keys) = keys.as_chunks::<4>();
        let (records, last_records) = records.as_chunks_mut::<4>();
        for (keys, records) in keys.iter().zip(records) {
            let found = keys.iter().zip(lanes::table_steps(keys, &steps));
            for ((key, step), record) in found.zip(records) {
                record[at] = self.code_at(*key, step);
            }
        }
        for (key, record) in last_keys.iter().zip(last_records) {
            let [step, ..] = lanes::table_steps(&[*key; 4], &steps);
            record[at] = self.code_at(*key, step);
        }
    }

    #[inline]
    fn code_at(&self, key: u32, step: u32) -> u8 {
        let mut code = self.table[step as usize];
        while self.starts.get(usize::from(code) + 1).is_some_and(|start| key >= *start) {
            code += 1;
        }
        code
    }

    fn of_nothing() -> Binning {
        Binning {
            edges: vec![0.0, 1.0],
            first_key: 0,
            last_key: 0,
            shift: 0,
            table: with_outside(vec![0], BELOW, ABOVE),
            starts: Vec::new(),
            before: BELOW,
            after: ABOVE,
        }
    }

    /// Bins by the first key of each, ascending, and the last key of the last.
    fn ascending(edges: Vec<f64>, mut starts: Vec<u32>, last_key: u32) -> Binning {
        let first_key = starts[0];
        let mut shift = 0;
        while last_key.saturating_sub(first_key) >> shift >= TABLE {
            shift += 1;
        }
        let mut table = Vec::new();
        let mut code = 0_u8;
        for step in 0..=(last_key.saturating_sub(first_key) >> shift) {
            let key = first_key + (step << shift);
            while starts.get(usize::from(code) + 1).is_some_and(|start| key >= *start) {
                code += 1;
            }
            table.push(code);
        }
        if shift == 0 {
            starts.clear();
        }
        let table = with_outside(table, BELOW, ABOVE);
        Binning { edges, first_key, last_key, shift, table, starts, before: BELOW, after: ABOVE }
    }
}

/// Smallest known key of these rows and the one that 99 in 100 do not pass; of a part of an
/// audience one that a few more do not pass, to be right about the whole the first time. Days
/// count backwards: there it is the key that 99 in 100 reach, and the largest.
fn known_span(
    column: &Column,
    rows: impl Iterator<Item = Row>,
    is_part: bool,
) -> Option<(u32, u32)> {
    let keys = rows.map(|row| column.keys[row as usize]);
    let mut keys: Vec<u32> = keys.filter(|key| *key != UNKNOWN).collect();
    let last = keys.len().checked_sub(1)?;
    let tail = if is_part { last / 200 } else { last / 100 };
    let counts_back = matches!(column.meaning, Meaning::LatestDay { .. });
    let low = if counts_back { tail } else { 0 };
    let low = *keys.select_nth_unstable(low).1;
    let high = if counts_back { last } else { last - tail };
    let high = *keys.select_nth_unstable(high).1;
    Some((low, high))
}

impl Column {
    fn binning(&self, low: u32, high: u32, bins: u32) -> Binning {
        match &self.meaning {
            Meaning::Whole => {
                let edges = whole_edges(u64::from(low), u64::from(high), bins);
                let starts = edges[..edges.len() - 1].iter().map(|edge| *edge as u32).collect();
                let last = last_below_unknown(edges[edges.len() - 1]);
                Binning::ascending(edges.iter().map(|edge| *edge as f64).collect(), starts, last)
            }
            Meaning::Minor(decimals) => {
                let edges = whole_edges(u64::from(low), u64::from(high), bins);
                let starts = edges[..edges.len() - 1].iter().map(|edge| *edge as u32).collect();
                let last = last_below_unknown(edges[edges.len() - 1]);
                let edges = edges.iter().map(|edge| decimals.to_units(*edge)).collect();
                Binning::ascending(edges, starts, last)
            }
            Meaning::MinorRanks(decimals, table) => {
                let edges = whole_edges(table[low as usize], table[high as usize], bins);
                let start = |edge: &u64| table.partition_point(|minor| minor < edge) as u32;
                let last_edge = edges[edges.len() - 1];
                let end = table.partition_point(|minor| *minor <= last_edge) as u32;
                let starts = edges[..edges.len() - 1].iter().map(start).collect();
                let edges = edges.iter().map(|edge| decimals.to_units(*edge)).collect();
                Binning::ascending(edges, starts, end - 1)
            }
            Meaning::KilometreRanks(table) => {
                let edges = kilometre_edges(table[low as usize], table[high as usize], bins);
                let start = |edge: &f64| table.partition_point(|km| km < edge) as u32;
                let last_edge = edges[edges.len() - 1];
                let end = table.partition_point(|km| *km <= last_edge) as u32;
                let starts = edges[..edges.len() - 1].iter().map(start).collect();
                Binning::ascending(edges, starts, end - 1)
            }
            Meaning::LatestDay { as_of } => days_ago(day_key(as_of.number()), low, high, bins),
        }
    }
}

/// A table of codes with those of keys before it, after it and of no value behind.
fn with_outside(mut table: Vec<u8>, before: u8, after: u8) -> Vec<u8> {
    table.extend([before, after, NO_VALUE]);
    table
}

fn last_below_unknown(edge: u64) -> u32 {
    edge.min(u64::from(UNKNOWN - 1)) as u32
}

/// Bins of days before `today`; a later day is none ago.
fn days_ago(today: u32, oldest: u32, latest: u32, bins: u32) -> Binning {
    let ago = |key: u32| u64::from(today.saturating_sub(key));
    let edges = whole_edges(ago(latest), ago(oldest), bins);
    let (first, last) = (edges[0], edges[edges.len() - 1]);
    let bin = |days: u64| {
        let at = edges.partition_point(|edge| *edge <= days).min(edges.len() - 1);
        if days < first { BELOW } else { at as u8 - 1 }
    };
    let first_key = today.saturating_sub(last.min(u64::from(u32::MAX)) as u32);
    Binning {
        first_key,
        last_key: today,
        shift: 0,
        table: with_outside((first_key..=today).map(|key| bin(ago(key))).collect(), ABOVE, bin(0)),
        starts: Vec::new(),
        before: ABOVE,
        after: bin(0),
        edges: edges.iter().map(|edge| *edge as f64).collect(),
    }
}

/// Whole edges of equal width from at or below `low` to above `high`.
fn whole_edges(low: u64, high: u64, bins: u32) -> Vec<u64> {
    let mut width = 1_u64;
    let mut factors = [2, 5, 10].into_iter().cycle();
    let mut scale = 1;
    loop {
        let first = low / width;
        let count = high / width - first + 1;
        if count <= u64::from(bins) {
            return (first..=first + count).map(|at| at * width).collect();
        }
        let factor = factors.next().expect("the cycle has no end");
        width = scale * factor;
        if factor == 10 {
            scale = width;
        }
    }
}

/// Edges of equal width in kilometres, a metre at the narrowest, computed so that each is the
/// double nearest to its decimal.
fn kilometre_edges(low: f64, high: f64, bins: u32) -> Vec<f64> {
    let metres = |km: f64| km * 1000.0;
    let edges = whole_edges(metres(low).floor() as u64, metres(high).ceil() as u64, bins);
    edges.into_iter().map(|edge| edge as f64 / 1000.0).collect()
}
