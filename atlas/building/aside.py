"""What a process lays aside for another: in a file that no name leads to, because all pages at once would not fit into memory."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
_FOLDER = Path("build") / "cache"


@dataclass(frozen=True)
class Laid(Generic[T]):
    """Where a value lies."""

    file: int
    start: int
    size: int

    def value(self) -> T:
        """The value, read anew each time."""
        found: T = pickle.loads(self.pickled())  # a process of this build has written it
        return found

    def pickled(self) -> bytes:
        """The value as it lies there."""
        return os.pread(self.file, self.size, self.start)


class Aside:
    """A file of the project at ``root`` for what one process lays aside; to be opened before it and those who read it are forked off."""

    def __init__(self, root: Path) -> None:
        (root / _FOLDER).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root / _FOLDER) as file:
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)
        self._end = 0

    def lay(self, value: T) -> Laid[T]:
        """Lays a plain value aside. Raises :class:`OSError` where the disk takes nothing."""
        start = self._end
        pickle.dump(value, self, pickle.HIGHEST_PROTOCOL)
        return Laid(self._file, start, self._end - start)

    def write(self, content: bytes) -> int:
        """What ``pickle`` asks for: it hands over pieces, so that a large value is not held a second time."""
        rest = memoryview(content)
        while rest:
            done = os.pwrite(self._file, rest, self._end)
            self._end, rest = self._end + done, rest[done:]
        return len(content)
