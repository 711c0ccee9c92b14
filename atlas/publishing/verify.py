"""Whether a folder, or a site on the net, is what its manifest says."""

from __future__ import annotations

import gzip
import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from atlas.publishing.manifest import COMPRESSED, NAME, Manifest, listed, published_files, read_manifest

SECONDS = 30
"""How long one answer of a host may take."""
LARGEST = 200_000_000
"""How many bytes one file may have."""
AT_ONCE = 8
FOR_HOSTS = frozenset({"_headers", "_redirects", ".htaccess"})
"""Files that speak to the host and are not given to readers."""


def verify(where: str) -> list[str]:
    """What differs between a site and its manifest, in words; nothing when all is as it was built.

    ``where`` is a folder or an address that begins with ``https://`` or ``http://``. Raises :class:`ValueError` where there is no manifest,
    and :class:`OSError` where a host cannot be reached.
    """
    if where.startswith(("https://", "http://")):
        return _verify(*_manifest(_fetched(where.rstrip("/") + "/")), _fetched(where.rstrip("/") + "/"), FOR_HOSTS)
    site = Path(where)
    if not (site / NAME).is_file():
        raise ValueError(f"{where} has no {NAME}: it is not a built site")
    read = _read(site)
    manifest, claimed = _manifest(read)
    known = {path for path, _ in published_files(site)}
    return [
        *_verify(manifest, claimed, read, frozenset()),
        *(f"{path}: not in the manifest" for path in sorted(known - manifest.files.keys())),
        *_compressed(site, known),
    ]


Content = Callable[[str], bytes | None]
"""The content of a path, or nothing where there is none."""


def _read(site: Path) -> Content:
    def read(path: str) -> bytes | None:
        file = site / path
        return file.read_bytes() if file.is_file() and file.resolve().is_relative_to(site.resolve()) else None

    return read


def _fetched(address: str) -> Content:
    def fetch(path: str) -> bytes | None:
        shown = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
        url = address + urllib.parse.quote(shown)
        request = urllib.request.Request(url, headers={"User-Agent": "korea-care-atlas-verify", "Accept-Encoding": "identity"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return bytes(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            if error.code in {404, 410}:
                return None
            raise OSError(f"{url} answers {error.code} {error.reason}") from None
        except http.client.HTTPException as error:
            raise OSError(f"{url} breaks off: {error!r}") from None

    return fetch


def _manifest(content: Content) -> tuple[Manifest, str]:
    text = content(NAME)
    if text is None:
        raise ValueError(f"there is no {NAME}: it is not a built site")
    return read_manifest(text.decode("utf-8"))


def _verify(manifest: Manifest, claimed: str, content: Content, without: Iterable[str]) -> list[str]:
    digest = manifest.digest
    found = [] if digest == claimed else [f"{NAME}: its digest is {claimed}, but its files give {digest}"]
    paths = sorted(manifest.files.keys() - set(without))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for path, got in zip(paths, pool.map(content, paths), strict=True):
            if got is None:
                found.append(f"{path}: missing")
            elif listed(path, got, digest) != manifest.files[path]:
                found.append(f"{path}: changed")
    return found


def _compressed(site: Path, known: set[str]) -> Iterator[str]:
    """Compressed copies that do not unpack to the file beside them."""
    unpack = {".br": brotli.decompress, ".gz": gzip.decompress}
    for file in sorted(path for path in site.rglob("*") if path.is_file() and path.suffix in COMPRESSED):
        path = file.relative_to(site).as_posix()
        beside = path.removesuffix(file.suffix)
        try:
            if beside not in known:
                yield f"{path}: there is no {beside}"
            elif unpack[file.suffix](file.read_bytes()) != (site / beside).read_bytes():
                yield f"{path}: is not {beside}"
        except (brotli.error, OSError, EOFError) as error:
            yield f"{path}: cannot be unpacked ({error})"
