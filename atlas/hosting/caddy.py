"""The configuration of Caddy: a site of a Caddyfile. Tried with 2.6."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from atlas.hosting.caching import ASKED_AGAIN, HASHED, KEPT, SHARED
from atlas.hosting.media import OTHERS, TEXTS, media_type
from atlas.hosting.place import Place
from atlas.hosting.policy import security_headers


def caddy(place: Place, hashes: Iterable[str] = ()) -> str:
    """The text of the site. Caddy sends readers on to TLS by itself, and fetches a certificate where none is named.

    ``route`` keeps the order in which the headers stand here: elsewhere Caddy sorts them, and those for all addresses would win.
    """
    return "\n".join(_lines(place, hashes)) + "\n"


def _lines(place: Place, hashes: Iterable[str]) -> Iterator[str]:
    yield f"# Made by: python -m atlas hosting caddy {place.command}"
    yield f"https://{place.authority} {{"
    yield from (f"\tbind {place.bind}",) if place.bind else ()
    yield from (f"\ttls {place.certificate} {place.key}",) if place.certificate else ()
    yield f"\troot * {place.root}"
    yield "\troute {"
    yield "\t\theader {"
    yield from (f'\t\t\t{name} "{value}"' for name, value in security_headers(hashes).items())
    yield f'\t\t\tCache-Control "{ASKED_AGAIN}"'
    yield "\t\t}"
    yield "\t\theader {"
    yield "\t\t\tVary Accept-Encoding"
    yield "\t\t\t-Server"
    yield "\t\t\tdefer"
    yield "\t\t}"
    yield "\t\t@other not method GET HEAD"
    yield "\t\terror @other 405"
    yield "\t\t@hidden {"
    yield "\t\t\tpath */.* */_headers"
    yield f"\t\t\tnot path {place.base}.well-known/* /.well-known/security.txt"
    yield "\t\t}"
    yield "\t\terror @hidden 404"
    yield f"\t\t@hashed path_regexp ^{place.base}{HASHED}"
    yield f'\t\theader @hashed Cache-Control "{KEPT}"'
    yield f"\t\t@shared path_regexp ^{place.base}{SHARED}"
    yield '\t\theader @shared Access-Control-Allow-Origin "*"'
    for ending in TEXTS | OTHERS:
        yield f"\t\t@{ending} path *.{ending}"
        yield f'\t\theader @{ending} Content-Type "{media_type(f"x.{ending}")}"'
    if place.base == "/":
        yield from _older(place, "\t\t")
        yield from _files("\t\t")
    else:
        yield f"\t\tredir {place.base[:-1]} {place.base} 301"
        yield f"\t\thandle_path {place.base}* {{"
        yield from _older(place, "\t\t\t")
        yield from _files("\t\t\t")
        yield "\t\t}"
        yield "\t\thandle /.well-known/security.txt {"
        yield from _files("\t\t\t")
        yield "\t\t}"
        yield "\t\terror 404"
    yield "\t}"
    yield "\thandle_errors {"
    yield "\t\theader {"
    yield "\t\t\tVary Accept-Encoding"
    yield "\t\t\t-Server"
    yield "\t\t\tdefer"
    yield "\t\t}"
    yield "\t\t@lost expression {http.error.status_code} in [403, 404]"
    yield "\t\thandle @lost {"
    yield "\t\t\trewrite * /404.html"
    yield "\t\t\theader {"
    yield f'\t\t\t\tContent-Type "{media_type("404.html")}"'
    yield f'\t\t\t\tCache-Control "{ASKED_AGAIN}"'
    yield "\t\t\t}"
    yield from _files("\t\t\t")
    yield "\t\t}"
    yield "\t}"
    yield "}"


def _older(place: Place, indent: str) -> Iterator[str]:
    """A page that is open since the release before may still ask for its hashed files."""
    if place.previous:
        yield f"{indent}@older {{"
        yield f"{indent}\tpath_regexp ^/{HASHED}"
        yield f"{indent}\tnot file {{path}}"
        yield f"{indent}}}"
        yield from _files(indent, " @older", f"\troot {place.previous}")


def _files(indent: str, matcher: str = "", *options: str) -> Iterator[str]:
    yield f"{indent}file_server{matcher} {{"
    yield from (f"{indent}{option}" for option in options)
    yield f"{indent}\tprecompressed br gzip"
    yield f"{indent}}}"
