# Korea Care Atlas. Two commands matter: `make site` and `make test`. Each sets up what it needs; a second run skips what is done.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: site test check ends links serve edit lint lock schemas sbom fuzz lighthouse race peers clean

# `make site LAST=DIR` tells on /changes/ what changed since the site in DIR, the last one that was published.
site: .venv/bin/atlas
	LAST="$(LAST)" $(BIN)/python -m atlas build

check: .venv/bin/atlas
	$(BIN)/python -m atlas check

# What ends soon and what is due for a new check; fails when something ends within 14 days or is overdue. CI runs it every day.
ends: .venv/bin/atlas
	$(BIN)/python -m atlas ends

# Asks all links to other sites, in about half an hour; fails when one is dead (CONTRIBUTING.md). CI runs it three times a week.
links: .venv/bin/atlas
	$(BIN)/python -m atlas links --state build/links/state.json --out build/links/report $(LINKS)

# `make serve SERVE="--lang ru --address 127.0.0.1:9000"`: the address that is printed leads to the Russian pages.
serve: .venv/bin/atlas
	$(BIN)/python -m atlas serve $(SERVE)

# The editor in the browser, on this machine only.
edit: .venv/.editor
	$(BIN)/python -m atlas edit $(EDIT)

test: lint .venv/.browser .venv/.servers .venv/.node .venv/.editor
	$(BIN)/python -m pytest -n auto --dist worksteal

# Coverage-guided fuzzing of loader, Markdown and names, ten minutes each: what it finds is put into build/fuzz/.
fuzz: .venv/.fuzz
	for target in loader markdown names; do $(BIN)/python bench/fuzz.py $$target 600 || exit 1; done

# Lighthouse on each kind of page in each language, on a phone with slow 4G; fails when one is below what we want.
lighthouse: site .venv/.browser .venv/.node
	$(BIN)/python -m bench.lighthouse

# The same few texts built with stock MkDocs and with ours; fails when ours takes too much of its time. Fifteen seconds of CPU.
race: .venv/.site
	$(BIN)/python -m bench.ratio

# Beside Hugo, Zensical, Starlight and stock MkDocs, on 1,600 pages, five turns: an hour on a machine that does nothing else.
peers: .venv/.site
	$(BIN)/python -m bench.peers $(PEERS)

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

schemas: .venv/bin/atlas
	$(BIN)/python -m atlas schemas

# What the site is built with, as a bill of materials: to be written anew when requirements/site.txt has changed.
sbom: .venv/.test
	$(BIN)/python -m atlas sbom

# Writes the lock files anew. Hashes only: lines with options, which would name where packages come from, are taken out.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet pip-tools
	cd requirements && for part in site test fuzz edit; do ../build/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
	  --strip-extras --no-header --allow-unsafe --output-file $$part.txt $$part.in && sed -i '/^--/d' $$part.txt || exit 1; done
	cd requirements/peers && ../../build/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
	  --strip-extras --no-header --allow-unsafe --output-file peers.txt peers.in && sed -i '/^--/d' peers.txt

clean:
	rm -rf .venv build site .site.* .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.made:
	PYTHON="$(PYTHON)" bash requirements/venv.sh
	touch $@

.venv/.site: requirements/site.txt .venv/.made
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/site.txt
	touch $@

# The command `atlas`, for whoever has .venv/bin in the PATH; `python -m atlas` is the same.
.venv/bin/atlas: requirements/atlas.sh .venv/.site
	install -m 755 $< $@

.venv/.test: requirements/test.txt .venv/.site
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/test.txt
	touch $@

.venv/.fuzz: requirements/fuzz.txt .venv/.test
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/fuzz.txt
	touch $@

.venv/.browser: requirements/browser.sh .venv/.test
	bash requirements/browser.sh
	touch $@

.venv/.node: requirements/node.sh requirements/gates/package.json requirements/gates/package-lock.json .venv/.test
	bash requirements/node.sh
	touch $@

.venv/.editor: requirements/editor.sh requirements/edit.txt requirements/editor/package.json requirements/editor/package-lock.json .venv/.site
	bash requirements/editor.sh
	touch $@

.venv/.servers: requirements/servers.sh .venv/.test
	bash requirements/servers.sh
	touch $@
