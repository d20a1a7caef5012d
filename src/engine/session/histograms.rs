//! Histograms that follow the session: each counts whom all filters but its own leave.

use super::super::binning::{ABOVE, BELOW, Binning, Histogram, HistogramError, MAX_BINS, NO_VALUE};
use super::super::condition::Values;
use super::super::counts::ChoiceCounts;
use super::super::tally::Tally;
use super::Session;
use crate::view::FilterKind;

/// Bins of a record: one a filter.
type Record = [u8; FilterKind::COUNT];

/// How often each code occurs.
type Codes = [u32; 256];

/// Every customer's bin in every histogram, and the histograms' counts.
#[derive(Debug)]
pub struct Bins {
    records: Vec<Record>,
    /// A count for each code of each filter.
    counts: Box<[Codes; FilterKind::COUNT]>,
    wanted: [Option<u32>; FilterKind::COUNT],
    made: [Option<Made>; FilterKind::COUNT],
}

/// How a filter's codes were made.
#[derive(Debug)]
enum Made {
    Numbers(Binning),
    Choices,
}

impl Bins {
    /// Whether any histogram is kept.
    pub fn is_filled(&self) -> bool {
        self.made.iter().any(Option::is_some)
    }

    /// The values of one filter changed.
    pub fn forget(&mut self, at: usize) {
        self.made[at] = None;
    }

    /// The audience changed, and with it all edges.
    pub fn forget_all(&mut self) {
        self.made = Default::default();
    }

    /// A customer who fails nothing else comes (`by` 1) or goes (`by` -1, wrapping): every
    /// histogram but that of the slot which moved counts them.
    #[inline]
    pub fn add_all_but(&mut self, row: u32, moved: usize, by: u32) {
        let record = &self.records[row as usize];
        for (counts, code) in self.counts.iter_mut().zip(record) {
            let count = &mut counts[usize::from(*code)];
            *count = count.wrapping_add(by);
        }
        if let Some(code) = record.get(moved) {
            let count = &mut self.counts[moved][usize::from(*code)];
            *count = count.wrapping_sub(by);
        }
    }

    /// A customer who fails one other slot only comes or goes: that slot's histogram counts them.
    #[inline]
    pub fn add_one(&mut self, row: u32, slot: usize, by: u32) {
        if let Some(code) = self.records[row as usize].get(slot) {
            let count = &mut self.counts[slot][usize::from(*code)];
            *count = count.wrapping_add(by);
        }
    }
}

impl Session {
    /// A histogram of a numeric attribute in at most `bins` bins, over the customers whom all
    /// other filters leave. From the first call on it follows every change.
    ///
    /// # Errors
    /// An attribute without numbers, or `bins` outside 1 to 200.
    pub fn histogram(&mut self, kind: FilterKind, bins: u32) -> Result<Histogram, HistogramError> {
        if !kind.is_numeric() {
            return Err(HistogramError::NotNumeric { name: kind.name().to_owned() });
        }
        if !(1..=MAX_BINS).contains(&bins) {
            return Err(HistogramError::Bins { bins });
        }
        self.keep_bins(kind, bins);
        let kept = self.live.bins.as_ref().expect("bins were just kept");
        let Some(Made::Numbers(binning)) = &kept.made[kind.index()] else {
            unreachable!("bins of numbers were just made")
        };
        let counts = &kept.counts[kind.index()];
        Ok(Histogram {
            edges: binning.edges.clone(),
            bins: counts[..binning.edges.len() - 1].to_vec(),
            below: counts[usize::from(BELOW)],
            above: counts[usize::from(ABOVE)],
            unknown: counts[usize::from(NO_VALUE)],
        })
    }

    /// Customers whom all other filters leave, for each choice of a filter without numbers;
    /// `None` for a filter that has some. Follows every change like a histogram.
    pub fn choices(&mut self, kind: FilterKind) -> Option<ChoiceCounts> {
        let names: &[&'static str] = match kind {
            FilterKind::Gender => &["f", "m", "u"],
            FilterKind::SalesType => &["online", "box_office", "both"],
            FilterKind::Subscription => &["regular", "subscriber"],
            _ => return None,
        };
        self.keep_bins(kind, 0);
        let kept = self.live.bins.as_ref().expect("bins were just kept");
        let counts = &kept.counts[kind.index()];
        let unknown = if kind == FilterKind::SalesType { counts[names.len()] } else { 0 };
        Some(ChoiceCounts {
            choices: names.iter().copied().zip(counts.iter().copied()).collect(),
            unknown,
        })
    }

