"""What a build is made from, as one digest: parts of one site must agree in it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("atlas", "data", "docs", "hooks", "overrides")
FILES = ("mkdocs.yml", "requirements/site.txt")


def inputs_digest(root: Path, origin: str, last: Path | None) -> str:
    """SHA-256 in hex of every file that a build reads, the address it is for, the site it is compared with, and the version of Python."""
    digest = hashlib.sha256(f"{origin}\n{sys.version_info[:3]}\n".encode())
    for file in _files(root, last):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root) if file.is_relative_to(root) else file.name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(root: Path, last: Path | None) -> Iterator[Path]:
    for name in FILES:
        if (root / name).is_file():
            yield root / name
    for folder in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")
    if last:
        yield from sorted(path for name in ("data", "changes") for path in (last / name).rglob("*") if path.suffix in {".json", ".yaml"})
