#!/bin/sh
# Runs a command with the tools of tools/setup.sh in front: tools/wasm.sh trunk build
set -eu
tools=${PUBLIK_TOOLS:-$HOME/.cache/publik}
PATH="$tools/bin:$tools/node_modules/.bin:$PATH"
export PATH
unset NO_COLOR # trunk 0.21 reads its value as a flag of its own and stops
if [ -f "$tools/debian-wasm" ]; then
    export RUSTUP_TOOLCHAIN=debian CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld
fi
exec "$@"
