# The verbs of this project. Each does its own set-up in .venv/, from the locked packages;
# all that must be there before is Python 3.11 or later with venv and pip.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip -qq --disable-pip-version-check --no-input
PORT ?= 8000
export PYTHON CHROMIUM

# A virtual environment whose Python has gone is made anew.
$(shell test -x $(PY) || rm -f $(VENV)/pyvenv.cfg)

.PHONY: help site serve test quality bench lint
.DELETE_ON_ERROR:
.NOTPARALLEL:

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

site: $(VENV)/site.stamp ## build the briefing into site/
	@$(PY) build.py
	@echo "look: make serve, or open site/index.html"

serve: $(VENV)/serve.stamp ## the pages as you type, at http://127.0.0.1:8000/ (PORT=8001 for another)
	@$(PY) build.py serve --port $(PORT)

test: $(VENV)/test.stamp ## run every test, those in a browser included
	@CHROMIUM=$$(tools/find-chromium) || exit 1; export CHROMIUM; \
	[ -n "$$CHROMIUM" ] || only="not browser"; \
	$(PY) -m pytest -n auto --dist worksteal -m "$$only"

quality: site $(VENV)/test.stamp ## measure the pages in a browser (ROUTES="/ /facts/" for these alone)
	@CHROMIUM=$$(CI=true tools/find-chromium) || exit 3; export CHROMIUM; \
	$(PY) -m bench.quality $(QUALITY) $(ROUTES)

bench: $(VENV)/serve.stamp ## time it beside Hugo and a plain loop (SIZES="1000 5000" for more)
	@$(PY) -m bench.speed $(BENCH) $(SIZES)

lint: $(VENV)/test.stamp ## ruff's rules and layout, and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

# A stamp is as old as the last complete install: a changed lock installs again.
$(VENV)/site.stamp: requirements.lock pyproject.toml $(VENV)/pyvenv.cfg
	@echo "installing what the site needs (requirements.lock)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/serve.stamp: requirements-serve.lock $(VENV)/site.stamp
	@echo "installing what serving needs (requirements-serve.lock)"
	@$(PIP) install --require-hashes -r requirements-serve.lock
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock $(VENV)/site.stamp
	@echo "installing what the tests need (requirements-dev.lock)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/pyvenv.cfg:
	@python=$$(tools/find-python) && echo "making $(VENV)/ with $$python" && \
	{ "$$python" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 3; }; }
