# Two commands: `make run` to browse the site, `make test` to check it. `make help` lists the rest.

export UV_SYSTEM_CERTS = 1
export UV_PYTHON_DOWNLOADS = never
export UV_LINK_MODE = copy
export WAYMARK_ENV ?= local
export PORT ?= 8000
FILES ?= ../shared/data

UV := .tools/bin/uv
PYTHON := .venv/bin/python
# One file a set of pins, newer than the pins it was installed from.
RUN := .venv/.run
DEV := .venv/.dev
BENCH := .venv/.bench
COMPILE = $(UV) pip compile pyproject.toml --quiet --upgrade --universal --generate-hashes --no-header --no-annotate

.PHONY: run test lint format bench soak drills data pins audit clean help
.DELETE_ON_ERROR:

run: $(RUN) ## install, load the data and serve on 127.0.0.1 (PORT=8000)
	@$(PYTHON) -m config.start

test: $(DEV) lint ## lint, then run the suite on SQLite and PostgreSQL
	@python3 config/debian.py browser postgresql
	@$(PYTHON) manage.py makemigrations --check
	@$(PYTHON) -m tests.both $(PYTEST)

lint: $(DEV) ## ruff: rules and format
	@.venv/bin/ruff check --quiet --output-format concise
	@.venv/bin/ruff format --check --quiet

format: $(DEV) ## mend what ruff can mend
	@.venv/bin/ruff check --fix --quiet
	@.venv/bin/ruff format --quiet

bench: $(BENCH) ## measure the import, the pages and the start
	@python3 config/debian.py proxy load || true
	@$(PYTHON) benchmarks/run.py $(ARGS)

soak: $(RUN) ## ask for 200,000 pages and watch errors, times and memory
	@python3 config/debian.py postgresql
	@$(PYTHON) -m drills.soak $(ARGS)

drills: $(RUN) ## break each part of a deployment while readers read
	@python3 config/debian.py postgresql redis proxy
	@$(PYTHON) -m drills.run $(ARGS)

data: $(RUN) ## make data/ again from the publishers' files (FILES=folder)
	@$(PYTHON) manage.py build_data $(FILES)

pins: $(UV) ## choose versions again for requirements/
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) --group bench -c requirements/dev.txt -o requirements/bench.txt
	echo uv | $(UV) pip compile - --quiet --upgrade --generate-hashes --no-header --no-annotate -o requirements/tools.txt

audit: $(UV) ## look the pins up among known vulnerabilities (asks pypi.org)
	@$(UV) tool run --quiet pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements/run.txt

clean: ## remove what make made, but not var/ (the database)
	rm -rf .venv .tools staticfiles .pytest_cache .ruff_cache .hypothesis

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

$(UV): requirements/tools.txt
	@python3 config/debian.py pip
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
		--require-hashes --upgrade --target .tools -r $<
	@touch $@

$(RUN): requirements/run.txt $(UV)
	@test -x $(PYTHON) || $(UV) venv --quiet --python python3 .venv
	@$(UV) pip sync --quiet --require-hashes $<
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	@$(UV) pip install --quiet --require-hashes -r $<
	@touch $@

$(BENCH): requirements/bench.txt $(DEV)
	@$(UV) pip install --quiet --require-hashes -r $<
	@touch $@
