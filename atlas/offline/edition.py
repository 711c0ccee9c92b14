"""The files of a site as offline reads them: from a folder, or, where only some were made anew, from wherever each of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from atlas.publishing.manifest import Written, written


@dataclass(frozen=True)
class Files:
    """``read`` gives the content of a file as it was made, and raises :class:`FileNotFoundError`; ``made`` is what is known of some."""

    read: Callable[[str], bytes]
    made: Mapping[str, Written] = field(default_factory=dict)

    def sha256(self, address: str) -> str:
        """Which content a file has."""
        return self.made[address].listed.sha256 if address in self.made else sha256(self.read(address)).hexdigest()

    def put(self, address: str, content: bytes) -> Files:
        """The same files, with this one in its place."""
        return Files(lambda one: content if one == address else self.read(one), {**self.made, address: written(address, content)})

    def there(self, address: str) -> bool:
        """Whether there is such a file."""
        try:
            return address in self.made or self.read(address) is not None
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return False


def files_in(site: Path, made: Mapping[str, Written] | None = None) -> Files:
    """The files of a folder that a site was written into."""
    return Files(lambda address: (site / address).read_bytes(), made or {})
