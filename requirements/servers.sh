#!/usr/bin/env bash
# The servers whose configuration the tests try: nginx with its module for brotli, Caddy, Apache; and openssl, which makes a certificate.
set -euo pipefail
PATH="$PATH:/usr/sbin"
missing=()
command -v nginx >/dev/null || missing+=(nginx)
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || missing+=(libnginx-mod-http-brotli-static)
command -v caddy >/dev/null || missing+=(caddy)
command -v apache2 >/dev/null || missing+=(apache2-bin)
command -v openssl >/dev/null || missing+=(openssl)
[ ${#missing[@]} -eq 0 ] || bash "$(dirname "$0")/apt.sh" "${missing[@]}"
