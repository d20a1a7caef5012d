//! What a box turns and draws, without a browser: bounds, positions, ticks and bars.

mod bars;
mod scale;
mod settings;
mod ticks;

pub use bars::bars;
pub use scale::{Scale, Step, Values};
pub use settings::{
    Bounds, LastMode, MOST, MOST_WHOLE, bounds_of, counts_tickets, days_of, is_whole, with_basis,
    with_bounds,
};
pub use ticks::{Tick, clear_of_each_other, ticks};
