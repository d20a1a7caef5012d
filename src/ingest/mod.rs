//! From an export folder to a model.

pub mod given_names;
pub mod postcodes;
mod table_bytes;
