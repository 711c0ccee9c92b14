"""The configuration of nginx: a file for ``/etc/nginx/conf.d/`` or ``sites-enabled/``. Tried with 1.22."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from atlas.hosting.caching import ASKED_AGAIN, HASHED, KEPT, SHARED
from atlas.hosting.media import OTHERS, TEXTS, UNKNOWN
from atlas.hosting.place import Place
from atlas.hosting.policy import security_headers

HIDDEN = r"/\.(?!well-known/)|/_headers$"
"""What is for no reader: files with a dot, but for ``.well-known``, and ``_headers``."""


def nginx(place: Place, hashes: Iterable[str] = ()) -> str:
    """The text of the file. It needs a certificate; ``gzip_static`` is in Debian's nginx, ``brotli_static`` a package of its own."""
    return "\n".join(_lines(place, hashes)) + "\n"


def _lines(place: Place, hashes: Iterable[str]) -> Iterator[str]:
    yield f"# Made by: python -m atlas hosting nginx {place.command}"
    if place.brotli:
        yield "# Needs the package libnginx-mod-http-brotli-static; without it add --no-brotli."
    yield "map $status:$atlas_hashed $atlas_cache {"
    yield f'    default "{ASKED_AGAIN}";'
    yield f'    "~^(?:200|206|304):yes$" "{KEPT}";'
    yield "}"
    yield f'map $uri $atlas_shared {{\n    default "";\n    "~^{place.base}{SHARED}" "*";\n}}'
    yield ""
    yield "server {"
    yield from _listen(place, place.http_port, "")
    yield f"    server_name {place.host};"
    yield "    server_tokens off;"
    yield f"    return 301 https://{place.authority}$request_uri;"
    yield "}"
    yield ""
    yield "server {"
    yield from _listen(place, place.port, " ssl http2")
    yield f"    server_name {place.host};"
    yield "    server_tokens off;"
    yield f"    ssl_certificate {place.certificate or f'/etc/letsencrypt/live/{place.host}/fullchain.pem'};"
    yield f"    ssl_certificate_key {place.key or f'/etc/letsencrypt/live/{place.host}/privkey.pem'};"
    yield "    ssl_protocols TLSv1.2 TLSv1.3;"
    yield "    absolute_redirect off;  # /hospitals goes to /hospitals/ on whatever host the reader asked"
    yield ""
    yield "    types {"
    yield from (f"        {kind} {ending};" for ending, kind in (TEXTS | OTHERS).items())
    yield "    }"
    yield f"    default_type {UNKNOWN};"
    yield "    charset utf-8;"
    yield f"    charset_types {' '.join(kind for kind in TEXTS.values() if kind != 'text/html')};"
    yield "    gzip off;         # the files are compressed already, better than a server has time to"
    yield "    gzip_static on;"
    yield from ("    brotli_static on;",) if place.brotli else ()
    yield "    gzip_vary off;    # said below, also where there is nothing compressed"
    yield ""
    yield from (f'    add_header {name} "{value}" always;' for name, value in security_headers(hashes).items())
    yield "    add_header Cache-Control $atlas_cache always;"
    yield "    add_header Access-Control-Allow-Origin $atlas_shared;"
    yield "    add_header Vary Accept-Encoding always;"
    yield ""
    yield f"    error_page 404 {place.base}404.html;"
    yield f"    error_page 403 =404 {place.base}404.html;"
    yield '    set $atlas_hashed "no";'
    yield f"    location {place.base} {{"
    yield f"        alias {place.root}/;"
    yield "        index index.html;"
    yield f"        location ~ {HIDDEN} {{ return 404; }}"
    yield f'        location ~ "^{place.base}(?<atlas_file>{HASHED}.*)$" {{'
    yield '            set $atlas_hashed "yes";'
    if place.previous:
        yield "            # A page that is open since the release before may still ask for its files."
        yield f"            root {place.root.removesuffix('/current')};"
        yield "            try_files /current/$atlas_file /previous/$atlas_file =404;"
    else:
        yield f"            alias {place.root}/$atlas_file;"
    yield "        }"
    yield "    }"
    if place.base != "/":
        yield f"    location = {place.base[:-1]} {{ return 301 {place.base}; }}"
        yield f"    location = /.well-known/security.txt {{ alias {place.root}/.well-known/security.txt; }}"
        yield "    location / { return 404; }"
    yield "}"


def _listen(place: Place, port: int, options: str) -> Iterator[str]:
    for address in [f"{place.bind}:"] if place.bind else ["", "[::]:"]:
        yield f"    listen {address}{port}{options};"
