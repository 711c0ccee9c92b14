#!/bin/sh
# The command `atlas`; `make site` puts it into .venv/bin. It runs the engine of this project, in whatever folder it is called.
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 3
PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" exec "$root/.venv/bin/python" -P -m atlas "$@"
