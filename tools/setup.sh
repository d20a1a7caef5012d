#!/bin/sh
# Puts what the build and the tests need into $PUBLIK_TOOLS, outside the clone, and leaves alone
# what is already there in the right version.
#
#   tools/setup.sh build      what `make serve` needs
#   tools/setup.sh audit      what `make audit` needs: cargo-deny, some ten minutes, once
#   tools/setup.sh test       what `make test` needs besides: a browser, its driver, a C++ compiler, Python
set -eu
cd "$(dirname "$0")/.."
tools=${PUBLIK_TOOLS:-$HOME/.cache/publik}
trunk=$(sed -n 's/^trunk-version = "=\(.*\)"/\1/p' Trunk.toml)
# The tool that reads the module must have the very version of the crate.
bindgen=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' Cargo.toml)
# Cuts the page's module into parts; reads what the crate of leptos' version marks.
splitter=0.2.4
# Debian's own is too old: it builds a page that never starts.
binaryen=132.0.0
# Looks for what keeps people out of the page.
axe=4.14.1
# Reads deny.toml.
deny=0.20.2
# The host whose recipe is tested.
nginx=$tools/nginx/usr/sbin/nginx
mkdir -p "$tools"

say() { echo "set-up: $*" >&2; }
give_up() {
    say "$1 could not be installed. $2"
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
is_version() { [ "$("$tools/bin/$1" --version 2>/dev/null)" = "$1 $2" ]; }

apt_update() {
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq >&2
}

apt_install() {
    have apt-get || give_up "$*" "There is no apt-get here; install it by hand."
    say "apt-get install $*"
    apt_update &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >&2
}

# Unpacked, not installed: installing it would start a server on this machine.
unpack_nginx() {
    have apt-get || return 1
    say "nginx"
    packages=$(mktemp -d) && chmod 755 "$packages"
    (
        cd "$packages"
        apt-get download -qq nginx nginx-common >&2 || { apt_update && apt-get download -qq nginx nginx-common >&2; }
        for package in *.deb; do dpkg -x "$package" "$tools/nginx"; done
    ) && "$nginx" -v 2>/dev/null
    status=$?
    rm -rf "$packages"
    return $status
}

# Where rustup cannot fetch the target: Debian's compiler, with the standard library built once.
debian_wasm_target() {
    apt_install rustc-web cargo-web rust-web-src lld || return 1
    empty=$(mktemp -d)
    bin=$(dirname "$(dpkg -L rustc-web | grep '/bin/rustc$')")
    (
        cd "$empty" && PATH="$bin:$PATH" && export PATH
        unset RUSTUP_TOOLCHAIN
        "$bin/cargo" init -q --lib --name empty &&
            RUSTC_BOOTSTRAP=1 RUSTC="$bin/rustc" RUSTFLAGS=-Cembed-bitcode=yes \
                "$bin/cargo" rustc -q --release --target wasm32-unknown-unknown --crate-type rlib \
                -Z build-std=std,panic_abort,panic_unwind,proc_macro
    ) || return 1
    std="$(RUSTC_BOOTSTRAP=1 "$bin/rustc" --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib"
    ${as_root-} mkdir -p "$std" &&
        ${as_root-} cp "$empty"/target/wasm32-unknown-unknown/release/deps/*.rlib "$std/" &&
        rustup toolchain link debian "$(dirname "$bin")" &&
        touch "$tools/debian-wasm"
    rm -rf "$empty"
}

build_tools() {
    have rustup || give_up "Rust" "Install rustup first: https://rustup.rs."
    have cargo-fmt && have cargo-clippy && cargo fmt --version >/dev/null 2>&1 &&
        cargo clippy --version >/dev/null 2>&1 ||
        rustup component add rustfmt clippy ||
        give_up "rustfmt and clippy" "The tests need both; building does not."
    if ! [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ] &&
        ! [ -f "$tools/debian-wasm" ]; then
        rustup target add wasm32-unknown-unknown || debian_wasm_target ||
            give_up "the target wasm32-unknown-unknown" "Is static.rust-lang.org in reach?"
    fi
    if ! is_version trunk "$trunk"; then
        say "trunk $trunk, about six minutes, once"
        cargo install --quiet --locked --force --root "$tools" "trunk@$trunk" ||
            give_up "trunk $trunk" "cargo's message stands above."
    fi
    if ! is_version wasm-bindgen "$bindgen"; then
        say "wasm-bindgen-cli $bindgen, about two minutes, once"
        # Without --locked: its lock file may name releases that a mirror does not have yet.
        cargo install --quiet --force --root "$tools" "wasm-bindgen-cli@$bindgen" ||
            give_up "wasm-bindgen-cli $bindgen" "cargo's message stands above."
    fi
    if ! [ "$(cat "$tools/wasm-split-version" 2>/dev/null)" = "$splitter" ]; then
        say "wasm-split-cli $splitter, about two minutes, once"
        # Without --locked: its lock file may name releases that a mirror does not have yet.
        cargo install --quiet --force --root "$tools" --features build-binary \
            "wasm_split_cli_support@$splitter" ||
            give_up "wasm-split-cli $splitter" "cargo's message stands above."
        echo "$splitter" >"$tools/wasm-split-version" # It does not tell its own.
    fi
    have npm || apt_install nodejs npm || give_up "npm" "wasm-opt comes from it."
    if ! grep -qs "\"version\": \"$binaryen\"" "$tools/node_modules/binaryen/package.json"; then
        say "binaryen $binaryen"
        npm install --silent --no-fund --no-audit --prefix "$tools" "binaryen@$binaryen" >&2 ||
            give_up "binaryen $binaryen" "npm's message stands above."
    fi
    # trunk runs cargo offline, so that nothing is fetched half-way through a build.
    cargo fetch --quiet --locked || give_up "the crates of Cargo.lock" "Is the registry in reach?"
}

test_tools() {
    have c++ || apt_install g++ || give_up "A C++ compiler" "The fuzzer's runtime is written in it."
    { have chromium && have chromedriver; } || apt_install chromium chromium-driver ||
        give_up "Chromium with its driver" "The browser tests need both on the PATH."
    { have nginx || "$nginx" -v 2>/dev/null; } || unpack_nginx ||
        give_up "nginx" "A test serves the page with it as docs/hosting.md says."
    have python3 || apt_install python3 || give_up "Python" "It reads back lists that were exported."
    have npm || apt_install nodejs npm || give_up "npm" "axe-core comes from it."
    if ! grep -qs "\"version\": \"$axe\"" "$tools/node_modules/axe-core/package.json"; then
        say "axe-core $axe"
        npm install --silent --no-fund --no-audit --prefix "$tools" "axe-core@$axe" >&2 ||
            give_up "axe-core $axe" "npm's message stands above."
    fi
}

audit_tools() {
    have rustup || give_up "Rust" "Install rustup first: https://rustup.rs."
    if ! is_version cargo-deny "$deny"; then
        say "cargo-deny $deny, about ten minutes, once"
        cargo install --quiet --locked --force --root "$tools" "cargo-deny@$deny" ||
            cargo install --quiet --force --root "$tools" "cargo-deny@$deny" ||
            give_up "cargo-deny $deny" "cargo's message stands above."
    fi
}

for part in "$@"; do
    case $part in
    audit) audit_tools ;;
    build) build_tools ;;
    test) test_tools ;;
    *)
        say "unknown part: $part; the parts are: audit, build, test"
        exit 2
        ;;
    esac
done
