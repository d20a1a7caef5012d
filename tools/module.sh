#!/bin/sh
# Builds the JavaScript module into dist/module: publik.js, publik.d.ts, publik_bg.wasm and the
# page that shows how it is used. To be run through tools/wasm.sh.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
built=$target/wasm32-unknown-unknown/wasm-release/module.wasm
out=dist/module
cargo build --quiet --locked --target wasm32-unknown-unknown --profile wasm-release \
    --bin module --features module
mkdir -p "$out"
cp examples/module/index.html "$out/index.html"
if [ "$out/publik_bg.wasm" -nt "$built" ] && [ -f "$out/publik.js" ]; then
    exit 0
fi
wasm-bindgen --target web --out-name publik --out-dir "$target/module" "$built"
# Cargo's module says in a section of its own which features it uses; wasm-opt goes by that.
wasm-opt -O3 "$target/module/publik_bg.wasm" -o "$target/module/optimised.wasm"
cp "$target/module/publik.js" "$target/module/publik.d.ts" "$out/"
cp "$target/module/optimised.wasm" "$out/publik_bg.wasm"
