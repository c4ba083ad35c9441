# `make run` and `make test` set up everything on a fresh machine: Python 3.11 or 3.12, make and pip are enough.
.DEFAULT_GOAL := help
.PHONY: help install run test lint slow docs manual clean

VENV := .venv
BIN := $(VENV)/bin
# The first Python that scispaCy runs on; each candidate is asked, because a version manager's shim may stand for none.
PYTHON := $(shell for p in python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1 && { echo $$p; break; }; done)
UV := $(shell command -v uv 2>/dev/null)

help:
	@echo "make run      the main job on the embedded sample"
	@echo "make test     all tests"
	@echo "make lint     ruff and mypy"
	@echo "make install  only set up .venv with the command sicca"
	@echo "make slow     the tests marked slow"
	@echo "make docs     the manual as a site in build/site"
	@echo "make manual   write anew the parts of the manual that code makes"

$(BIN)/python:
ifneq ($(PYTHON),)
	$(PYTHON) -m venv $(VENV)
else ifneq ($(UV),)
	$(UV) venv --seed --python 3.12 $(VENV)
else
	@echo "sicca needs Python 3.11 or 3.12 (scispaCy's ceiling): install one of them, or uv, then run make again" >&2; exit 1
endif

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-binary sicca \
		--constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-binary sicca \
		--constraint constraints.txt --editable '.[test,lint]'
	@touch $@

install: $(VENV)/.installed

run: install
	$(BIN)/sicca run sample

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m 'not slow'

slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/.installed-docs: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-binary sicca \
		--constraint constraints.txt --editable '.[docs]'
	@touch $@

docs: $(VENV)/.installed-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	@echo "build/site/index.html"

manual: $(VENV)/.installed-dev
	$(BIN)/python -m docs.manual

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