    /// Makes sure that a filter's bins are made, in this number.
    fn keep_bins(&mut self, kind: FilterKind, bins: u32) {
        let rows = self.snapshot.facts().customers.count() as usize;
        let kept = self.live.bins.get_or_insert_with(|| Bins {
            records: vec![[0; FilterKind::COUNT]; rows],
            counts: Box::new([[0; 256]; FilterKind::COUNT]),
            wanted: Default::default(),
            made: Default::default(),
        });
        if kept.wanted[kind.index()] != Some(bins) {
            kept.wanted[kind.index()] = Some(bins);
            kept.made[kind.index()] = None;
        }
        if kept.made[kind.index()].is_some() {
            return;
        }
        // What was wanted before will be wanted again: all at once reads the masks once.
        let missing: Vec<(FilterKind, u32)> = FilterKind::ALL
            .into_iter()
            .filter(|kind| kept.made[kind.index()].is_none())
            .filter_map(|kind| Some((kind, kept.wanted[kind.index()]?)))
            .collect();
        self.write_codes(&missing);
        let (_, tally) = self.tally();
        self.recount_bins(&tally, |at| missing.iter().any(|(kind, _)| kind.index() == at));
    }

    /// Writes these filters' codes into the records of the audience.
    fn write_codes(&mut self, kinds: &[(FilterKind, u32)]) {
        let sample = Binning::sample(&self.audience);
        let coded = kinds.iter().map(|&(kind, bins)| {
            let values = self.values_of(kind);
            let made = match &values {
                Values::Codes { .. } => Made::Choices,
                Values::Keys(column) => {
                    Made::Numbers(Binning::of(column, &sample, &self.audience, bins))
                }
            };
            (kind.index(), values, made)
        });
        let coded: Vec<(usize, Values, Made)> = coded.collect();
        let Some(kept) = &mut self.live.bins else { return };
        for (block, records) in kept.records.chunks_mut(BLOCK).enumerate() {
            let rows = block * BLOCK..block * BLOCK + records.len();
            for (at, values, made) in &coded {
                write_block(records, *at, values, made, rows.clone());
            }
        }
        for (at, _, made) in coded {
            kept.made[at] = Some(made);
        }
    }

    /// Counts histograms anew: the codes of everybody whom all filters leave, and of whom all but
    /// one leave for that one. All are counted, since choosing costs more; `wanted` take it.
    /// `tally` is that of the slots as they stand.
    pub(super) fn recount_bins(&mut self, tally: &Tally, wanted: impl Fn(usize) -> bool) {
        self.settle();
        let Some(kept) = &mut self.live.bins else { return };
        let mut counts = Box::new([[0_u32; 256]; FilterKind::COUNT]);
        for row in tally.result.iter() {
            for (counts, code) in counts.iter_mut().zip(&kept.records[row as usize]) {
                counts[usize::from(*code)] += 1;
            }
        }
        for row in tally.fails_one.iter() {
            let only = self.live.masks[row as usize].trailing_zeros() as usize;
            if let Some(code) = kept.records[row as usize].get(only) {
                counts[only][usize::from(*code)] += 1;
            }
        }
        for (at, counts) in counts.into_iter().enumerate().filter(|(at, _)| wanted(*at)) {
            kept.counts[at] = counts;
        }
    }
}

/// Rows whose records are written together, so that they stay in the cache from one filter to
/// the next.
const BLOCK: usize = 1024;

/// Writes one filter's codes into the records of these rows.
fn write_block(
    records: &mut [Record],
    at: usize,
    values: &Values,
    made: &Made,
    rows: std::ops::Range<usize>,
) {
    match (values, made) {
        (Values::Keys(column), Made::Numbers(binning)) => {
            binning.write(&column.keys[rows], records, at);
        }
        (Values::Codes { codes, .. }, _) => {
            for (record, code) in records.iter_mut().zip(&codes[rows]) {
                record[at] = *code;
            }
        }
        (Values::Keys(_), Made::Choices) => {}
    }
}
