# Every command does what it needs first. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint types browser servers slow security bench pictures clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP)  ## build .venv from the pins of requirements.txt

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install --quiet -r requirements.txt || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(STAMP)

demo: install  ## a running portal with data, on the embedded database
	$(BIN)/corredores demo $(ARGS)

browser:  ## Chromium and the programs that tests read files with, from Debian's packages
	@sh tests/browser/install.sh

test: install browser check  ## everything that must hold: lint, types, floors, tests
	$(BIN)/python -m pytest -q -n 3 --dist loadfile $(ARGS)

check: lint types  ## lint, types, floors; no tests

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: install
	$(BIN)/mypy

servers:
	@sh tests/browser/install.sh pgbouncer nginx

slow: install servers  ## what takes minutes: poolers, faults, ten thousand tries, a million events
	$(BIN)/python -m pytest -q -m slow $(ARGS)

security: install servers  ## the security tests that take minutes, then sqlmap and wapiti against a demo
	$(BIN)/python -m pytest -q -m slow tests/security
	$(BIN)/python -m tests.security.attack

bench: install  ## every goal of docs/performance.md beside its reference
	$(BIN)/corredores bench $(ARGS)

pictures: install browser  ## the pictures of the README and of the guide, anew from a running demo
	$(BIN)/python -m pytest -q tests/browser/pictures.py

clean:  ## remove what these commands made here
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
