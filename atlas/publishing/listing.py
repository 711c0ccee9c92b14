"""What lay in the folder of an edition when it was last written, so that a look at it tells whether anybody has touched it since.

What the system says of a file (size, inode, times of its content and of its entry, in nanoseconds) changes with every write, rename and
change of rights, and the time of the entry cannot be set by hand (inode(7)). After a start of the machine nothing of it is believed: a
power cut may keep the times of a file and lose its content. A listing that is lost, or of another form, only costs time: then the content
is looked at.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from atlas.publishing.manifest import Written

T = TypeVar("T")
FORM = 1
Seen = tuple[int, int, int, int]
"""Size in bytes, time of the last write, inode, time of the last change of any kind."""
UNSEEN: Seen = (0, 0, 0, 0)
"""For a folder that is there, but was not looked into."""
Plain = tuple[tuple[int, str], tuple[int, ...]]
"""A :class:`~atlas.publishing.manifest.Written` as :mod:`marshal` keeps it; the two are equal when they say the same."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_COARSE = 5
"""``CLOCK_REALTIME_COARSE`` of clock_gettime(2): the clock that times of files are taken from."""
_PATIENCE = 0.05


def seen(of: os.stat_result) -> Seen:
    """What is compared."""
    return of.st_size, of.st_mtime_ns, of.st_ino, of.st_ctime_ns


def plain(made: Written) -> Plain:
    """A file as it was made, as it is kept."""
    (size, sha256), places = made
    return (size, sha256), places


@dataclass
class Listing:
    """A folder that holds one edition: each file by path, as it was made and as it was seen, and each folder as it was seen.

    ``digest`` stands at the foot of its pages. The path of a folder ends without a slash; that of the whole is empty.
    """

    digest: str = ""
    files: dict[str, tuple[Plain, Seen]] = field(default_factory=dict)
    folders: dict[str, Seen] = field(default_factory=dict)

    def write(self, file: Path) -> None:
        """Writes it into a new file. Half a listing is none."""
        payload = marshal.dumps((self.digest, self.files, self.folders))
        file.write_bytes(_seal(payload) + payload)

    def move(self, source: str, folder: str) -> None:
        """Knows a folder, and all in it, by another name."""
        self.files = _moved(self.files, source, folder)
        self.folders = _moved(self.folders, source, folder)

    def settle(self) -> None:
        """Returns when the clock of the files has moved on, so that whatever is written from now on has a later time."""
        newest = max((found[3] for _, found in self.files.values()), default=0)
        newest = max(newest, *(found[3] for found in self.folders.values()), 0)
        end = time.monotonic() + _PATIENCE
        while time.clock_gettime_ns(_COARSE) <= newest and time.monotonic() < end:
            time.sleep(0.001)


def read_listing(file: Path) -> Listing | None:
    """The listing that was written into ``file`` since the machine was started, if it is whole."""
    if not file.is_file():
        return None
    content = file.read_bytes()
    seal, payload = content[:32], content[32:]
    if seal != _seal(payload):
        return None
    return Listing(*marshal.loads(payload))  # plain values that this program has written


def _moved(known: Mapping[str, T], source: str, folder: str) -> dict[str, T]:
    inside, start = f"{source}/", len(source)
    return {folder + path[start:] if path == source or path.startswith(inside) else path: one for path, one in known.items()}


def _seal(payload: bytes) -> bytes:
    try:
        boot = _BOOT.read_text(encoding="ascii")
    except OSError:
        boot = str(time.monotonic_ns())  # not known: believed by nobody
    return hashlib.sha256(f"{FORM} {sys.version} {boot}\n".encode() + payload).digest()
