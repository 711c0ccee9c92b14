"""The last published state: what the site says about itself, fetched so that the next build can tell what changed.

``manifest.json`` lists every file with its size and SHA-256; from it come ``data/v1/*.json`` and ``changes/changes.json``, each held
against its hash. That tells a broken or half-updated site, not a forged one: what guards against forgery is TLS, and the attestation of
the manifest. The network is asked here and in ``links`` and ``verify``, never by the build.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from atlas.publishing.manifest import NAME, Listed, read_manifest

WANTED = re.compile(r"data/v1/[^/]+\.json|changes/changes\.json")
LARGEST_FILE = 32 * 1024 * 1024
LARGEST_WHOLE = 256 * 1024 * 1024
LONGEST = 300.0
"""Seconds for all."""
_PATIENCE = 20.0
_TRIES, _BETWEEN = 3, 20.0


class NotFetchedError(Exception):
    """The last published state could not be fetched; the text is for the person who publishes."""


class _ChangedMeanwhileError(Exception):
    """A file is not the one that the manifest names: the site was published anew between two requests, or it is broken."""


def fetch_last(url: str, into: Path, *, first: bool = False, pause: Callable[[float], None] = time.sleep) -> int:
    """Puts the last published state of the site at ``url`` into the folder ``into``, whole or not at all. Returns the number of files.

    Where nothing has been published yet, ``first`` must say so; then no folder is made (one of an earlier time goes) and 0 is returned.
    Without it a site that is down or moved would pass for one that never was, and every fact for new. ``pause`` waits (seconds) before the
    state is fetched anew because the site changed meanwhile. Raises :class:`NotFetchedError`.
    """
    base = url.rstrip("/") + "/"
    _permitted(base)
    end = time.monotonic() + LONGEST
    into.parent.mkdir(parents=True, exist_ok=True)
    if into.exists() and any(into.iterdir()) and not (into / NAME).is_file():
        raise NotFetchedError(f"{into} holds something else. Name another folder.")
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=f".{into.name}.") as folder:
        fresh = Path(folder) / "last"
        for left in reversed(range(_TRIES)):
            fresh.mkdir()
            try:
                files = _fetch(base, fresh, end, first=first)
                break
            except _ChangedMeanwhileError as error:
                shutil.rmtree(fresh)
                if not left:
                    raise NotFetchedError(f"{base}{error} is not the file that {NAME} names. Run `atlas verify {base}`.") from None
                pause(_BETWEEN)
        if into.exists():
            shutil.rmtree(into)
        if fresh.exists():
            fresh.rename(into)
    return files


def _fetch(base: str, into: Path, end: float, *, first: bool) -> int:
    found = _get(base, NAME, LARGEST_FILE, end)
    if found is None:
        if not first:
            raise NotFetchedError(f"Nothing is published at {base}: it has no {NAME}. If this is the first publication, add --first.")
        into.rmdir()
        return 0
    if len(found) > LARGEST_FILE:
        raise NotFetchedError(f"{base}{NAME} is larger than {LARGEST_FILE} bytes.")
    wanted = {path: entry for path, entry in _files(found).items() if WANTED.fullmatch(path)}
    if sum(entry.size for entry in wanted.values()) > LARGEST_WHOLE:
        raise NotFetchedError(f"The published state is larger than {LARGEST_WHOLE} bytes.")
    if not wanted:
        raise NotFetchedError(f"{base}{NAME} names no records (data/v1/): this is not such a site, or one of an earlier form.")
    (into / NAME).write_bytes(found)
    for path, entry in sorted(wanted.items()):
        content = _get(base, path, entry.size, end)
        if content is None or len(content) != entry.size or hashlib.sha256(content).hexdigest() != entry.sha256:
            raise _ChangedMeanwhileError(path)
        file = into / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return len(wanted)


def _files(text: bytes) -> Mapping[str, Listed]:
    """The files that a manifest names. Raises :class:`NotFetchedError` when it is not one, or not whole."""
    try:
        manifest, claimed = read_manifest(text.decode("utf-8"))
        if manifest.digest != claimed:
            raise ValueError("its digest is not that of its files")
        for path, one in manifest.files.items():
            if not _is_plain(path) or not re.fullmatch(r"[0-9a-f]{64}", one.sha256) or one.size < 0:
                raise ValueError(f"a path, hash or size has not the right form: {path[:80]!r}")
            if WANTED.fullmatch(path) and one.size > LARGEST_FILE:
                raise ValueError(f"a file is larger than {LARGEST_FILE} bytes: {path[:80]!r}")
    except ValueError as error:
        raise NotFetchedError(f"The published {NAME} cannot be used: {error}.") from None
    return manifest.files


def _is_plain(path: str) -> bool:
    """Whether a path stays in its folder, on every system."""
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and "/".join(parts) == path and ".." not in parts and not re.search(r"[\\:\x00-\x1f]", path)


def _get(base: str, path: str, largest: int, end: float) -> bytes | None:
    """The bytes at an address below ``base``, one more than ``largest`` at most; ``None`` when there are none (404, 410)."""
    url = urljoin(base, quote(path))
    headers = {"User-Agent": "korea-care-atlas", "Accept-Encoding": "identity", "Cache-Control": "no-cache"}
    opener = build_opener(_Redirects) if _is_secure(base) else build_opener(_Redirects, ProxyHandler({}))
    try:
        with opener.open(Request(url, headers=headers), timeout=_PATIENCE) as response:
            return _read(response, url, largest, end)
    except HTTPError as error:
        with error:
            if error.code in {404, 410}:
                return None
            raise NotFetchedError(f"{url} answers {error.code}.") from None
    except URLError as error:
        raise NotFetchedError(f"{url} cannot be reached: {error.reason}") from None
    except OSError as error:
        raise NotFetchedError(f"{url} cannot be read: {error}") from None


def _read(response: IO[bytes], url: str, largest: int, end: float) -> bytes:
    found = bytearray()
    while chunk := response.read(min(64 * 1024, largest + 1 - len(found))):
        found += chunk
        if len(found) > largest:
            break
        if time.monotonic() > end:
            raise NotFetchedError(f"{url}: the published state did not come within {LONGEST:.0f} seconds.")
    return bytes(found)


class _Redirects(HTTPRedirectHandler):
    """Follows redirects only to where the first request might have gone."""

    max_redirections = 5

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        _permitted(newurl)
        if _is_secure(req.full_url) and not _is_secure(newurl):
            raise NotFetchedError(f"{req.full_url} leads away from https.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _permitted(url: str) -> None:
    """Raises :class:`NotFetchedError` for an address that is neither https nor on this machine."""
    if not _is_secure(url) and not (urlsplit(url).scheme == "http" and _is_loopback(urlsplit(url).hostname or "")):
        raise NotFetchedError(f"{url} is not an https address.")


def _is_secure(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
