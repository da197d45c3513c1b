# `make demo` and `make test` each make what they need; either may be run first.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv

.PHONY: demo test bench tools lighthouse handbooks lint format messages lock clean

demo: $(VENV)/runtime-installed
	@exec $(VENV)/bin/python manage.py demo --port $(PORT)

test: $(VENV)/dev-installed
	$(VENV)/bin/pytest -n auto --dist loadfile -m "not e2e"
	@if command -v chromium >/dev/null 2>&1; then \
		$(VENV)/bin/pytest -n 2 --dist loadfile -m e2e; \
	else \
		echo "Left out: the browser tests (tests/e2e), because this machine has no chromium."; \
	fi

# What search, word rules and the learner find and cost, in a database of their own on the server that
# DATABASE_URL names; then, in SQLite, how long many writers wait.
bench: $(VENV)/dev-installed
	$(VENV)/bin/python -m tests.bench.search
	$(VENV)/bin/python -m tests.bench.rules
	$(VENV)/bin/python -m tests.bench.learner
	$(VENV)/bin/python -m tests.bench.writers

# The HTML validator, which the browser tests ask where it is there (needs java), and Lighthouse (both need npm).
tools:
	npm install --silent --no-audit --no-fund --no-package-lock --no-save --prefix var/tools $(TOOLS)

TOOLS := vnu-jar@26.9.27 lighthouse@12.8.2

# What pages of the demo weigh, then Lighthouse's verdict on them as a cheap phone sees them: it fails below 100
# points, at 1 s, or where something moves.
lighthouse: $(VENV)/dev-installed tools
	$(VENV)/bin/python -m tests.bench.pages
	$(VENV)/bin/python -m tests.bench.lighthouse

# Takes the pictures of docs/handbooks again, from a demo of its own (needs chromium).
handbooks: $(VENV)/dev-installed
	$(VENV)/bin/python -m tests.handbooks

lint: $(VENV)/dev-installed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djade --check $$(git ls-files '*.html')
	$(VENV)/bin/djlint --quiet --lint templates
	$(VENV)/bin/django-upgrade --target-version 5.2 $$(git ls-files '*.py')
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy .
	$(VENV)/bin/deptry .

format: $(VENV)/dev-installed
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djade $$(git ls-files '*.html')

# Collects new strings (needs GNU gettext) and compiles what is translated (does not).
messages: $(VENV)/dev-installed
	$(COLLECT) -d django
	$(COLLECT) -d djangojs
	$(VENV)/bin/pybabel compile -D django -d locale
	$(VENV)/bin/pybabel compile -D djangojs -d locale

COLLECT = DJANGO_SETTINGS_MODULE=tests.settings $(VENV)/bin/python manage.py makemessages \
	-l ar -l fr --add-location=file --no-wrap --no-obsolete -i .venv -i tests -i staticfiles

# Locks the versions that pyproject.toml allows, with hashes and without addresses.
lock: $(VENV)/dev-installed
	$(VENV)/bin/pip install --quiet uv
	$(LOCK) -o requirements.txt
	$(LOCK) --extra scale -o requirements-scale.txt
	$(LOCK) --extra dev --extra scale -o requirements-dev.txt

LOCK = $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-header --python-version 3.11 pyproject.toml

clean:
	rm -rf $(VENV) staticfiles artifacts

$(VENV)/python-checked:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsroom needs Python 3.11 or newer; set PYTHON=python3.12, for example.")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/runtime-installed: requirements.txt | $(VENV)/python-checked
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev-installed: requirements-dev.txt | $(VENV)/python-checked
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
