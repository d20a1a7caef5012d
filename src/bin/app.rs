//! The page.

fn main() {
    publik::web::start();
}
