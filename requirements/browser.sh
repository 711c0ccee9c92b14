#!/usr/bin/env bash
# What the browser tests need besides packages of Python and Node: Chromium, fonts with Latin, Cyrillic, Korean and Chinese letters,
# and Java for the validator. The fonts are asked for by name: what fits on a page of paper depends on them, and Java brings others along.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
# The tests take the one without windows where there is one: it opens a page for a third of the work.
if ! command -v chromium-headless-shell >/dev/null && [ -n "$(apt-cache madison chromium-headless-shell 2>/dev/null)" ]; then
  missing+=(chromium-headless-shell)
fi
command -v java >/dev/null || missing+=(default-jre-headless)
/sbin/ldconfig -p | grep -q 'libatomic\.so\.1' || missing+=(libatomic1)      # Playwright's driver links to it
for pair in "Noto Sans CJK KR:fonts-noto-cjk" "Noto Sans CJK SC:fonts-noto-cjk" "Noto Sans:fonts-noto-core"; do
  { command -v fc-list >/dev/null && [ -n "$(fc-list "${pair%%:*}")" ]; } || missing+=("${pair#*:}")
done
[ ${#missing[@]} -eq 0 ] || bash "$(dirname "$0")/apt.sh" fontconfig "${missing[@]}"
