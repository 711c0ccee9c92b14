"""One question to one server, politely: one at a time for each host, with a pause between two, and never more than is needed.

``robots.txt`` is not read: it is for robots that follow links (RFC 9309, section 1); here a link is asked once, as a reader does who
clicks on it. What is asked names this site, so that whoever minds can say so.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import LocationParseError
from urllib3.response import BaseHTTPResponse
from urllib3.util import parse_url

from atlas.linkcheck.address import RefusedAddressError, public_address

MOST_BYTES = 64 * 1024
"""How much of a page is read: enough for its title."""
LONGEST_WAIT = 60.0
"""Seconds; a server that asks for more (``Retry-After``) is asked no further question before that."""


@dataclass(frozen=True)
class Answer:
    """What a server said. ``title`` is that of an HTML page, with single spaces, at most 200 letters."""

    code: int
    location: str | None = None
    title: str = ""
    is_html: bool = False
    challenged: bool = False
    """A service in front of the server asks whether a person is there."""


@dataclass
class Asker:
    """Asks servers. ``resolve`` gives the IP address of a host and port; ``pause`` waits; ``spacing`` is the time between two questions to
    a host; all times are in seconds."""

    user_agent: str
    resolve: Callable[[str, int], str] = public_address
    pause: Callable[[float], None] = time.sleep
    spacing: float = 2.0
    timeout: Timeout = field(default_factory=lambda: Timeout(connect=10, read=20))
    longest: float = 60.0
    """How long one page may take in all."""
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    _turns: dict[str, _Turn] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def ask(self, method: str, url: str) -> Answer:
        """The answer to ``GET`` or ``HEAD``, without following redirects.

        Raises what the resolver raises, ``OSError`` and ``urllib3.exceptions.HTTPError``.
        """
        scheme, host, port, target = _parts(url)
        with self._turn(host) as turn:
            address = self.resolve(host, port)
            headers = {
                "Host": host if port == _PORTS[scheme] else f"{host}:{port}",
                "User-Agent": self.user_agent,
                "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
                "Accept-Language": "ko, en;q=0.8",
                "Accept-Encoding": "identity",
            }
            if method == "GET":
                headers["Range"] = f"bytes=0-{MOST_BYTES - 1}"
            with self._pool(scheme, host, port, address) as pool:
                response = pool.urlopen(
                    method, target, headers=headers, redirect=False, retries=False, preload_content=False, assert_same_host=False
                )
                try:
                    turn.wait = _retry_after(response.headers) if response.status in {429, 503} else 0.0
                    return self._answer(response)
                finally:
                    response.close()

    def _pool(self, scheme: str, host: str, port: int, address: str) -> HTTPConnectionPool:
        if scheme == "http":
            return HTTPConnectionPool(address, port, timeout=self.timeout)
        return HTTPSConnectionPool(address, port, timeout=self.timeout, ssl_context=self.tls, server_hostname=host, assert_hostname=host)

    def _answer(self, response: BaseHTTPResponse) -> Answer:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        is_html = kind in {"text/html", "application/xhtml+xml"}
        title = ""
        if is_html and not response.headers.get("Content-Encoding"):
            title = _title(self._head(response), response.headers.get("Content-Type", ""))
        challenged = response.headers.get("cf-mitigated", "").lower() == "challenge"
        return Answer(response.status, response.headers.get("Location"), title, is_html, challenged)

    def _head(self, response: BaseHTTPResponse) -> bytes:
        """The first bytes of a page, as many as are there in time."""
        end, found = time.monotonic() + self.longest, b""
        while len(found) < MOST_BYTES and time.monotonic() < end and b"</title>" not in found:
            more = response.read1(MOST_BYTES - len(found), decode_content=False)
            if not more:
                break
            found += more
        return found

    @contextmanager
    def _turn(self, host: str) -> Iterator[_Turn]:
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            if turn.asked:
                self.pause(max(self.spacing, turn.wait))
            turn.asked, turn.wait = True, 0.0
            yield turn


@dataclass
class _Turn:
    """Whose turn it is at one host, and how long the next has to wait."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: bool = False
    wait: float = 0.0


_PORTS = {"http": 80, "https": 443}


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host in ASCII, port, and what is asked for. Raises :class:`RefusedAddressError` for what is not a plain web address."""
    try:
        parsed = parse_url(url)
    except LocationParseError:
        raise RefusedAddressError("this is not a web address") from None
    scheme = (parsed.scheme or "").lower()
    if scheme not in _PORTS or not parsed.host or parsed.auth:
        raise RefusedAddressError("only http and https addresses without a name and password are asked")
    return scheme, parsed.host.lower().rstrip("."), parsed.port or _PORTS[scheme], parsed.request_uri


def host_of(url: str) -> str:
    """The host in a web address, in lower case; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _retry_after(headers: Mapping[str, str]) -> float:
    """``Retry-After`` in seconds (RFC 9110, 10.2.3); a date counts as the longest wait."""
    value = headers.get("Retry-After", "").strip()
    if not value:
        return 0.0
    return min(float(value), LONGEST_WAIT) if re.fullmatch(r"[0-9]{1,9}", value) else LONGEST_WAIT


def _title(page: bytes, content_type: str) -> str:
    found = re.search(rb"<title[^>]{0,200}>(.{0,2000}?)</title>", page, re.IGNORECASE | re.DOTALL)
    if not found:
        return ""
    declared = re.search(r"charset=\"?([\w-]+)", content_type) or re.search(r"charset=[\"']?([\w-]+)", page[:2048].decode("latin-1"))
    try:
        text = found[1].decode(declared[1] if declared else "utf-8", "replace")
    except LookupError:
        text = found[1].decode("utf-8", "replace")
    return " ".join(unescape(text).split())[:200]
