#!/usr/bin/env bash
# Makes .venv. Debian and Ubuntu ship Python without the module that does it: then apt adds that first.
set -euo pipefail
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $PYTHON is $("$PYTHON" --version)." >&2; exit 1; }
if ! "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
  version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  bash "$(dirname "$0")/apt.sh" "python$version-venv"
fi
rm -rf .venv
"$PYTHON" -m venv .venv
