# Two commands are all a fresh machine needs: `make up` and `make test` (Python 3.11 to 3.14 with pip and venv, and make).
# The newest Python that runs here and is supported; another one by `make PYTHON=/path/to/python up`.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && echo $$name && break; done)
UV_VERSION := 0.13.9
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: up test test-long install install-dev lint types check format lock bench mutants screenshots clean

up: .venv/installed ## start everything and print where to look
	@$(BIN)/python manage.py up

test: .venv/installed-dev ## lint, types, contracts, checks and the whole suite
	@$(BIN)/python -m tests.run

test-long: .venv/installed-dev ## the same with exhaustive tests in full: every page in every view, 10,000 broken pages (four minutes more)
	@OILWATCH_LONG_TESTS=1 $(BIN)/python -m tests.run

install: .venv/installed
install-dev: .venv/installed-dev

.venv/bin/uv:
	@test -n "$(PYTHON)" || { echo "oilwatch needs Python 3.11 to 3.14, and none is on the PATH: make PYTHON=/path/to/python3 up"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14) and "oilwatch needs Python 3.11 to 3.14, this is %s: make PYTHON=/path/to/python3 up" % sys.version.split()[0])'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# uv takes seconds; where it is kept from the registry (a proxy's certificate, say), pip does the same in a minute.
define install
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) 2>.venv/install.log \
	|| (echo "uv could not install (see .venv/install.log); pip tries ..." && $(BIN)/python -m pip install --quiet --require-hashes -r $(1))
	@rm -f .venv/install.log
endef

.venv/installed: requirements.txt .venv/bin/uv
	$(call install,requirements.txt)
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/bin/uv
	$(call install,requirements-dev.txt)
	@touch $@ .venv/installed

format: .venv/installed-dev ## put the code into its shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

lock: .venv/bin/uv ## resolve pyproject.toml into the three hashed lock files
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 pyproject.toml --group dev -o requirements-dev.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 pyproject.toml --group dev --group bench -o requirements-bench.txt

bench: .venv/bin/uv ## measure, and write benchmarks/RESULTS.md
	@$(PYTHON) -m venv var/bench-venv
	@$(BIN)/uv pip install --quiet --python var/bench-venv/bin/python --require-hashes -r requirements-bench.txt
	@var/bench-venv/bin/python -m benchmarks.run

mutants: .venv/installed-dev ## plant small faults in the rules, count those the tests notice (25 minutes)
	@$(BIN)/python -m benchmarks.run mutants

screenshots: .venv/installed-dev ## take the README's pictures anew (needs chromium)
	@$(BIN)/python .github/screenshots.py

clean: ## remove what was installed; data in var/ stays
	rm -rf .venv
