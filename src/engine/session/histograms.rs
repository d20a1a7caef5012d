//! Histograms that follow the session: each counts whom all filters but its own leave.

use super::super::binning::{ABOVE, BELOW, Binning, Histogram, HistogramError, MAX_BINS, NO_VALUE};
use super::super::bits::{RowBits, ones};
use super::super::condition::Values;
use super::super::counts::ChoiceCounts;
use super::Session;
use crate::view::FilterKind;

/// Bins of a record: one a filter.
type Record = [u8; FilterKind::COUNT];

/// Every customer's bin in every histogram, and the histograms' counts.
#[derive(Debug, Default)]
pub struct Bins {
    records: Vec<Record>,
    /// A count for each code of each filter.
    counts: Vec<[u32; 256]>,
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
            counts: vec![[0; 256]; FilterKind::COUNT],
            ..Bins::default()
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
        self.settle();
        self.write_codes(&missing);
        self.count_codes(missing.iter().map(|(kind, _)| kind.index()).collect());
    }

    /// Writes these filters' codes into the records of the audience.
    fn write_codes(&mut self, kinds: &[(FilterKind, u32)]) {
        let values: Vec<Values> = kinds.iter().map(|(kind, _)| self.values_of(*kind)).collect();
        let coded = kinds.iter().zip(&values).map(|(&(kind, bins), values)| {
            let made = match values {
                Values::Codes { .. } => Made::Choices,
                Values::Keys(column) => {
                    Made::Numbers(Binning::of(column, &self.audience, bins, false))
                }
            };
            Coded { at: kind.index(), values, made, known: 0, above: 0 }
        });
        let mut coded: Vec<Coded> = coded.collect();
        let Some(kept) = &mut self.live.bins else { return };
        write_records(&mut kept.records, &mut coded, &self.audience);
        let mut missed: Vec<Coded> = coded
            .extract_if(.., |coded| !Binning::covers(coded.known, coded.above))
            .map(|coded| coded.exactly(kinds, &self.audience))
            .collect();
        write_records(&mut kept.records, &mut missed, &self.audience);
        for coded in coded.into_iter().chain(missed) {
            kept.made[coded.at] = Some(coded.made);
        }
    }

    /// Counts all histograms anew, after more changed than is worth following.
    pub(super) fn recount_bins(&mut self) {
        let made = self.live.bins.iter().flat_map(|bins| bins.made.iter().enumerate());
        let slots = made.filter(|(_, made)| made.is_some()).map(|(at, _)| at).collect();
        self.settle();
        self.count_codes(slots);
    }

    /// Counts the codes of these filters over whom all others leave.
    fn count_codes(&mut self, slots: Vec<usize>) {
        let mut counts = vec![[0_u32; 256]; slots.len()];
        let Some(kept) = &mut self.live.bins else { return };
        for (record, &mask) in kept.records.iter().zip(self.live.masks.iter()) {
            if mask == 0 {
                for (counts, slot) in counts.iter_mut().zip(&slots) {
                    counts[usize::from(record[*slot])] += 1;
                }
            } else if mask.is_power_of_two() {
                let only = mask.trailing_zeros() as usize;
                if let Some(at) = slots.iter().position(|slot| *slot == only) {
                    counts[at][usize::from(record[only])] += 1;
                }
            }
        }
        for (counts, slot) in counts.into_iter().zip(slots) {
            kept.counts[slot] = counts;
        }
    }
}

/// One filter's codes in the making.
struct Coded<'v> {
    at: usize,
    values: &'v Values,
    made: Made,
    /// Customers of the audience with a value.
    known: u32,
    /// Of those, how many lie above the last edge.
    above: u32,
}

impl Coded<'_> {
    /// The same with edges from the whole audience: the sample's cut off too many.
    fn exactly(self, kinds: &[(FilterKind, u32)], audience: &RowBits) -> Self {
        let bins = kinds.iter().find(|(kind, _)| kind.index() == self.at).map(|(_, bins)| *bins);
        let made = match (self.values, bins) {
            (Values::Keys(column), Some(bins)) => {
                Made::Numbers(Binning::of(column, audience, bins, true))
            }
            _ => Made::Choices,
        };
        Coded { made, known: 0, above: 0, ..self }
    }
}

/// Rows whose records are written together, so that they stay in the cache from one filter to
/// the next.
const BLOCK: usize = 2048;

fn write_records(records: &mut [Record], coded: &mut [Coded<'_>], audience: &RowBits) {
    for (block, records) in records.chunks_mut(BLOCK).enumerate() {
        let start = block * BLOCK;
        let rows = start..start + records.len();
        let members = &audience.words()[start / 64..];
        for coded in &mut *coded {
            match (coded.values, &coded.made) {
                (Values::Keys(column), Made::Numbers(binning)) => {
                    let keys = &column.keys[rows.clone()];
                    let (known, above) = write_bins(records, coded.at, keys, binning, members);
                    coded.known += known;
                    coded.above += above;
                }
                (Values::Codes { codes, .. }, _) => {
                    for (record, code) in records.iter_mut().zip(&codes[rows.clone()]) {
                        record[coded.at] = *code;
                    }
                }
                _ => {}
            }
        }
    }
}

/// Writes the bins of members of the audience; how many of them have a value, and how many lie
/// above the last edge.
fn write_bins(
    records: &mut [Record],
    at: usize,
    keys: &[u32],
    binning: &Binning,
    members: &[u64],
) -> (u32, u32) {
    let (mut known, mut above) = (0, 0);
    for ((records, keys), members) in records.chunks_mut(64).zip(keys.chunks(64)).zip(members) {
        for row in ones(0, *members) {
            let code = binning.code(keys[row as usize]);
            known += u32::from(code != NO_VALUE);
            above += u32::from(code == ABOVE);
            records[row as usize][at] = code;
        }
    }
    (known, above)
}
