# Needs Python 3.11 or newer with pip, Node.js 20.19 or newer with npm, and make. Everything else goes into .venv and
# ui/node_modules, pinned by the hashes of the lock files. The browser tests need Chromium.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
UI_INSTALLED := ui/node_modules/.installed
NPM := npm --prefix ui run --silent
PORT ?= 8000
DATA_DIR ?= data
PYTEST_ARGS ?=
# Twice as many as there are processors: half of the tests wait for a service or a browser.
TEST_PROCESSES ?= $(shell echo $$(( $$(nproc) * 2 )))
# Make before 4.0 cannot keep what two targets print apart, so there they run one after the other.
AT_ONCE := $(if $(filter output-sync,$(.FEATURES)),--jobs=2 --output-sync=target)
BENCH_ARGS ?=
PEERS := .venv-peers
CHAOS_ARGS ?=
FUZZ_ARGS ?=
GRIDS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# Bytecode is kept whatever the caller's environment says: tests start processes all the time, and each would compile all of
# its modules anew, which takes longer than anything that it does afterwards. Empty means no.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test test-postgres-s3 lint types audit ui ui-check ui-static ui-built chaos fuzz bench bench-types bench-peers flame-graph scoreboard instructions lock clean

help: ## what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: $(INSTALLED) ## create .venv with the locked dependencies

run: $(INSTALLED) $(if $(shell command -v npm),ui) ## start the service, import an example file through it, keep serving (PORT=8000, DATA_DIR=data)
	@exec $(BIN)/python examples/first_import.py --data-dir "$(DATA_DIR)" --port "$(PORT)"

# pytest comes after all else whatever -j says: the browser tests need the pages built, and its closing line shall be the last.
# Its files are taken in the order that tests/conftest.py gives them; by default those with the fewest tests, which are the
# longest, would come last, and one process would be left with them.
test: ## every check: lint, types, import contracts, web pages, counted instructions, tests (PYTEST_ARGS="-k dates")
	@$(MAKE) --no-print-directory $(AT_ONCE) ui-built instructions ui-static types lint audit
	$(BIN)/pytest --numprocesses $(TEST_PROCESSES) --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# By default only some modules run there too, so that `make test` stays short.
test-postgres-s3: $(INSTALLED) src/headgate/server/ui ## all contract and durability tests on PostgreSQL and an S3-compatible store, which it starts itself (PYTEST_ARGS="-k durability")
	HEADGATE_TEST_DATABASE=postgresql HEADGATE_TEST_STORE=s3 \
		$(BIN)/pytest --numprocesses $(TEST_PROCESSES) --maxprocesses 4 --dist loadfile --no-loadscope-reorder tests/contract $(PYTEST_ARGS)

src/headgate/server/ui:
	@$(MAKE) --no-print-directory ui

lint: $(INSTALLED) ## ruff and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: $(INSTALLED) ## mypy --strict
	$(BIN)/mypy

audit: $(INSTALLED) ## known vulnerabilities and licences of everything that is locked
	$(BIN)/python -m checks.audit

ui: $(UI_INSTALLED) ## build the web pages into src/headgate/server/ui/
	$(NPM) build

ui-check: ui-static ui-built

ui-static: $(INSTALLED) $(UI_INSTALLED)
	$(NPM) lint
	$(NPM) types
	HEADGATE_PYTHON="$(CURDIR)/$(BIN)/python" $(NPM) generate:check
	$(NPM) i18n:check

ui-built: $(UI_INSTALLED)
	$(NPM) test
	$(NPM) build
	$(NPM) budget
	$(NPM) build:bench

chaos: $(INSTALLED) ## kill, pause, fill, cut off and set wrong clocks at random under load, and check every promise (CHAOS_ARGS="--seconds 600 --seed 3")
	$(BIN)/python -m tests.chaos.run $(CHAOS_ARGS)

fuzz: $(INSTALLED) ## look for inputs that break readers, schemas, protocols or the API (FUZZ_ARGS="--seconds 60 --only readers")
	$(BIN)/python -m tests.fuzz.run $(FUZZ_ARGS)

bench: $(INSTALLED) ## measure speed and memory (BENCH_ARGS="--rows 10000 1000000")
	$(BIN)/python -m benchmarks.run $(BENCH_ARGS)

bench-types: $(INSTALLED) ## measure how many cells a second each field type reads, on one core (BENCH_ARGS="--only date --repeat 1")
	$(BIN)/python -m benchmarks.types $(BENCH_ARGS)

bench-peers: $(INSTALLED) $(PEERS)/.installed ## the same file and checks by other tools, which get an environment of their own (BENCH_ARGS="--rows 100000")
	$(BIN)/python -m benchmarks.peers --python $(PEERS)/bin/python $(BENCH_ARGS)

flame-graph: $(INSTALLED) ## draw where an import of a million rows spends its time, into docs/images/flame-graph.svg
	$(BIN)/python -m benchmarks.flame_graph

scoreboard: $(INSTALLED) ## how right the automatic decisions are, into docs/scoreboard.md (GRIDS="labelled.jsonl.gz" for more header rows)
	$(BIN)/python -m benchmarks.scoreboard.report $(GRIDS)

# No registry's address is written down: pip takes whichever the machine is set up for, and the hashes decide.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	--no-emit-index-url --no-emit-find-links --extra otel --custom-compile-command "make lock"

# 77: another machine than that of the figures, or no valgrind: this is no failure.
instructions: $(INSTALLED) ## count the instructions of fixed workloads, and fail when one takes 10 % more than it did
	@$(BIN)/python -m benchmarks.instructions || test $$? -eq 77

lock: $(INSTALLED) ## renew the lock files from pyproject.toml
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock

clean: ## remove everything that was made, except data/
	rm -rf $(VENV) $(PEERS) ui/node_modules src/headgate/server/ui .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build benchmarks/results
	find src tests benchmarks examples -name __pycache__ -prune -exec rm -rf {} +

# Debian's Python may lack ensurepip; then the pip of the system fills the environment.
$(INSTALLED): requirements-dev.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "headgate needs Python 3.11 or newer; $(PYTHON) is older. Say which one to use: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear --without-pip $(VENV)
	@echo "Installing the locked dependencies into $(VENV) …"
	@pip() { if test -x $(BIN)/pip; then $(BIN)/python -m pip "$$@"; else "$(PYTHON)" -m pip --python $(BIN)/python "$$@"; fi; }; \
		pip install -qq --no-compile --require-hashes --requirement requirements-dev.lock; \
		pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# Not part of the lock files: nothing of headgate needs these tools, and theirs are the versions that are compared with.
$(PEERS)/.installed: pyproject.toml $(INSTALLED)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(PEERS)
	$(BIN)/uv pip install --quiet --python $(PEERS)/bin/python --group peers
	@touch $@

$(UI_INSTALLED): ui/package-lock.json ui/package.json
	@node -e 'const [major, minor] = process.versions.node.split("."); process.exit(+major > 20 || (+major === 20 && +minor >= 19) ? 0 : 1)' \
		|| { echo "The web pages need Node.js 20.19 or newer with npm to be built."; exit 1; }
	@echo "Installing the locked packages of the web pages into ui/node_modules …"
	@npm --prefix ui ci --silent
	@touch $@
