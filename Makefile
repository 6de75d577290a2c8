# The course's commands. They need Python 3.11 or newer (with venv and pip); `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
SITE := build/site
FIGURES := build/figures
SPREAD := -n 2 --dist loadscope --no-loadscope-reorder
IN_THE_BROWSER := test_browser.py test_journey.py test_pad.py
COMPARE := $(BIN)/pytest --quiet tests/test_pictures.py -k test_it_looks_as_it_did

.DEFAULT_GOAL := help
.PHONY: help lab test test-floors notebooks figures site test-site class test-class bench-class results mutants notebook-mutants bench lock ALWAYS
.DELETE_ON_ERROR:
unexport PYTHONHOME PYTHONPATH

help:
	@echo "make lab                      open the course in JupyterLab"
	@echo "make lab ARGS='--port 9000'   the same with options of the launcher (--help lists them)"
	@echo "make test                     run every test and every notebook"
	@echo "make test-floors              the same with the oldest versions that are allowed, without the browser"
	@echo "make notebooks                run all notebooks and store what they show"
	@echo "make notebooks NOTEBOOKS=...  only these"
	@echo "make figures                  store how the figures look now, and show old and new side by side"
	@echo "make site                     make the website of the notebooks, $(SITE)/index.html"
	@echo "make test-site                make it and test it in a real browser"
	@echo "make class                    give a class of learners a server each (ARGS='--help' lists the options)"
	@echo "make test-class               test that, with real servers and a real browser"
	@echo "make bench-class              measure how many learners a machine bears, write classroom/RESULTS.md"
	@echo "make results FOLDER=...       show a teacher what learners have handed in"
	@echo "make mutants                  would the tests notice a change in helpers? (an hour; see tests/MUTANTS.md)"
	@echo "make mutants ARGS=learning    the same for some folders only"
	@echo "make notebook-mutants         would they notice a changed number in a notebook? (ten minutes)"
	@echo "make bench                    measure the speed and write benchmarks/RESULTS.md (twenty minutes)"
	@echo "make lock                     write the locked versions (requirements.lock ...) and environment.yml anew"
	@echo "make lock ARGS=--upgrade      the same with the newest versions"
	@echo "make PYTHON=python3.12 lab    set up with another Python"

lab: $(READY)
	@$(BIN)/lab $(ARGS)

test: $(READY)
	@$(BIN)/pytest $(SPREAD) --nbval $(ARGS)

test-floors: .venv-floors/ready
	@.venv-floors/bin/pytest $(SPREAD) --nbval --disable-warnings $(IN_THE_BROWSER:%=--ignore=tests/%) $(ARGS)

notebooks: $(READY)
	@$(BIN)/python .ci/renew_notebooks.py $(NOTEBOOKS)

# First old against new, of which some differ; then the new ones, which replace the old once all are drawn.
figures: $(READY)
	@rm -rf $(FIGURES)
	@$(COMPARE) --tb=no --mpl-results-path=$(FIGURES) --mpl-generate-summary=basic-html || true
	@$(COMPARE) --mpl-generate-path=$(FIGURES)/new
	@rm -rf tests/pictures && mv $(FIGURES)/new tests/pictures
	@echo "Look at old and new in $(FIGURES)/fig_comparison_basic.html"

site: $(READY) .venv-site/ready
	@$(BIN)/python -m website.prepare build/site-source
	@rm -rf $(SITE)
	@.venv-site/bin/python -m sphinx --fail-on-warning --keep-going --quiet build/site-source $(SITE)
	@$(BIN)/python -m website.check $(SITE)
	@echo "Open $(SITE)/index.html"

test-site: site
	@$(BIN)/pytest website $(ARGS)

class: .venv-class/ready
	@.venv-class/bin/python -m classroom $(ARGS)

test-class: $(READY) .venv-class/ready
	@$(BIN)/pytest -n 2 --dist loadfile classroom $(ARGS)

bench-class: $(READY) .venv-class/ready
	@$(BIN)/python -m classroom.load $(ARGS)

results: $(READY)
	@$(BIN)/python -m helpers.check "$(FOLDER)"

mutants: $(READY) .venv-mutants/ready
	@.venv-mutants/bin/python tests/mutants.py $(ARGS)

notebook-mutants: $(READY)
	@$(BIN)/python tests/notebook_mutants.py $(ARGS)

bench: $(READY)
	@$(BIN)/python -m benchmarks $(ARGS)

lock: .venv-lock/ready
	@.venv-lock/bin/python .ci/lock.py $(ARGS)

# A .venv whose Python is gone, or that was moved or copied here with the folder, is built anew.
HELPERS := $(shell $(BIN)/python -Ic 'from importlib.util import find_spec; print(find_spec("helpers").origin)' 2>/dev/null)
ifneq ($(HELPERS),$(CURDIR)/helpers/__init__.py)
$(READY): ALWAYS
endif

or_say = || { echo "$(strip $(1))" >&2; exit 1; }

# The one recipe for environments, in the target's folder. The file `ready` comes last, so that a set-up broken off
# half-way is begun again.
define set_up
@$(PYTHON) -Es -c 'import sys; sys.exit(sys.version_info < (3, 11))' $(call or_say, \
  The course needs Python 3.11 or newer and $(PYTHON) is not: install one and name it as in 'make PYTHON=python3.12 lab'.)
@$(PYTHON) -Es -m tools.environment $(@D) $(1)
endef

$(READY): requirements.lock pyproject.toml
	$(call set_up,requirements.lock --helpers)

.venv-site/ready: website/requirements.lock
	$(call set_up,website/requirements.lock)

.venv-lock/ready: tools/lock.txt
	$(call set_up,tools/lock.txt)

.venv-floors/ready: pyproject.toml
	@$(PYTHON) -Es -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' $(call or_say, \
	  The oldest versions are tried with the oldest Python, 3.11: name it as in 'make PYTHON=python3.11 test-floors'.)
	@mkdir -p build && $(PYTHON) -Es -m tools.oldest > build/oldest.txt
	$(call set_up,build/oldest.txt --helpers)

# On top of the course's own packages, and so with its Python.
.venv-mutants/ready: tests/mutants.lock $(READY)
	@$(BIN)/python -Es -m tools.environment $(@D) tests/mutants.lock --on-top

# The course's packages once more, with the hub's: what is measured and tested in .venv stays without them.
.venv-class/ready: classroom/requirements.lock classroom/package-lock.json pyproject.toml
	$(call set_up,classroom/requirements.lock --helpers --npm classroom)
