"""The server of the preview: pages and files by HTTP, and word of a change by server-sent events (HTML standard, section 9.2).

Requests wait in threads; what they ask for is made one after the other in the main thread, where a page that takes too long can be stopped.
"""

from __future__ import annotations

import contextlib
import http.server
import queue
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

OWN = "-/"
"""Where the preview has its own files: no page of the site can lie there, because names do not begin with a hyphen."""
EVENTS = f"{OWN}events"
HEARTBEAT = 15.0
"""Seconds after which a silent line says that it is there; a page that was closed is found out so."""


@dataclass(frozen=True)
class Answer:
    """What a request gets; ``seen`` tells whether a page that is looked at has become another.

    ``lasting``: the address names the content, so that a browser need not ask again.
    """

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    seen: str = ""
    location: str = ""
    lasting: bool = False


class Line:
    """What is asked of the main thread, in the order in which it is asked, and how often the project has changed."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[tuple[str, Future[Answer]] | str | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self.version = 0

    def ask(self, address: str) -> Answer:
        """The answer to a request, from another thread."""
        answer: Future[Answer] = Future()
        self._asked.put((address, answer))
        return answer.result()

    def saved(self, path: str) -> None:
        """Says that a file was saved, from another thread."""
        self._asked.put(path)

    def stop(self) -> None:
        """Lets :meth:`serve` end when it has done what is being done; a signal may come at any time."""
        self._asked.put(None)

    def changed(self) -> None:
        """Says that pages may have become others."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def wait(self, version: int) -> int:
        """Waits for a change after ``version``, or for some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, HEARTBEAT)
            return self.version

    def serve(self, answer: Callable[[str], Answer], look: Callable[[set[str]], object], quiet: float, longest: int) -> None:
        """Does what is asked until it is stopped. Files that are saved within ``quiet`` seconds of each other are looked at together."""
        held: list[tuple[str, Future[Answer]]] = []
        while True:
            one = self._asked.get()
            paths: set[str] = set()
            for _ in range(longest):
                if one is None:
                    return
                if isinstance(one, str):
                    paths.add(one)
                else:
                    held.append(one)
                try:
                    one = self._asked.get(timeout=quiet) if paths else self._asked.get_nowait()
                except queue.Empty:
                    break
            if paths:
                look(paths)
            for address, future in held:
                try:
                    future.set_result(answer(address))
                except Exception as error:
                    future.set_exception(error)
            held.clear()


@contextmanager
def served(line: Line, host: str, port: int) -> Iterator[int]:
    """Answers requests at an address while the block runs; gives the port. Raises :class:`OSError` where the address cannot be had."""

    class Handler(_Handler):
        asked = line

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def handle_error(self, request: Any, client_address: Any) -> None:
            if not isinstance(sys.exc_info()[1], ConnectionError):  # a browser that goes on to another page hangs up
                super().handle_error(request, client_address)

    with Server((host, port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class _Handler(http.server.BaseHTTPRequestHandler):
    asked: Line
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Head and body are two pieces: else the second would wait for word of the first, 40 ms for each file."""

    def do_GET(self) -> None:
        with contextlib.suppress(ConnectionError):
            parts = urlsplit(self.path)
            address = unquote(parts.path).removeprefix("/")
            if address == EVENTS:
                told = parse_qs(parts.query)
                self._events(told.get("page", [""])[0], told.get("seen", [""])[0])
            else:
                self._send(self.asked.ask(address))

    do_HEAD = do_GET  # noqa: N815  # the name that the library looks for

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "max-age=3600, immutable" if answer.lasting else "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _events(self, page: str, seen: str) -> None:
        """Says once that a page has become another than the one that was ``seen``; then it is for the page to load itself anew."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(b"retry: 300\n\n")
        version = -1
        while True:
            now = self.asked.wait(version)
            if now != version and self.asked.ask(page).seen != seen:
                self.wfile.write(b"event: changed\ndata:\n\n")
                return
            version = now
            self.wfile.write(b":\n\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing: the terminal is for faults."""
