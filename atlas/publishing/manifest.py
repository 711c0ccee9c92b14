"""``manifest.json``: what a site consists of, so that anybody can tell whether a copy of it is whole and unchanged.

``{"version": 1, "digest": …, "files": {path: {"size": bytes, "sha256": hex}}}``, paths in order. The *digest* is the
SHA-256 (FIPS 180-4) of the compact JSON of ``files``; it stands at the foot of every page. A page cannot hold its own hash, so pages
(``.html``) are hashed with 64 zeros in the place of the digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "manifest.json"
PLACEHOLDER = "0" * 64
COMPRESSED = frozenset({".br", ".gz"})
"""Endings of the compressed copies beside a file, which are not listed: each must unpack to its file."""


@dataclass(frozen=True)
class Listed:
    """One file: its size in bytes and the SHA-256 of its content, in hex."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All files of a site by path."""

    files: Mapping[str, Listed]

    @property
    def digest(self) -> str:
        """What stands for the whole site."""
        return hashlib.sha256(_json(self.files).encode("utf-8")).hexdigest()

    def text(self) -> str:
        """The file as it is published."""
        return f'{{"version":1,"digest":"{self.digest}","files":{_json(self.files)}}}\n'


def _json(files: Mapping[str, Listed]) -> str:
    listed = {path: {"size": one.size, "sha256": one.sha256} for path, one in files.items()}
    return json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_manifest(text: str) -> tuple[Manifest, str]:
    """A manifest, and the digest that it claims. Raises :class:`ValueError` where it is not one."""
    try:
        document = json.loads(text)
        if document["version"] != 1:
            raise ValueError(f"{NAME} has version {document['version']}; this program reads version 1")
        files = {str(path): Listed(int(one["size"]), str(one["sha256"])) for path, one in document["files"].items()}
        return Manifest(files), str(document["digest"])
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"this is not a manifest of a site: {error!r}") from None


def listed(path: str, content: bytes, digest: str) -> Listed:
    """A file as the manifest lists it; ``digest`` is what stands at the foot of pages."""
    if path.endswith(".html"):
        content = content.replace(digest.encode(), PLACEHOLDER.encode())
    return Listed(len(content), hashlib.sha256(content).hexdigest())


def published_files(site: Path) -> Iterable[tuple[str, Path]]:
    """The files of a site that a manifest lists, by path, in the order of their paths."""
    found = ((path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file() and path.suffix not in COMPRESSED)
    return sorted((path, file) for path, file in found if path != NAME)


def seal(site: Path) -> Manifest:
    """Writes the manifest of a built site, and its digest into the foot of every page."""
    files, pages = {}, []
    for path, file in published_files(site):
        content = file.read_bytes()
        files[path] = listed(path, content, PLACEHOLDER)
        if path.endswith(".html"):
            pages.append((file, content))
    manifest = Manifest(files)
    digest = manifest.digest.encode()
    for file, content in pages:
        file.write_bytes(content.replace(PLACEHOLDER.encode(), digest))
    (site / NAME).write_text(manifest.text(), encoding="utf-8")
    return manifest
