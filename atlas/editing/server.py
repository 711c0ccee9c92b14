"""The server of the editor: on this machine only, below ``/edit/``. It gives out forms, takes them back, and says what the check finds.

It writes to the disk, so it answers nobody else: it listens on the loopback interface, knows no name but its own (a page elsewhere that
points a name at 127.0.0.1 is refused), and takes a change only from its own page.
"""

from __future__ import annotations

import http.server
import json
import threading
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from atlas.checking import check
from atlas.commands.showing import fault_line
from atlas.editing.folder import Folder, digest
from atlas.editing.form import configuration
from atlas.editing.package import package_file, script
from atlas.editing.refusal import NotWrittenError
from atlas.editing.splicing import held
from atlas.fault import FaultyInputError
from atlas.hosting.media import media_type
from atlas.hosting.policy import content_policy

HOST = "127.0.0.1"
PAGE = Path(__file__).with_name("page")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self' data:",
    "manifest-src": "blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
"""Sveltia CMS writes styles into its elements and draws its own icon from a ``data:`` address. Readers' pages keep their policy."""
LARGEST = 4 * 1024 * 1024


class Editor(http.server.ThreadingHTTPServer):
    """The editor of the project at ``root``."""

    daemon_threads = True

    def __init__(self, root: Path, port: int) -> None:
        languages = site_languages(root)
        script()
        self.root = root
        self.folder = Folder(root, tuple(languages))
        told = {"languages": list(languages), "cms": configuration(root, languages)}
        self.configuration = json.dumps(told, ensure_ascii=False).encode("utf-8")
        self.checking = threading.Lock()
        super().__init__((HOST, port), _Answer)

    @property
    def address(self) -> str:
        """Where the editor is."""
        return f"http://{HOST}:{self.server_address[1]}/edit/"


def site_languages(root: Path) -> dict[str, str]:
    """The languages of the site in their order, with their own names."""
    records = held((root / "data" / "languages.yaml").read_text(encoding="utf-8"))
    spoken = {code: one["site"] for code, one in records.items() if one and one.get("site")}
    return {code: spoken[code]["name"] for code in sorted(spoken, key=lambda code: spoken[code]["order"])}


class _Answer(http.server.BaseHTTPRequestHandler):
    server: Editor
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self._is_ours():
            return
        if path in {"/", "/edit"}:
            self._answer(HTTPStatus.FOUND, b"", "text/plain", Location="/edit/")
            return
        if not path.startswith("/edit/"):
            self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")
            return
        name = path.removeprefix("/edit/") or "index.html"
        if name == "configuration.json":
            self._answer(HTTPStatus.OK, self.server.configuration, "application/json")
        elif name == "forms.json":
            self._told({form: {"text": text, "digest": digest(text)} for form, text in self.server.folder.files().items()})
        else:
            own = PAGE / name if name in {file.name for file in PAGE.iterdir()} else None
            content = own.read_bytes() if own else package_file(name)
            self._answer(HTTPStatus.OK if content is not None else HTTPStatus.NOT_FOUND, content or b"", media_type(name))

    def do_PUT(self) -> None:
        """Writes a form; ``If-Match`` holds the digest of the one that the editor had."""
        path = unquote(urlsplit(self.path).path)
        if not self._is_ours() or not self._is_from_here():
            return
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8")
        try:
            files, now = self.server.folder.write(path.removeprefix("/edit/forms/"), text, self.headers.get("If-Match"))
        except NotWrittenError as error:
            self._told({"refused": str(error)}, HTTPStatus.CONFLICT)
        else:
            named = [file.relative_to(self.server.root).as_posix() for file in files]
            self._told({"files": named, "text": now, "digest": digest(now)})

    def do_POST(self) -> None:
        """Checks the project: all faults as ``make check`` prints them."""
        if not self._is_ours() or not self._is_from_here():
            return
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.checking:
            try:
                check(self.server.root)
            except FaultyInputError as error:
                self._told({"faults": [fault_line(fault) for fault in error.faults]})
            else:
                self._told({"faults": []})

    def _is_ours(self) -> bool:
        """Whether the request names this server, and not a name that somebody has pointed here."""
        port = self.server.server_address[1]
        if self.headers.get("Host") in {f"{HOST}:{port}", f"localhost:{port}"}:
            return True
        self._answer(HTTPStatus.MISDIRECTED_REQUEST, b"", "text/plain")
        return False

    def _is_from_here(self) -> bool:
        """Whether a page of this server sent it: others cannot send JSON without asking first, and would say where they are."""
        origin, length = self.headers.get("Origin"), int(self.headers.get("Content-Length", 0))
        if origin == f"http://{self.headers.get('Host')}" and self.headers.get("Content-Type") == "application/json" and length <= LARGEST:
            return True
        self._answer(HTTPStatus.FORBIDDEN, b"", "text/plain", Connection="close")
        return False

    def _told(self, value: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._answer(status, json.dumps(value, ensure_ascii=False).encode("utf-8"), "application/json")

    def _answer(self, status: HTTPStatus, content: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        sent = {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
        sent |= {"Content-Security-Policy": content_policy(POLICY), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
        for name, value in (sent | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Says nothing of each request."""
