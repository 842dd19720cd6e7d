# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
#
#   make site    everything: .venv, all kits, all files, the site in build/site
#   make test    the tests
#   make serve   look at the site
#   make messages  the catalogs of translations, from today's texts
#   make lock    requirements.lock from pyproject.toml (needs uv)

PYTHON ?= $(shell sh .github/scripts/find-python.sh)
VENV := .venv
CSM := $(VENV)/bin/csm
READY := $(VENV)/.ready
PORT ?= 8000

.PHONY: setup site test serve lint messages lock clean
.DELETE_ON_ERROR:

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11, 3.12 or 3.13 found; install one or set PYTHON=" >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/python -m pip install --quiet --no-deps --requirement requirements.lock
	$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

site: $(READY)
	$(CSM) site --out build
	@echo "The site is in build/site; look at it with: make serve"

test: $(READY)
	$(VENV)/bin/python -m pytest -q -n auto --dist loadgroup

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy csmkit
	$(VENV)/bin/lint-imports
	$(VENV)/bin/reuse lint --lines
	$(VENV)/bin/zizmor --offline --quiet .github/workflows

messages: $(READY)
	$(VENV)/bin/python -m csmkit.site.messages

serve:
	@test -d build/site || { echo "make: there is no site yet; run make site first" >&2; exit 2; }
	@echo "http://127.0.0.1:$(PORT)/  (stop with Ctrl-C)"
	@$(VENV)/bin/python -m http.server --bind 127.0.0.1 --directory build/site $(PORT) || { \
		echo "make: if port $(PORT) is taken: make serve PORT=8001" >&2; exit 2; }

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-emit-index-url --no-header --quiet --output-file requirements.lock

clean:
	rm -rf build
