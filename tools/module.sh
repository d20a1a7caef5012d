#!/bin/sh
# Builds the JavaScript module into dist/module: publik.js, publik.d.ts, publik_bg.wasm and the
# page that shows how it is used, each compressed too. To be run through tools/wasm.sh.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
built=$target/wasm32-unknown-unknown/wasm-release/module.wasm
out=dist/module
cargo build --quiet --locked --target wasm32-unknown-unknown --profile wasm-release \
    --bin module --features module
mkdir -p "$out"
cp examples/module/index.html "$out/index.html"
# trunk empties dist/, so what was made of the same module before is kept in the target folder.
if ! [ "$target/module/optimised.wasm" -nt "$built" ]; then
    wasm-bindgen --target web --out-name publik --out-dir "$target/module" "$built"
    # Cargo's module says in a section of its own which features it uses; wasm-opt goes by that.
    wasm-opt -O3 "$target/module/publik_bg.wasm" -o "$target/module/optimised.wasm"
fi
cp "$target/module/publik.js" "$target/module/publik.d.ts" "$out/"
cp "$target/module/optimised.wasm" "$out/publik_bg.wasm"
node tools/pack.mjs --compress "$out"
