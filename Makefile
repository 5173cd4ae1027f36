# The front door: `make help` says what can be asked. Everything happens in .venv and .opblok of this folder.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PROJECTS := contracts libs/kernel libs/chassis $(patsubst %/pyproject.toml,%,$(wildcard services/*/pyproject.toml)) tools/opblok
MANIFESTS := pyproject.toml requirements.lock $(addsuffix /pyproject.toml,$(PROJECTS))
ARGS ?=
# compose, Kubernetes and the table of settings, checked against each other
DEPLOY := $(addprefix tests/deploy/test_,the_compose_file.py the_kubernetes_files.py broken_manifests_are_found.py)

# the npm package of pyright is fetched once; news of later versions is not wanted
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.PHONY: help env up down demo test check format bench chaos catalogue lock clean wipe

help:
	@echo "make up      start Kafka, MongoDB and all services; Ctrl-C stops them (ARGS=--detach: in the background; TRACES=1: with Zipkin;"
	@echo "             DOCKER=1: in containers, by deploy/compose)"
	@echo "make down    stop what 'make up' started"
	@echo "make demo    play a working day of the shop against the running stack"
	@echo "make test    all tests, on real servers (ARGS='--infra=containers', ARGS='libs/kernel -x' ...)"
	@echo "make check   format, lint, types, imports, deploy files: what CI checks"
	@echo "make format  put the code into its format"
	@echo "make bench   measure"
	@echo "make chaos   kill, stop and fill three brokers, three mongods and services under orders and calls"
	@echo "make catalogue  write docs/events.html, the page of all facts, anew from the contracts"
	@echo "make env     only make the environment (.venv)"
	@echo "make lock    write requirements.lock and deploy/*.lock anew, from the pyproject.toml files"
	@echo "make clean   remove the environment and caches; data stay"
	@echo "make wipe    remove the data and secrets of the embedded stack (asks first; YES=1 does not)"

env: $(STAMP)

$(STAMP): $(MANIFESTS) tools/environment.sh
	@PYTHON="$(PYTHON)" sh tools/environment.sh $(PROJECTS)
	@touch $@

up: $(STAMP)
ifdef DOCKER
	@$(BIN)/opblok secrets make deploy/compose/secrets
	@test -f deploy/compose/.env || cp deploy/compose/env.example deploy/compose/.env
	@cd deploy/compose && docker compose up --build --wait $(ARGS)
else
	@$(BIN)/opblok up $(if $(TRACES),--traces) $(ARGS)
endif

down: $(STAMP)
ifdef DOCKER
	@cd deploy/compose && docker compose --profile core --profile observability down
else
	@$(BIN)/opblok down
endif

demo: $(STAMP)
	@$(BIN)/opblok demo $(ARGS)

test: $(STAMP)
	@$(BIN)/pytest $(ARGS)

# every check is made, even after one has failed
check: $(STAMP)
	@failed=; \
	echo "check: format"; $(BIN)/ruff format --check --quiet . || failed="$$failed format"; \
	echo "check: lint"; $(BIN)/ruff check --quiet . || failed="$$failed lint"; \
	echo "check: types"; $(BIN)/pyright || failed="$$failed types"; \
	echo "check: imports"; $(BIN)/lint-imports >.venv/imports.txt || { cat .venv/imports.txt; failed="$$failed imports"; }; \
	echo "check: deploy"; $(BIN)/hadolint deploy/Dockerfile || failed="$$failed dockerfile"; \
	$(BIN)/pytest -q --no-header $(DEPLOY) >.venv/deploy.txt 2>&1 || { cat .venv/deploy.txt; failed="$$failed deploy"; }; \
	test -z "$$failed" || { echo "check: failed:$$failed"; exit 1; }; \
	echo "check: all is well"

format: $(STAMP)
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: $(STAMP)
	@$(BIN)/python -m bench $(ARGS)

chaos: $(STAMP)
	@$(BIN)/python -m bench.chaos $(ARGS)

catalogue: $(STAMP)
	@$(BIN)/python -m contracts.catalogue_page docs/events.html

lock: $(STAMP)
	@PYTHON="$(PYTHON)" sh tools/environment.sh --lock $(PROJECTS)

clean:
	@test ! -x $(BIN)/opblok || $(BIN)/opblok down
	rm -rf .venv .uv .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

wipe:
	@test ! -x $(BIN)/opblok || $(BIN)/opblok down
	@test -n "$(YES)" || { printf 'Remove all data and secrets in .opblok? [y/N] '; read answer; test "$$answer" = y; }
	rm -rf .opblok
