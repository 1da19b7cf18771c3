# Each target sets up what it needs on a machine with nothing but Python 3.11, git, make and a C compiler.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python -m django
SUITE := $(BIN)/python -m pytest -q --whole
CORES ?= 2

export DJANGO_SETTINGS_MODULE := sajja.config.settings

.PHONY: help setup run test test-sqlite test-postgresql test-browser lint lock demo gallery bench soak notices

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

setup: ## make .venv and node_modules from the lock files; nothing to do the second time
	@$(PYTHON) -m tools.setup

run: setup ## set up, load the demonstration where there are no data yet, serve at http://localhost:$(PORT)
	@$(BIN)/sajja serve --fill --port $(PORT)

demo: setup ## make the demonstration again in an empty data folder (DAY=2564-06-10)
	@$(BIN)/sajja demo $(if $(DAY),--day $(DAY))

test: test-sqlite test-postgresql test-browser ## the whole suite: on SQLite, on PostgreSQL, in the browser

test-sqlite: setup
	$(SUITE) -n $(CORES) --ignore=tests/browser

test-postgresql: setup
	$(BIN)/python -m tests.pg $(SUITE) -n $(CORES) --ignore=tests/browser

test-browser: setup
	$(SUITE) -n $(CORES) --dist loadfile tests/browser

soak: setup ## the suite in its large size: 5,000 examples a property, 200 races, every page as every role
	SAJJA_SOAK=1 $(MAKE) test

lint: setup ## lines, types, rooms, templates, security, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint sajja --lint --quiet
	$(BIN)/bandit --quiet --recursive sajja tools --configfile pyproject.toml
	SAJJA_DATA=build/check $(BIN)/sajja check
	SAJJA_DATA=build/check $(MANAGE) makemigrations --check --dry-run

gallery: setup ## take the README's pictures anew from the demonstration, and every paper as pictures into build/gallery
	$(BIN)/python -m tools.gallery
	$(BIN)/python -m tools.papers

bench: setup ## the measured claims of the README, each one JSON object
	$(BIN)/python -m bench.register_import
	$(BIN)/python -m bench.collecting_day
	$(BIN)/python -m bench.legacy_import
	$(BIN)/python -m bench.sheet
	$(BIN)/python -m bench.forum_reports
	$(BIN)/python -m bench.statements
	$(BIN)/python -m bench.verify
	$(BIN)/python -m bench.backup

notices: setup ## what it is built on into build/: sbom.json (CycloneDX) and THIRD_PARTY_NOTICES.md
	@$(BIN)/python -m tools.notices

lock: setup ## write the lock files again from requirements/*.in and package.json
	$(BIN)/python -m tools.lock
