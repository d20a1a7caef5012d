//! Sorts, searches and shows customers; a worker's module, fetched when a list is opened.

fn main() {
    publik::web::lists::run();
}
