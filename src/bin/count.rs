//! Counts for the page: a worker's module.

fn main() {
    publik::web::worker::run();
}
