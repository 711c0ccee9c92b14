#!/usr/bin/env bash
# What the browser tests need besides Python packages: Chromium, and fonts with Latin, Cyrillic, Korean and Chinese letters.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
/sbin/ldconfig -p | grep -q 'libatomic\.so\.1' || missing+=(libatomic1)      # Playwright's driver links to it
for pair in "ko:fonts-noto-cjk" "zh-cn:fonts-noto-cjk" "ru:fonts-noto-core"; do
  { command -v fc-list >/dev/null && [ -n "$(fc-list ":lang=${pair%%:*}")" ]; } || missing+=("${pair#*:}")
done
[ ${#missing[@]} -eq 0 ] || bash "$(dirname "$0")/apt.sh" fontconfig "${missing[@]}"
