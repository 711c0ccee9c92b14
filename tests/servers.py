"""Real servers on the loopback interface, with the configuration that the site makes for them, and a small site to serve."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from atlas.hosting.apache import MODULES, apache
from atlas.hosting.caddy import caddy
from atlas.hosting.nginx import nginx
from atlas.hosting.place import Place
from atlas.hosting.policy import metas

STYLE = "assets/style-0f1e2d3c4b.css"
SCRIPT = "assets/app.0f1e2d3c4b.js"
HEAD = f"""<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{metas()["page"]}">
<title>x</title><link rel="icon" href="assets/mark-0f1e2d3c4b.svg"><link rel="stylesheet" href="{STYLE}">
<script src="{SCRIPT}" type="module"></script><script type="application/ld+json">{{"@type": "Thing"}}</script>"""
FILES = {
    "index.html": HEAD + "<h1>Home</h1>",
    "hospitals/index.html": "<!doctype html><title>Hospitals</title>",
    "404.html": "<!doctype html><title>Lost</title>",
    STYLE: "h1 { color: rgb(1, 2, 3) }",
    SCRIPT: 'const answer = await fetch("data/v1/all.json"); document.title = (await answer.json()).title;',
    "assets/mark-0f1e2d3c4b.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "assets/plain.css": "h2 {}",
    "find/korea-24fffc75ca.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "find/en/hospitals-8802696a35/0.json": "[]",
    "ko/search/65b78491caf6/p1.json": "[]",
    "ko/search/index.json": "{}",
    "data/v1/all.json": '{"title": "fetched"}',
    "data/v1/all.csv": "a,b\n",
    "data/v1/all.geojson": "{}",
    "changes/all.atom": "<feed/>",
    "sitemap.xml": "<urlset/>",
    "calendar.ics": "BEGIN:VCALENDAR\n",
    "ko.zip": "PK",
    "sw.js": "1",
    "robots.txt": "User-agent: *\n",
    ".well-known/security.txt": "Contact: mailto:a@b.example\n",
    "_headers": "/*\n",
    ".env": "secret",
    ".git/config": "secret",
    "empty/sub/file.txt": "x",
}


def small_site(folder: Path) -> None:
    """Writes the small site, with a compressed file beside each."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if not name.startswith((".", "_")):
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    (folder / "data/v1/all.csv.br").write_bytes(b"made of brotli")  # the server hands it on as it is
    (folder / "hospitals/index.html.br").write_bytes(b"made of brotli")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """By name in small letters; the values of a header that came more than once are joined by a bar."""
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    name: str
    place: Place
    trust: ssl.SSLContext

    def ask(self, path: str, method: str = "GET", *, tls: bool = True, **headers: str) -> Answer:
        """Asks for a path below the base path, or, if it begins with a slash, of the host. Sent as it stands, without tidying."""
        connection: http.client.HTTPConnection = (
            http.client.HTTPSConnection("localhost", self.place.port, context=self.trust, timeout=10)
            if tls
            else http.client.HTTPConnection("localhost", self.place.http_port, timeout=10)
        )
        target = path if path.startswith("/") else self.place.base + path
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            found[name.lower()] = f"{found[name.lower()]} | {value}" if name.lower() in found else value
        body = response.read()
        connection.close()
        return Answer(response.status, found, body)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for ``localhost`` that vouches for itself, and its key."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command = ["openssl", "req", "-x509", *kind, *subject, "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def served(name: str, folder: Path, base: str) -> Iterator[Server]:
    """Runs ``nginx``, ``caddy`` or ``apache`` on free ports for the small site below ``base``, until the block ends.

    ``folder`` must be readable for all: a server that root starts reads as somebody else.
    """
    root = folder / "current"
    small_site(root)
    older = folder / "previous/assets/older.1234567890.css"  # as `atlas publish` leaves it
    older.parent.mkdir(parents=True)
    older.write_text("h3 {}", encoding="utf-8")
    (folder / "previous/older.html").write_text("older", encoding="utf-8")
    made, key = certificate(folder)
    port, http_port = free_ports(2)
    place = Place(f"https://localhost:{port}{base}", str(root), str(made), str(key), "127.0.0.1", http_port)
    command = COMMANDS[name](folder, place)
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        command,
        stdout=log,
        stderr=log,
        env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
    )
    try:
        _wait(process, port, log)
        yield Server(name, place, ssl.create_default_context(cafile=str(made)))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        log.close()


def _wait(process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, Path(log.name).read_text(encoding="utf-8")
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail(Path(log.name).read_text(encoding="utf-8"))


def _nginx(folder: Path, place: Place) -> list[str]:
    (folder / "site.conf").write_text(nginx(place), encoding="utf-8")
    temporary = "".join(f"{part}_temp_path {folder}/{part};" for part in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    module = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
    (folder / "nginx.conf").write_text(
        f"load_module {module}; daemon off; master_process off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    return [_found("nginx"), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", "stderr"]


def _caddy(folder: Path, place: Place) -> list[str]:
    ports = f"http_port {place.http_port}\n\thttps_port {place.port}"
    options = f"{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\t{ports}\n}}\n"
    (folder / "Caddyfile").write_text(options + caddy(place), encoding="utf-8")
    return [_found("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def _apache(folder: Path, place: Place) -> list[str]:
    (folder / "site.conf").write_text(apache(place), encoding="utf-8")
    modules = ("mpm_event", "authz_core", "unixd", *MODULES)
    built_in = subprocess.run([_found("apache2"), "-l"], capture_output=True, text=True, check=True).stdout
    loaded = [f"LoadModule {one}_module /usr/lib/apache2/modules/mod_{one}.so" for one in modules if f"mod_{one}.c" not in built_in]
    (folder / "apache.conf").write_text(
        "\n".join([*loaded, f"ServerRoot {folder}", f"PidFile {folder}/pid", "ServerName localhost", "ErrorLog /dev/stderr"])
        + f"\nDefaultRuntimeDir {folder}\nTypesConfig /dev/null\nMutex posixsem\nUser #65534\nGroup #65534\nStartServers 1\n"
        + f"Listen 127.0.0.1:{place.port}\nListen 127.0.0.1:{place.http_port}\nInclude {folder}/site.conf\n",
        encoding="utf-8",
    )
    return [_found("apache2"), "-f", str(folder / "apache.conf"), "-DFOREGROUND"]


COMMANDS: dict[str, Callable[[Path, Place], list[str]]] = {"nginx": _nginx, "caddy": _caddy, "apache": _apache}


def _found(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert path, f"{name} is not installed: requirements/servers.sh does it"
    return path
