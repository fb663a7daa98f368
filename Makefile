# `make` on a fresh clone prints one leaflet in every language; `make help` tells the rest.
# All logic is in .ci/setup, fonts/install.py and leaflets itself.

# Homebrew's libraries lie where macOS does not look by itself.
BREW := $(wildcard /opt/homebrew/lib)
RUN := $(if $(BREW),DYLD_FALLBACK_LIBRARY_PATH=$(BREW):/usr/local/lib:/usr/lib )
BIN := $(RUN).venv/bin
ARGS ?=
PYTEST_ARGS ?= -n auto --dist worksteal

.DEFAULT_GOAL := build
.PHONY: build all setup dev test check proofs wheels picture docs reproduce bench lock clean distclean help

build: setup ## one leaflet, in all languages, into build/
	$(BIN)/leaflets build what-is-ms --edition sheet --paper A4 $(ARGS)

all: setup ## every leaflet and edition (ARGS: see `leaflets build --help`)
	$(BIN)/leaflets build $(ARGS)

setup: ## system libraries, .venv and fonts; instant when they are there
	@$(RUN)PYTHON="$(PYTHON)" .ci/setup requirements.lock
	@$(BIN)/python fonts/install.py

dev: ## the same, with the tools for tests and checks
	@$(RUN)PYTHON="$(PYTHON)" .ci/setup requirements-dev.lock
	@$(BIN)/python fonts/install.py

test: dev ## run the tests (PYTEST_ARGS: what pytest is told)
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: dev ## format, lint, types, structure and tests: exactly what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

proofs: setup ## every edition, and contact sheets of all pages in build/contact
	$(BIN)/leaflets build --edition all
	$(BIN)/python .ci/proofs.py

wheels: dev ## leaflets and leaflets-fonts, for other machines, into build/wheels
	$(BIN)/python .ci/wheels.py

picture: build ## write docs/leaflets.png, the picture of README
	$(BIN)/python .ci/picture.py

docs: setup ## write docs/templates.md from the code, and THIRD-PARTY.md from the packages
	$(BIN)/python .ci/templates.py
	$(BIN)/python .ci/third_party.py

reproduce: setup ## build twice in other conditions, and compare every byte
	$(BIN)/python .ci/reproduce.py $(ARGS)

bench: dev ## measure the build
	$(BIN)/python tests/bench/bench.py

lock: dev ## resolve the locks anew (ARGS=--upgrade: to the newest releases)
	.ci/lock .venv/bin/python $(ARGS)

clean: ## remove what was built
	rm -rf build .pytest_cache .mypy_cache .ruff_cache

distclean: clean ## remove the tools as well
	rm -rf .venv src/*.egg-info

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
