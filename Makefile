# Each target does its own set-up: Python 3.11 or later with pip and venv, and make, are all it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo run test faults faults-short bench-delivery bench-pages bench-quality bench-reader bench-simulator bench-sources bench-speed bench-stories check fix browser lock messages clean

demo: $(VENV)/installed  ## try it: the bot and a local Telegram, no account needed
	@$(BIN)/kabar demo

run: $(VENV)/installed  ## the real thing, with the settings in .env
	@$(BIN)/kabar run

test: $(VENV)/installed-dev $(VENV)/aiogram/installed browser  ## the test suite
	@$(BIN)/python -m pytest -n auto --dist worksteal --ignore tests/faults

faults: $(VENV)/installed-dev  ## every fault in full size, one after the other; CASE="kill or lease" picks some
	@FAULTS=full $(BIN)/python -m pytest tests/faults -n 0 $(if $(CASE),-k "$(CASE)")

faults-short: $(VENV)/installed-dev  ## every fault in a short form
	@$(BIN)/python -m pytest tests/faults -n 2 --dist worksteal

bench-simulator: $(VENV)/installed-dev  ## how fast the local Telegram is, and how much it holds
	@$(BIN)/python benchmarks/simulator.py

bench-reader: $(VENV)/installed-dev  ## how fast readers are answered from a large archive
	@$(BIN)/python -m benchmarks.reader

check: $(VENV)/installed-dev  ## format, lint, types, imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/installed-dev  ## format, and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# The tests drive a real Chromium: one that is there, or Debian's where apt may install it.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	       && echo "installing chromium for the browser tests" \
	       && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	  || echo "no chromium here: the browser tests will be skipped"

lock: $(VENV)/installed-dev  ## write all lock files anew
	@$(PIP) install uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --group build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --all-extras --group dev pyproject.toml -c requirements.lock \
	  -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --group pyproject.toml:aiogram -o requirements-aiogram.lock

messages: $(VENV)/installed-dev  ## bring the catalogues up to date with the texts in templates and code (English has its own words there)
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F babel.cfg --no-location --width=100 --project=Kabar --version=1 \
	  --msgid-bugs-address= --copyright-holder=Kabar -o build/messages.pot bot/render handlers templates
	@for language in $(filter-out bot/locale/en.po,$(wildcard bot/locale/*.po)); do \
	  $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=100 \
	    -i build/messages.pot -o $$language -l $$(basename $$language .po); done

bench-sources: $(VENV)/installed-dev  ## how fast a thousand sources are looked at, and what that holds
	@$(BIN)/python -m benchmarks.sources

bench-pages: $(VENV)/installed-dev  ## a page to an article, beside trafilatura and newspaper4k
	@$(BIN)/python -m benchmarks.pages

bench-delivery: $(VENV)/installed-dev  ## what a delivery costs beside bare aiohttp, planning, memory, waiting
	@$(BIN)/python -m benchmarks.delivery

bench-quality: $(VENV)/installed-dev  ## every figure of docs/quality.md in one table, on annotated news
	@$(BIN)/python -m benchmarks.quality

bench-speed: $(VENV)/installed-dev  ## articles a second, beside newspaper4k and trafilatura
	@$(BIN)/python -m benchmarks.speed

bench-stories: $(VENV)/installed-dev  ## how well articles of one event find each other
	@$(BIN)/python -m benchmarks.stories

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Kabar needs Python 3.11 or later, this is " + sys.version.split()[0] + \
	  ": try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "installing Kabar into $(VENV) (once)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The tests talk to a bot of another maker in an environment of its own (pyproject.toml says why).
$(VENV)/aiogram/installed: $(VENV)/installed requirements-aiogram.lock
	@$(BIN)/python -m venv $(VENV)/aiogram
	@$(VENV)/aiogram/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
	  -r requirements-aiogram.lock
	@touch $@

# The lock is whole, so pip need not resolve it again (pip 23 fails on newspaper4k's lxml[html_clean]); check it instead.
$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "installing what the tests need (once)"
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) check
	@touch $@
