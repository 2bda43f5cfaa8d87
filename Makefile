# What there is to do in this repository. Everything runs in .venv, which is made on first use and made again only
# when pyproject.toml changes. It takes Python 3.11 or later, git and make; uv is used if it is there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := build/demo
# A uv that was told nothing looks for a fitting Python itself.
UV_PYTHON = $(if $(filter file,$(origin PYTHON)),>=3.11,$(PYTHON))

.DEFAULT_GOAL := help
.PHONY: help demo test lint check format bench pictures gallery clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

$(READY): pyproject.toml
	@rm -rf $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --python '$(UV_PYTHON)' $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --editable . --group dev; \
	else \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "facturar needs Python 3.11 or later: make PYTHON=python3.12")' && \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1' && \
	  $(BIN)/python -m pip install --quiet --editable . --group dev; \
	fi
	@touch $@

# A command of the demo: its line as one would type it, then what it says.
say = @printf '\n$$ facturar %s\n' '$(1)' && $(BIN)/facturar -C $(DEMO) --today 2026-11-30 $(1)

demo: $(READY)  ## the month's round of an example book, in build/demo
	@rm -rf $(DEMO) && $(BIN)/facturar --quiet init $(DEMO) --example estudio-luna && touch $(DEMO)/.begun
	$(call say,plan)
	$(call say,run)
	$(call say,aging)
	@printf '\nThe PDFs that were written:\n'
	@find $(DEMO) -name '*.pdf' -newer $(DEMO)/.begun | sort
	@printf '\nLook around: cd $(DEMO), then $(CURDIR)/$(BIN)/facturar --today 2026-11-30 status\n'

# One process more than there are cores: some tests wait for a mail server that stalls, or for a process to be killed.
test: $(READY)  ## the whole suite, in parallel
	$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')

lint: $(READY)  ## format, lint and types, changing nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test  ## all that a change must pass

format: $(READY)  ## format, and repair what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)  ## how fast it starts, how it carries a book of some size, how planning grows, how fast documents are made
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/book.py
	$(BIN)/python benchmarks/planning.py
	$(BIN)/python benchmarks/documents.py

pictures: $(READY)  ## the pictures of the README anew; takes pdftoppm
	$(BIN)/python docs/pictures/draw.py

gallery: $(READY)  ## docs/gallery.md and the pictures of every document and block; takes pdftoppm
	$(BIN)/python docs/pictures/gallery.py

clean:  ## leave only what is in git
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
