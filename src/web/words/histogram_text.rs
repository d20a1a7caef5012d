//! What there is to say about a histogram.

/// What a histogram shows, as it is to be read.
#[derive(Debug, Default)]
pub struct HistogramText {
    /// The filter's title.
    pub title: String,
    /// Everybody in it.
    pub customers: String,
    /// First edge.
    pub from: String,
    /// Last edge, with the unit.
    pub to: String,
    /// Customers of the tallest bar.
    pub most: String,
    /// From where it reaches.
    pub most_from: String,
    /// To where it reaches.
    pub most_to: String,
    /// Above the last edge.
    pub above: String,
}
