# make serve   set up, build, and show the app on this machine
# make test    set up, build, and run every check
# make dist    the app and the JavaScript module as static files in dist/, ready for any host
# make module  the JavaScript module alone, in dist/module/
# make bench   the benchmarks
# make audit   the dependencies: licences, duplicates, where they come from, and advisories (these need a network)
# make soak    the fuzz targets for long, 50 kills of the sending endpoint, 20 of the browser, and
#              random use of the page for as long as the fuzzing:
#              make soak SOAK_SECONDS=3600
#
# The tools go to $PUBLIK_TOOLS (~/.cache/publik unless set); nothing outside it but Rust
# components and, where missing, Debian packages is installed.

PORT ?= 8080
SOAK_SECONDS ?= 600

.PHONY: serve test dist module bench audit soak set-up set-up-tests

serve: set-up
	PUBLIK_PLAIN=1 tools/wasm.sh trunk serve --port $(PORT) --dist target/serve

# The page first: trunk empties dist/ when it puts a new one there.
dist: set-up
	tools/wasm.sh trunk build
	tools/wasm.sh tools/module.sh

module: set-up
	tools/wasm.sh tools/module.sh

test: set-up-tests
	cargo fmt --check
	cargo clippy --locked --all-targets --features cli,server,built-pages -- -D warnings
	tools/wasm.sh cargo clippy --locked --profile wasm-release --target wasm32-unknown-unknown --lib --bins \
		--features web,count,import,lists,unseal,module -- -D warnings
	tools/wasm.sh trunk build
	tools/wasm.sh tools/module.sh
	tools/fuzz.sh 15
	cargo test --locked --features cli,server,built-pages

bench: set-up-tests dist
	cargo bench --locked --bench engine
	cargo bench --locked --features export --bench export
	cargo bench --locked --features cli,server --bench sync
	cargo bench --locked --features cli,built-pages --bench browser
	cargo bench --locked --features cli,built-pages --bench page
	cargo bench --locked --features cli,built-pages --bench lists

# Not part of `make test`: cargo-deny takes longer to build than all of Publik.
audit:
	@tools/setup.sh audit
	tools/wasm.sh cargo deny --locked --offline check bans licenses sources
	tools/wasm.sh cargo deny --locked check advisories

soak: set-up-tests dist
	tools/fuzz.sh $(SOAK_SECONDS)
	PUBLIK_KILLS=50 cargo test --locked --features cli,server --test sync_crash
	PUBLIK_KILLS=20 cargo test --locked --features cli,server,built-pages --test browser device::a_killed
	PUBLIK_USE_SECONDS=$(SOAK_SECONDS) cargo test --locked --features cli,server,built-pages --test browser using::

set-up:
	@tools/setup.sh build

set-up-tests:
	@tools/setup.sh build test
