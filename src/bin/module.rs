//! The JavaScript module: nothing but what `publik::web::module` exports.

// Without this the linker would not see the library, and its exports would be lost.
use publik as _;

fn main() {}
