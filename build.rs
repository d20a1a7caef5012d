//! Tells the linker of the modules that tools/pack.mjs cuts into parts to leave in what it cuts by.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        for module in ["app", "count"] {
            println!("cargo::rustc-link-arg-bin={module}=--emit-relocs");
        }
    }
}
