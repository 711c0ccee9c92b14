"""Writes the files of a site, and knows of each what the manifest will say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from atlas.publishing.manifest import Listed, Written, written


@dataclass
class Writing:
    """The files that were written into the folder ``site``, by address; without a folder they are held until somebody does."""

    site: Path | None
    files: dict[str, Written] = field(default_factory=dict)
    held: dict[str, bytes] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)

    def text(self, address: str, text: str) -> None:
        """Writes a text (UTF-8)."""
        self.content(address, text.encode("utf-8"))

    def content(self, address: str, content: bytes) -> None:
        """Writes a file."""
        self.files[address] = written(address, content)
        if self.site is None:
            self.held[address] = content
            return
        with self._opened(self.site, address) as file:
            file.write(content)

    def pieces(self, address: str, pieces: Iterable[bytes | memoryview]) -> Listed:
        """Writes a file that is no page piece by piece, as it is made. Returns how the manifest lists it."""
        if self.site is None:
            self.content(address, b"".join(pieces))
            return self.files[address].listed
        size, digest = 0, sha256()
        with self._opened(self.site, address) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files[address] = Written(Listed(size, digest.hexdigest()))
        return self.files[address].listed

    def _opened(self, site: Path, address: str) -> BinaryIO:
        folder = address.rpartition("/")[0]
        if folder not in self._folders:
            (site / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return open(f"{site}/{address}", "wb")  # noqa: PTH123  # a third of the time of a Path
