#!/bin/sh
# Runs every fuzz target for so many seconds: tools/fuzz.sh 15 [target…]
#
# Coverage comes from flags that stable Rust has, so neither a nightly nor cargo-fuzz is needed.
# What the fuzzer learns stays in target/fuzz/corpus; an input that breaks something is left in
# target/fuzz/found and the script fails.
set -eu
cd "$(dirname "$0")/.."
seconds=$1
shift
[ $# -gt 0 ] || set -- $(ls fuzz/targets | sed 's/\.rs$//')
work=${CARGO_TARGET_DIR:-target}/fuzz
host=$(rustc -vV | sed -n 's/^host: //p')
coverage="-Cpasses=sancov-module"
for option in level=4 inline-8bit-counters pc-table trace-compares; do
    coverage="$coverage -Cllvm-args=-sanitizer-coverage-$option"
done
# The package's own versions; what the fuzzer needs besides is added to the copy.
cp Cargo.lock fuzz/Cargo.lock
# With a target named, the flags stay away from build scripts and macros.
RUSTFLAGS="--cfg fuzzing $coverage" CARGO_TARGET_DIR=$work \
    cargo build --quiet --release --manifest-path fuzz/Cargo.toml --target "$host"
for target in "$@"; do
    mkdir -p "$work/corpus/$target" "$work/found"
    case $target in
    snapshot) seeds=tests/data/snapshot-v1 ;;
    *) seeds=fuzz/seeds/$target ;;
    esac
    echo "fuzz: $target, $seconds s"
    if ! "$work/$host/release/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$work/found/$target-" \
        "$work/corpus/$target" "$seeds" >"$work/$target.log" 2>&1; then
        cat "$work/$target.log"
        exit 1
    fi
    grep -E 'DONE|stat::(number_of_executed|new_units|peak_rss)' "$work/$target.log"
done
