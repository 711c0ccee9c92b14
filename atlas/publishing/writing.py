"""Writes the files of a site, and knows of each what the manifest will say."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from atlas.publishing.manifest import Written, written


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
        folder = address.rpartition("/")[0]
        if folder not in self._folders:
            (self.site / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        with open(f"{self.site}/{address}", "wb") as file:  # noqa: PTH123  # a third of the time of a Path
            file.write(content)
