# The course's commands. They need Python 3.11 or newer (with venv and pip); `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TESTS_READY := .venv/tests-ready
SITE := build/site
FIGURES := build/figures
SPREAD := -n 2 --dist loadscope --no-loadscope-reorder
WITHOUT_BROWSER = $(addprefix --ignore=,$(shell grep -l support.browser tests/test_*.py))
COMPARE := $(BIN)/pytest --quiet tests/test_pictures.py -k test_it_looks_as_it_did

.DEFAULT_GOAL := help
.PHONY: help lab test test-thorough fuzz test-floors lint notebooks figures site test-site class test-class bench-class results mutants notebook-mutants bench lock ALWAYS
.DELETE_ON_ERROR:
unexport PYTHONHOME PYTHONPATH

help:
	@echo "Learn:   make lab                 open the course in JupyterLab (ARGS=--help lists the options)"
	@echo "Teach:   make class               give each learner of a class a server (ARGS=--help lists the options)"
	@echo "         make results FOLDER=...  show what learners have handed in"
	@echo "         make site                make a website of the notebooks"
	@echo "Author:  make lint test           check the code, the course and every notebook"
	@echo "         make notebooks figures   store what the notebooks show, and how the figures look"
	@echo "         more in CONTRIBUTING.md"
	@echo "With another Python: make PYTHON=python3.12 ..."

lab: $(READY)
	@$(BIN)/lab $(ARGS)

test: $(TESTS_READY)
	@$(BIN)/pytest $(SPREAD) -m "not thorough" --nbval $(ARGS)

test-thorough: $(TESTS_READY)
	@$(BIN)/pytest $(SPREAD) -n 3 -m thorough tests $(ARGS)

fuzz: $(TESTS_READY)
	@FUZZ_CALLS=$(or $(ARGS),100000) $(BIN)/pytest --quiet --capture=no tests/test_fuzz.py tests/test_fuzz_pictures.py

test-floors: .venv-floors/ready
	@.venv-floors/bin/pytest $(SPREAD) --nbval --disable-warnings $(WITHOUT_BROWSER) $(ARGS)

lint: $(TESTS_READY)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/mypy

notebooks: $(READY)
	@$(BIN)/python -m tools.renew_notebooks $(NOTEBOOKS)

# First old against new, of which some differ; then the new ones, which replace the old once all are drawn.
figures: $(TESTS_READY)
	@rm -rf $(FIGURES)
	@$(COMPARE) --tb=no --mpl-results-path=$(FIGURES) --mpl-generate-summary=basic-html || true
	@$(COMPARE) --mpl-generate-path=$(FIGURES)/new
	@rm -rf tests/pictures && mv $(FIGURES)/new tests/pictures
	@$(BIN)/python -m tools.animation
	@echo "Look at old and new in $(FIGURES)/fig_comparison_basic.html, and at explorer.gif"

site: $(READY) .venv-site/ready
	@$(BIN)/python -m website.prepare build/site-source
	@rm -rf $(SITE) build/site-doctrees
	@.venv-site/bin/python -m sphinx --fail-on-warning --keep-going --quiet -d build/site-doctrees build/site-source $(SITE)
	@$(BIN)/python -m website.check $(SITE)
	@echo "Open $(SITE)/index.html"

test-site: site $(TESTS_READY)
	@$(BIN)/pytest -n 2 --dist worksteal website $(ARGS)

class: .venv-class/ready
	@.venv-class/bin/python -m classroom $(ARGS)

test-class: $(TESTS_READY) .venv-class/ready
	@$(BIN)/pytest -n 2 --dist loadfile classroom $(ARGS)

bench-class: $(TESTS_READY) .venv-class/ready
	@$(BIN)/python -m benchmarks.classroom $(ARGS)

results: $(READY)
	@$(BIN)/python -m helpers.check "$(FOLDER)"

mutants: .venv-mutants/ready
	@.venv-mutants/bin/python -m tests.mutation.helpers_mutants $(ARGS)

notebook-mutants: $(TESTS_READY)
	@$(BIN)/python -m tests.mutation.notebook_mutants $(ARGS)

bench: $(TESTS_READY)
	@$(BIN)/python -m benchmarks $(ARGS)

lock: .venv-lock/ready
	@.venv-lock/bin/python -m tools.lock $(ARGS)

# A .venv whose Python is gone, or that was moved or copied here with the folder, is built anew.
HELPERS := $(shell $(BIN)/python -Ic 'from importlib.util import find_spec; print(find_spec("helpers").origin)' 2>/dev/null)
ifneq ($(HELPERS),$(CURDIR)/helpers/__init__.py)
$(READY): ALWAYS
endif

or_say = || { echo "$(strip $(1))" >&2; exit 1; }

# The one recipe for environments, in the target's folder. The target comes last, so that a set-up broken off half-way
# is begun again.
define set_up
@$(PYTHON) -Es -c 'import sys; sys.exit(sys.version_info < (3, 11))' $(call or_say, \
  The course needs Python 3.11 or newer and $(PYTHON) is not: install one and name it as in 'make PYTHON=python3.12 lab'.)
@$(PYTHON) -Es -m tools.environment $(@D) $(1)
endef

$(READY): requirements.lock pyproject.toml
	$(call set_up,requirements.lock --helpers)

$(TESTS_READY): tests/requirements.lock $(READY)
	$(call set_up,tests/requirements.lock --add $(@F))

.venv-site/ready: website/requirements.lock
	$(call set_up,website/requirements.lock)

.venv-lock/ready: tools/lock.txt
	$(call set_up,tools/lock.txt)

.venv-floors/ready: pyproject.toml
	@$(PYTHON) -Es -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' $(call or_say, \
	  The oldest versions are tried with the oldest Python, 3.11: name it as in 'make PYTHON=python3.11 test-floors'.)
	@mkdir -p build && $(PYTHON) -Es -m tools.oldest > build/oldest.txt
	$(call set_up,build/oldest.txt --helpers)

# On top of the packages in .venv, and so with its Python.
.venv-mutants/ready: tests/mutation/requirements.lock $(TESTS_READY)
	@$(BIN)/python -Es -m tools.environment $(@D) tests/mutation/requirements.lock --on-top

# The course's packages once more, with the hub's: what is measured and tested in .venv stays without them.
.venv-class/ready: classroom/requirements.lock classroom/package-lock.json pyproject.toml
	$(call set_up,classroom/requirements.lock --helpers --npm classroom)
