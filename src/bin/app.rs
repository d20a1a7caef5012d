//! The page and its worker: the same module, started in two places.

fn main() {
    publik::web::start();
}
