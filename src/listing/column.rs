//! A number of every customer, as a key that ascends with it.

/// The key of a customer without a value: it stands at the end, whichever way a list is sorted.
pub const NO_VALUE: u32 = u32::MAX;

/// One key a customer row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// Ascending with the number; [`NO_VALUE`] where there is none.
    pub keys: Vec<u32>,
    /// What the keys stand for, by position; `None` where they are the numbers themselves.
    pub table: Option<Vec<f64>>,
}

impl Column {
    /// The number of one customer.
    pub fn number(&self, row: u32) -> Option<f64> {
        let key = *self.keys.get(row as usize)?;
        match &self.table {
            _ if key == NO_VALUE => None,
            Some(table) => table.get(key as usize).copied(),
            None => Some(f64::from(key)),
        }
    }
}
