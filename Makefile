# Every target says what it does while it does it. `make demo` and `make test` are all a fresh
# machine needs; the rest is for daily work.
SLMC   = .build/release/slmc
PREFIX ?= /usr/local
SLURM  ?= .build/slurm

.PHONY: setup build demo test gate mutations bench figures lint format docs clean install first-hour slurm-up slurm-down test-slurm

setup:
	@sh Tools/setup.sh

build: setup
	@echo "build: release"
	@swift build -c release --product slmc

# A small real experiment with its figures and report, from nothing.
demo: build
	@echo "demo: running experiments/quickstart.yaml"
	@$(SLMC) run experiments/quickstart.yaml
	@$(SLMC) figures experiments/quickstart.yaml
	@$(SLMC) report experiments/quickstart.yaml
	@echo "demo: open results/quickstart/report.html"

test:
	@SLMC_SETUP=tests sh Tools/setup.sh
	@sh Tools/test.sh

# A small run of every experiment against its committed baseline (docs/gate.md).
gate: build
	@sh Tools/gate.sh

# Mistakes on purpose, each of which the gate or a test has to see; builds everything in a copy.
mutations: setup
	@echo "mutations: builds a copy with every mistake"
	@python3 Tests/Mutations/run.py --scratch .build/mutations

bench: setup
	@echo "bench: ratios against the naive way, in one run"
	@swift build -c release --product slmc-bench
	@for part in matvec logweight exact attention; do \
	  echo "bench: $$part"; .build/release/slmc-bench $$part || exit 1; \
	done

# Regenerates the committed figures of every experiment; the gate draws none.
figures: build
	@for experiment in $(filter-out experiments/gate.yaml, $(wildcard experiments/*.yaml)); do \
	  echo "figures: $$experiment"; \
	  $(SLMC) run $$experiment && $(SLMC) figures $$experiment && $(SLMC) report $$experiment || exit 1; \
	done

lint:
	@sh Tools/lint.sh

format:
	@echo "format: swift format"
	@swift format --in-place --parallel --recursive Sources Tests Benchmarks Package.swift

docs: build
	@echo "docs: manifest reference"
	@$(SLMC) explain --markdown > docs/manifest.md
	@echo "docs: sources shown in the pages"
	@sh Tools/embed.sh
	@echo "docs: API documentation into .build/docs"
	@sh Tools/api-docs.sh

# Does what the README tells a newcomer, from a clone of the last commit, and writes what was printed.
first-hour: setup
	@sh Tools/first-hour.sh

clean:
	@echo "clean: build products and the local store"
	@swift package clean
	@chmod -R u+w .slmc 2>/dev/null || true
	@rm -rf .slmc

# The Swift runtime is linked statically: only the C libraries are needed where slmc runs.
install: share = $(DESTDIR)$(PREFIX)/share
install: setup
	@echo "install: $(PREFIX)/bin/slmc, its man page and completions"
	@swift build -c release --product slmc --static-swift-stdlib --scratch-path .build/static
	@install -d $(DESTDIR)$(PREFIX)/bin $(share)/man/man1 $(share)/bash-completion/completions \
	  $(share)/zsh/site-functions $(share)/fish/vendor_completions.d
	@install -m 755 .build/static/release/slmc $(DESTDIR)$(PREFIX)/bin/slmc
	@$(DESTDIR)$(PREFIX)/bin/slmc man > $(share)/man/man1/slmc.1
	@$(DESTDIR)$(PREFIX)/bin/slmc completions bash > $(share)/bash-completion/completions/slmc
	@$(DESTDIR)$(PREFIX)/bin/slmc completions zsh > $(share)/zsh/site-functions/_slmc
	@$(DESTDIR)$(PREFIX)/bin/slmc completions fish > $(share)/fish/vendor_completions.d/slmc.fish

# Of the tests those on a real Slurm of our own, which needs root.
test-slurm:
	@SLMC_SETUP=tests sh Tools/setup.sh
	@sh Tools/test.sh slurm

# A private Slurm on loopback, for tests and for trying out: eval "$$(make -s slurm-up)".
slurm-up:
	@bash Tools/slurm-up.sh $(SLURM) $(NODES) $(CPUS)

slurm-down:
	@bash Tools/slurm-down.sh $(SLURM) --purge
