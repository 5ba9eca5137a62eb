# make run and make test do everything, from a fresh checkout on.
#
# The virtual environment .venv is made when it is missing, and brought up to date when the list of dependencies or
# their pinned versions have changed. System packages that are missing are installed (see packaging/system_packages.sh).

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PINNED := -c packaging/constraints.txt
INSTALLED := .venv/installed.stamp
DEVELOPING := .venv/developing.stamp

NETWORK := efficientnet-lite0
PHOTO := resources/photos/chelsea_cat.jpg
LAYER := block5c_add
OUT := artifacts/run

# Two processes share the tests, a file at a time.
SHARED := -n 2 --dist loadfile

ifeq ($(shell uname -s),Linux)
TEST_WINDOW := CNNVIZ_TEST_PLATFORM=xcb $(BIN)/pytest tests/e2e -m e2e $(SHARED)
else
TEST_WINDOW := echo "The tests that drive the window need a virtual screen, which only Linux has: they were not run."
endif

# A copied or moved virtual environment still points to the folder it was made in.
ifneq ($(shell cat .venv/made_in 2>/dev/null || pwd -P),$(shell pwd -P))
_ := $(shell rm -f $(INSTALLED) $(DEVELOPING))
endif

.DEFAULT_GOAL := help
.PHONY: help run run-window run-without-screen test check bench bench-window reliability soak ten-times wheel clean

help:  ## List what make can do.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run:  ## Start the window; where there is no screen, do the same work without one.
	@if [ "$$(uname -s)" != Linux ] || [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		exec $(MAKE) --no-print-directory run-window; \
	else \
		exec $(MAKE) --no-print-directory run-without-screen; \
	fi

run-window: $(INSTALLED)
	@packaging/system_packages.sh window fonts
	$(BIN)/cnnviz-gui $(NETWORK) $(PHOTO)

run-without-screen: $(INSTALLED)
	@packaging/system_packages.sh window fonts || echo "Going on without: only the window needs them."
	@echo "There is no screen here, so this is the work of the window without it."
	@mkdir -p $(OUT)
	$(BIN)/cnnviz channels $(NETWORK) $(PHOTO) --layer $(LAYER) --enlarge 4 -o $(OUT)/channels.png
	$(BIN)/cnnviz patterns $(NETWORK) --layer $(LAYER) --channels 0-15 --preset clear -o $(OUT)/patterns.png
	@echo
	@echo "What every channel of $(LAYER) does with the cat:"
	@echo "  $(CURDIR)/$(OUT)/channels.png"
	@echo "What its first 16 channels look for:"
	@echo "  $(CURDIR)/$(OUT)/patterns.png"

test: $(DEVELOPING)  ## Run all tests: without a screen first, then those of the window on a virtual screen.
	@packaging/system_packages.sh window fonts tests
	@failed=0; \
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest tests -m "not e2e and not alone" $(SHARED) || failed=1; \
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest tests/test_random_use.py || failed=1; \
	$(TEST_WINDOW) || failed=1; \
	exit $$failed

check: $(DEVELOPING)  ## Look for mistakes without running anything: ruff, mypy, import-linter, typos.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/typos

bench: $(DEVELOPING)  ## Measure patterns, forward passes and drawing against everything else; ONLY="PART ..." for some.
	$(BIN)/python tests/benchmarks/bench.py $(if $(ONLY),--only $(ONLY))

bench-window: $(DEVELOPING)  ## Measure how fast and how smoothly the window runs, and write docs/smoothness.md.
	@packaging/system_packages.sh window fonts tests
	$(BIN)/python tests/benchmarks/bench_window.py

reliability: $(DEVELOPING)  ## Let every fault happen in every state, and write docs/reliability.md; ONLY="CELL or ..." for some.
	@packaging/system_packages.sh window fonts tests
	@CNNVIZ_RELIABILITY=$(if $(ONLY),again,full) CNNVIZ_TEST_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" \
		$(BIN)/pytest tests/e2e/test_reliability.py -m e2e -p no:randomly $(if $(ONLY),-k "$(ONLY)")
	$(BIN)/python tests/benchmarks/report_reliability.py

soak: $(DEVELOPING)  ## Work the window at random for long, see whether memory grows, and write docs/reliability.md.
	@packaging/system_packages.sh window fonts
	$(BIN)/python tests/benchmarks/soak.py 500 --report
	$(BIN)/python tests/benchmarks/report_reliability.py

ten-times: $(DEVELOPING)  ## Run all tests ten times, in other orders and beside other work; and write docs/reliability.md.
	@packaging/system_packages.sh window fonts tests
	$(BIN)/python tests/benchmarks/ten_times.py; ended=$$?; \
	$(BIN)/python tests/benchmarks/report_reliability.py && exit $$ended

wheel: $(DEVELOPING)  ## Build the wheel into dist/.
	@rm -rf build
	$(BIN)/python -m build --wheel
	@rm -rf build

clean:  ## Remove all that make has made, the virtual environment included.
	rm -rf .venv .venv-bench artifacts build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find cnnviz_gui resources tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml packaging/constraints.txt
	@[ "$$(cat .venv/made_in 2>/dev/null || pwd -P)" = "$$(pwd -P)" ] && $(BIN)/python -m pip --version >/dev/null 2>&1 || { \
		python=$$(packaging/find_python.sh) && echo "Making .venv with $$python" && \
		rm -rf .venv && "$$python" -m venv .venv; \
	}
	@pwd -P > .venv/made_in
	@echo "Installing cnnviz-gui and what it needs; the first time that is a download of some 700 MB."
	$(PIP) install -q $(PINNED) pip
	$(PIP) install $(PINNED) --build-constraint packaging/constraints.txt --editable .
	@touch $@

$(DEVELOPING): $(INSTALLED)
	$(PIP) install $(PINNED) --group dev
	@touch $@
