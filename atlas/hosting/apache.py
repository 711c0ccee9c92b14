"""The configuration of Apache httpd: a file for ``sites-available/``, or the ``.htaccess`` of rented web space. Tried with 2.4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from atlas.hosting.caching import ASKED_AGAIN, HASHED, KEPT, SHARED
from atlas.hosting.media import OTHERS, TEXTS
from atlas.hosting.place import Place
from atlas.hosting.policy import security_headers

MODULES = ("alias", "dir", "headers", "mime", "rewrite", "ssl")
"""What must be switched on with ``a2enmod``."""


def apache(place: Place, hashes: Iterable[str] = ()) -> str:
    """The two virtual hosts. They need a certificate."""
    return "\n".join(_lines(place, hashes)) + "\n"


def htaccess(place: Place, hashes: Iterable[str] = ()) -> str:
    """The same rules for a folder on a server that others run; it must allow ``AllowOverride All``."""
    return "\n".join([f"# Made by: python -m atlas hosting htaccess --origin {place.origin}", *_rules(place, hashes)]) + "\n"


def _lines(place: Place, hashes: Iterable[str]) -> Iterator[str]:
    yield f"# Made by: python -m atlas hosting apache {place.command}"
    yield f"# Needs: a2enmod {' '.join(MODULES)}"
    yield f"<VirtualHost {place.bind or '*'}:{place.http_port}>"
    yield f"    ServerName {place.host}"
    yield f"    Redirect permanent / https://{place.authority}/"
    yield "</VirtualHost>"
    yield f"<VirtualHost {place.bind or '*'}:{place.port}>"
    yield f"    ServerName {place.host}"
    yield "    SSLEngine on"
    yield "    SSLProtocol -all +TLSv1.2 +TLSv1.3"
    yield f"    SSLCertificateFile {place.certificate or f'/etc/letsencrypt/live/{place.host}/fullchain.pem'}"
    yield f"    SSLCertificateKeyFile {place.key or f'/etc/letsencrypt/live/{place.host}/privkey.pem'}"
    yield "    TraceEnable off"
    yield "    ServerSignature Off"
    if place.base == "/":
        yield f"    DocumentRoot {place.root}"
    else:
        yield f"    Alias {place.base[:-1]} {place.root}"
        yield f"    Alias /.well-known/security.txt {place.root}/.well-known/security.txt"
    yield f"    <Directory {place.root}>"
    yield "        Require all granted"
    yield "        AllowOverride None"
    yield from (f"        {line}" for line in _rules(place, hashes))
    yield "    </Directory>"
    yield "</VirtualHost>"


def _rules(place: Place, hashes: Iterable[str]) -> Iterator[str]:
    yield "Options -Indexes -MultiViews +FollowSymLinks"
    yield "DirectoryIndex index.html"
    yield f"ErrorDocument 404 {place.base}404.html"
    yield f"ErrorDocument 403 {place.base}404.html"
    for name, value in security_headers(hashes).items():
        yield f'Header always set {name} "{value}"' + (" \"expr=%{HTTPS} == 'on'\"" if name == "Strict-Transport-Security" else "")
    yield f'Header always set Cache-Control "{ASKED_AGAIN}"'
    found = "%{REQUEST_STATUS} in { '200', '206', '304' }"
    yield f'Header always set Cache-Control "{KEPT}" "expr={found} && %{{REQUEST_URI}} =~ m#^{place.base}{HASHED}#"'
    yield f'Header always set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_URI}} =~ m#^{place.base}{SHARED}#"'
    yield "Header always set Vary Accept-Encoding"
    for ending, kind in (TEXTS | OTHERS).items():
        yield f"AddType {kind} .{ending}"
    yield f"AddCharset utf-8 {' '.join(f'.{ending}' for ending in TEXTS)}"
    yield "AddEncoding br .br"
    yield "AddEncoding gzip .gz"
    yield "RemoveLanguage .br"
    yield "RemoveType .gz"
    yield "RewriteEngine On"
    yield 'RewriteCond "%{REQUEST_METHOD}" "!^(?:GET|HEAD)$"'
    yield 'RewriteRule "^" - [R=405,L]'
    yield r'RewriteRule "(?:^|/)\.(?!well-known/)|^_headers$" - [R=404,L]'
    for ending, coding in (("br", "br"), ("gz", "gzip")):
        yield f'RewriteCond "%{{HTTP:Accept-Encoding}}" "\\b{coding}\\b"'
        yield f'RewriteCond "%{{REQUEST_FILENAME}}.{ending}" -s'
        yield f'RewriteRule "^(.+)$" "$1.{ending}" [L]'
