"""How the files of a project stand: what tells whether one is as it was when it was last read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from atlas.intake.limits import LARGEST
from atlas.intake.names import LEFTOVERS

FOLDERS = ("data", "docs", "overrides")
State = tuple[object, ...]
"""Equal for two looks at a file only if it has not changed between them; the first part is its ``st_mode``."""
_LARGEST = max(LARGEST.values())


def of_file(path: str, found: os.stat_result, *, content: bool = False) -> State:
    """How one file stands; ``content``: by what is in it, so that it is the same in another copy of the project or after a checkout.

    What is no plain file, is too large or cannot be read stands by its time and place, so that its fault is told each time it changes.
    """
    if content and stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST:
        try:
            with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as opened:  # noqa: PTH123
                return found.st_mode, hashlib.sha256(opened.read()).digest()
        except OSError:
            pass
    return found.st_mode, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def files_below(root: Path, folders: Iterable[str] = FOLDERS, *, content: bool = False) -> dict[str, State]:
    """Every file and folder below some folders of a project, by path in order, but what editors and systems leave behind."""
    found: dict[str, State] = {}
    for folder in folders:
        found |= sorted(_below(str(root), folder, content=content), key=lambda one: one[0].split("/"))
    return found


def _below(root: str, folder: str, *, content: bool) -> Iterator[tuple[str, State]]:
    try:
        yield folder, (os.lstat(f"{root}/{folder}").st_mode,)
        with os.scandir(f"{root}/{folder}") as there:
            entries = list(there)
    except OSError as error:
        yield folder, (0, error.errno)
        return
    for entry in entries:
        if LEFTOVERS.fullmatch(entry.name):
            continue
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, path, content=content)
        else:
            yield path, of_file(entry.path, entry.stat(follow_symlinks=False), content=content)
