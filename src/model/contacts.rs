//! Everything that names a person, as the export wrote it.

/// What a list of customers has, shown or exported, until somebody chooses: columns of
/// `customers.csv`, then attributes by their filters' names.
pub const DEFAULT_COLUMNS: [&str; 14] = [
    "customer_id",
    "first_name",
    "last_name",
    "email",
    "phone",
    "postal_code",
    "city",
    "country",
    "orders",
    "tickets",
    "events",
    "revenue",
    "last_purchase",
    "distance_km",
];

/// Texts end to end in one buffer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextColumn {
    text: String,
    ends: Vec<u32>,
}

impl TextColumn {
    /// Bytes that one column can hold.
    pub const MAX_BYTES: usize = u32::MAX as usize;

    /// An empty column with room for `texts` of `bytes` in all.
    pub fn with_capacity(texts: usize, bytes: usize) -> TextColumn {
        TextColumn { text: String::with_capacity(bytes), ends: Vec::with_capacity(texts) }
    }

    /// Appends one text. False, and nothing appended, when the column would pass
    /// [`TextColumn::MAX_BYTES`].
    #[must_use]
    pub fn push(&mut self, text: &str) -> bool {
        if TextColumn::MAX_BYTES - self.text.len() < text.len() {
            return false;
        }
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        true
    }

    /// The text at a position.
    pub fn get(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.text[start..self.ends[at] as usize]
    }

    /// All texts end to end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where each text ends, in bytes.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// Texts end to end and where each ends: what [`TextColumn::text`] and [`TextColumn::ends`]
    /// give. `None` where the ends do not ascend to the last byte, or cut a letter.
    pub fn from_parts(text: String, ends: Vec<u32>) -> Option<TextColumn> {
        let ends_well = ends.last().map_or(0, |end| *end as usize) == text.len();
        let is_cut = |end: &u32| !text.is_char_boundary(*end as usize);
        let is_whole = ends_well && ends.is_sorted() && !ends.iter().any(is_cut);
        is_whole.then_some(TextColumn { text, ends })
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of all texts together.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// All texts in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Position of a text in a column that ascends by bytes.
    pub fn find_sorted(&self, text: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.len() && self.get(low) == text).then_some(low)
    }
}

impl<'a> FromIterator<&'a str> for TextColumn {
    /// # Panics
    /// Above [`TextColumn::MAX_BYTES`].
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> TextColumn {
        let mut column = TextColumn::default();
        for text in texts {
            assert!(column.push(text), "more than 4 GiB of text in one column");
        }
        column
    }
}

/// `customers.csv` as it came: its columns in their order and spelling, a row for each customer
/// in the order of [`super::Customers`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contacts {
    /// Headers as spelled in the file.
    pub headers: Vec<String>,
    /// For each header, the contract's name of the column, or `None` for a column of the
    /// venue's own.
    pub names: Vec<Option<String>>,
    /// Cells as read, one column for each header.
    pub cells: Vec<TextColumn>,
}

impl Contacts {
    /// The column with this name of the contract.
    pub fn column(&self, name: &str) -> Option<&TextColumn> {
        let at = self.names.iter().position(|known| known.as_deref() == Some(name))?;
        Some(&self.cells[at])
    }
}
