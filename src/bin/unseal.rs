//! Opens sealed facts; a worker's module, fetched when there are some.

fn main() {
    publik::web::unseal::run();
}
