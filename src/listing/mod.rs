//! Who is on the list, in which order? Pure: contacts and columns in, positions out.
//!
//! A [`List`] holds one number a customer and column ([`Column`]), the contacts where they are
//! there, and the result. Whatever it is sorted by becomes one 32-bit key a customer: numbers come
//! as such keys, texts become their rank among the distinct ones of their column, in the order
//! of the page's language ([`ranks`]). All customers are then ordered once, and another result
//! only leaves out others of that order.

mod column;
mod haystack;
mod list;
mod order;
mod ranks;

pub use column::{Column, NO_VALUE};
pub use list::{Cell, List, Listed, Shared, Sort, Wanted, contact_columns};
pub use ranks::{Alphabet, AlphabetError, ranks};
