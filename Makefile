# Kẻ Chợ. `make help` lists what can be asked for.

# The first of these that runs and is new enough; a name may be on the path without working.
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV   ?= .venv
BIN    := $(VENV)/bin
SERVE  ?= 1
WORKERS ?= $(shell nproc 2>/dev/null || echo 1)

unexport PYTHONDONTWRITEBYTECODE
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help
.PHONY: help demo serve test quick check format lint types layers bench docs clean python run-environment dev-environment

help: ## what can be asked for
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: run-environment ## load the sample, import a month, assess the plan, write the report, serve the site (SERVE=0: do not serve)
	@$(BIN)/kecho demo $(if $(filter 0,$(SERVE)),--no-serve)

serve: run-environment ## serve the site on http://127.0.0.1:8000
	@$(BIN)/kecho serve

test: dev-environment ## pass every test (WORKERS=1: one after the other)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

quick: dev-environment ## the everyday tests (under two minutes)
	@$(BIN)/python -m pytest -m "not slow and not browser and not postgres"

check: format-check lint types layers test ## format, lint, types, layer contract, tests

format: dev-environment ## put the code in its one format
	@$(BIN)/ruff format src tests tools benchmarks && $(BIN)/ruff check --fix --quiet src tests tools benchmarks

format-check: dev-environment
	@$(BIN)/ruff format --check src tests tools benchmarks

lint: dev-environment ## the linter
	@$(BIN)/ruff check src tests tools benchmarks

types: dev-environment ## the type checker
	@$(BIN)/mypy

layers: dev-environment ## an upper floor may import a lower one, never the reverse
	@$(BIN)/lint-imports

bench: dev-environment ## measure; writes docs/reference/benchmarks.md
	@$(BIN)/python -m benchmarks

docs: dev-environment ## write the generated pages of docs/reference anew and check every link
	@$(BIN)/python tools/docs.py

clean: ## remove the environment and the demo's data
	rm -rf $(VENV) var build

python:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên (python3). / Python 3.11 or newer is needed (python3)."; exit 1; }

run-environment: python
	@$(PYTHON) tools/bootstrap.py $(VENV) requirements/run.txt

dev-environment: python
	@$(PYTHON) tools/bootstrap.py $(VENV) requirements/dev.txt
