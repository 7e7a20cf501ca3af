# One command for each thing one does here; `make` lists them.
# Written for GNU make 3.81 (macOS) and newer, on Linux, macOS and Windows (Git Bash).

SHELL  := bash
PORT   ?= 8501
# Candidates for making .venv, best first; name one to choose: make run PYTHON=python3.13
PYTHON ?= python3.14 python3.13 python3.12 python3.11 python3 python

PY  := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)/python
PIP := $(PY) -m pip --disable-pip-version-check install --require-hashes
UV  := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
       --no-emit-index-url --no-header $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run test check format rehearse bench bench-scale audit audit-deps sbom fuzz package release deck screenshots geo fonts lock clean cluster cluster-test faults venv run-ready dev-ready

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: run-ready ## start the product at http://localhost:8501 (another port: PORT=8600)
	@echo "http://localhost:$(PORT)   (stop with Ctrl+C)"
	@exec $(PY) -m streamlit run app.py --server.port $(PORT)

test: dev-ready ## run all tests (some of them: ARGS="-k address")
	@$(PY) -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not cluster and not long" $(ARGS)

check: dev-ready ## format, lint, types, dead code, layers: what must be clean before a commit
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m vulture
	@$(PY) -m bandit --quiet --recursive --severity-level medium --configfile pyproject.toml app.py components data geo pages
	@git ls-files -z -- ':!requirements*.txt' | xargs -0 $(PY) -m detect_secrets.pre_commit_hook --exclude-lines 'SHA256|secretName:'
	@$(PY) -m pytest -q tests/test_layers.py

format: dev-ready ## format the code and mend what the linter can mend
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

rehearse: dev-ready ## walk the talk on every size of screen, report what a room would see go wrong
	@$(PY) -m tests.rehearsal $(ARGS)

bench: dev-ready ## measure how fast pages, charts and exports are
	@$(PY) -m tests.bench $(ARGS)

bench-scale: dev-ready ## measure many readers and many rows: sessions, replicas, growth (one part: ARGS="load --quick")
	@$(PY) -m tests.scale $(ARGS)

cluster: dev-ready ## run HAProxy with several replicas on this machine (REPLICAS=2 PORT=8501)
	@REPLICAS=$(or $(REPLICAS),2) PORT=$(PORT) exec $(PY) -m tests.cluster

cluster-test: dev-ready ## break a cluster on this machine: kill, drain, hang, restart; no reader may be lost
	@$(PY) -m pytest -q -p no:xdist -m cluster tests/cluster $(ARGS)

faults: dev-ready ## go through every bad day, the long ones too, and list what a reader sees of each
	@FAULTS=1 $(PY) -m pytest -q tests/faults $(ARGS)

audit: dev-ready ## hold the tables against the documents in the folder SOURCES_DIR names
	@$(PY) -m data.audit $(ARGS)

audit-deps: dev-ready ## ask the public database for known holes in what is locked; what it does not know fails
	@$(PY) -m pip_audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements.txt $(ARGS)

sbom: dev-ready ## write out/sbom.json: what the product is made of (CycloneDX)
	@mkdir -p out
	@$(PY) -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o out/sbom.json
	@echo "out/sbom.json"

fuzz: dev-ready ## attack addresses and sessions for some minutes (ARGS="100000 10000 SEED")
	@$(PY) -m tests.fuzz $(ARGS)

package: dev-ready ## write datapackage.json and the column documentation from the schemas
	@$(PY) -m data.package

release: dev-ready ## keep every Figure as it is now, for embeds that name this version of the data
	@$(PY) -m components.export.face

deck: run-ready ## write decks: ARGS="--lang zh --look dark --steps growth,targets --format pptx,pdf,html --out out/decks"
	@$(PY) -m components.export.deck $(ARGS)

screenshots: dev-ready ## take a picture of every page
	@$(PY) -m tests.screenshots $(ARGS)

geo: dev-ready ## build geo/boundaries and places.csv again
	@$(PY) -m geo.build $(ARGS)

fonts: dev-ready ## cut the carried fonts again
	@$(PY) -m components.fonts.build

lock: dev-ready ## write requirements*.txt from requirements*.in (newest of everything below: ARGS=--upgrade)
	@$(UV) requirements.in --output-file requirements.txt
	@$(UV) requirements-dev.in --output-file requirements-dev.txt

clean: ## remove .venv and everything else that can be made again
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is a copy of the lock it was made from, written last: an interrupted install leaves none, a touched
# file costs nothing, and no network is asked unless a lock's content changed. The tests' lock holds all of
# the readers' lock, so it makes both stamps; giving pip both files makes it refuse two that disagree.
run-ready:
	@if ! { $(PY) -S -c pass && cmp -s requirements.txt .venv/.run-ready; } 2>/dev/null; then \
	  $(MAKE) --no-print-directory venv && rm -f .venv/.*-ready && \
	  $(PIP) -r requirements.txt && cp requirements.txt .venv/.run-ready; fi

dev-ready:
	@if ! { $(PY) -S -c pass && cmp -s requirements.txt .venv/.run-ready && \
	        cmp -s requirements-dev.txt .venv/.dev-ready; } 2>/dev/null; then \
	  $(MAKE) --no-print-directory venv && rm -f .venv/.*-ready && \
	  $(PIP) -r requirements.txt -r requirements-dev.txt && \
	  cp requirements.txt .venv/.run-ready && cp requirements-dev.txt .venv/.dev-ready; fi

# A candidate counts when it really runs: pyenv and the Windows store put up names with nothing behind them.
# Debian splits ensurepip off into python3-venv; virtualenv brings its own pip.
venv:
	@$(PY) -m pip --version >/dev/null 2>&1 && exit 0; \
	for python in $(PYTHON); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer is needed; tried: $(PYTHON). Install one, or name it: make PYTHON=/path/to/python" >&2; \
	  exit 1; \
	fi; \
	rm -rf .venv; echo "making .venv with $$("$$python" --version); the first install takes a minute or two"; \
	for maker in "$$python -m venv" "$$python -m virtualenv" "virtualenv -p $$python"; do \
	  $$maker .venv >/dev/null 2>&1 && exit 0; rm -rf .venv; \
	done; \
	echo "$$python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1
