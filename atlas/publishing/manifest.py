"""``manifest.json``: what a site consists of, so that anybody can tell whether a copy of it is whole and unchanged.

``{"version": 1, "digest": …, "files": {path: {"size": bytes, "sha256": hex}}}``, paths in order. The *digest* is the
SHA-256 (FIPS 180-4) of the compact JSON of ``files``; it stands at the foot of every page. A page cannot hold its own hash, so pages
(``.html``) are hashed with 64 zeros in the place of the digest.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring
from pathlib import Path
from typing import NamedTuple

NAME = "manifest.json"
PLACEHOLDER = "0" * 64
_PLACE = re.compile(PLACEHOLDER.encode())
COMPRESSED = (".br", ".gz")
"""Endings of the compressed copies beside a file, which are not listed: each must unpack to its file."""


class Listed(NamedTuple):
    """One file: its size in bytes and the SHA-256 of its content, in hex."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All files of a site by path."""

    files: Mapping[str, Listed]

    @cached_property
    def digest(self) -> str:
        """What stands for the whole site."""
        return hashlib.sha256(self._json.encode("utf-8")).hexdigest()

    def text(self) -> str:
        """The file as it is published."""
        return f'{{"version":1,"digest":"{self.digest}","files":{self._json}}}\n'

    @cached_property
    def _json(self) -> str:
        """What :func:`json.dumps` makes of the files, compact and in order, in a quarter of its time."""
        quoted = encode_basestring
        lines = [f'{quoted(path)}:{{"sha256":{quoted(sha256)},"size":{size}}}' for path, (size, sha256) in sorted(self.files.items())]
        return "{" + ",".join(lines) + "}"


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
    start = len(str(site)) + 1
    found = ((os.path.join(folder, name)[start:], name) for folder, _, names in os.walk(site) for name in names)  # noqa: PTH118  # quick
    return [(path, site / path) for path, name in sorted(found) if path != NAME and not name.endswith(COMPRESSED)]


class Written(NamedTuple):
    """A file as it was written; ``places`` are the bytes at which the digest of the manifest will stand."""

    listed: Listed
    places: tuple[int, ...] = ()


def written(path: str, content: bytes) -> Written:
    """What a file is, before the digest stands in it."""
    places = tuple(match.start() for match in _PLACE.finditer(content)) if path.endswith(".html") else ()
    return Written(Listed(len(content), hashlib.sha256(content).hexdigest()), places)


def with_digest(content: bytes, places: Iterable[int], digest: str = PLACEHOLDER) -> bytes:
    """A content with a digest in its places."""
    if not places:
        return content
    filled, put = bytearray(content), digest.encode()
    for place in places:
        filled[place : place + len(put)] = put
    return bytes(filled)


def is_made(content: bytes, made: Written) -> bool:
    """Whether a content is what was made, whatever digest stands in its places."""
    return len(content) == made.listed.size and hashlib.sha256(with_digest(content, made.places)).hexdigest() == made.listed.sha256


def seal(site: Path, known: Mapping[str, Written] | None = None) -> Manifest:
    """Writes the manifest of a built site, and its digest into the foot of every page. What is ``known`` of a file is not read again."""
    known = known or {}
    found = {path: known[path] if path in known else written(path, file.read_bytes()) for path, file in published_files(site)}
    manifest = Manifest({path: one.listed for path, one in found.items()})
    digest = manifest.digest.encode()
    for path, one in found.items():
        if one.places:
            file = os.open(f"{site}/{path}", os.O_WRONLY)  # a site has thousands of them: a file object takes three times as long
            for place in one.places:
                os.pwrite(file, digest, place)
            os.close(file)
    (site / NAME).write_text(manifest.text(), encoding="utf-8")
    return manifest
