//! Reads export folders in the browser; a worker's module, fetched when it is needed.

fn main() {
    publik::web::import::run();
}
