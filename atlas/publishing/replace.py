"""A fresh folder in the place of an old one, so that a reader, or a build that is killed, never finds half of it."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from atlas.publishing.manifest import NAME

_AT_CWD, _EXCHANGE = -100, 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` of renameat2(2), Linux 3.15."""


class NotReplacedError(Exception):
    """A folder that must not be replaced, or cannot be; the message says why and what to do. It is as it was."""


@contextmanager
def fresh_folder(target: Path, mark: str = NAME) -> Iterator[Path]:
    """An empty folder beside ``target``, which takes its place when all went well; else it is removed, and ``target`` is as it was.

    What earlier, killed runs have left is removed first. Hold :func:`one_at_a_time` around it.
    Raises :class:`NotReplacedError` where ``target`` is not a built site (does not hold ``mark``), and where the disk refuses.
    """
    ours(target, mark)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        for left in target.parent.glob(f".{target.name}.[0-9]*"):
            shutil.rmtree(left)
        fresh.mkdir(parents=True)
    except OSError as error:
        raise NotReplacedError(refusal(target, error)) from error
    try:
        yield fresh
        exchange(fresh, target)
    except OSError as error:
        raise NotReplacedError(refusal(target, error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def exchange(fresh: Path, target: Path) -> None:
    """Puts ``fresh`` in the place of ``target`` in one step; what stood there is then called ``fresh``."""
    if not target.exists():
        fresh.rename(target)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(_AT_CWD, os.fsencode(fresh), _AT_CWD, os.fsencode(target), _EXCHANGE) == 0:
        return
    number = ctypes.get_errno()
    if number not in {errno.EINVAL, errno.ENOSYS}:
        raise OSError(number, os.strerror(number), str(target))
    # A file system without the exchange, such as NFS: two steps, the nearest to one that there is.
    old = target.with_name(f".{target.name}.0")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    old.rename(fresh)


def ours(target: Path, mark: str) -> None:
    """Refuses a target that is something else than an empty folder or one that holds ``mark``, as a built site does its manifest."""
    try:
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise NotReplacedError(f"{target} is not a folder. Name another folder, or move it away; it was left as it was.")
        names = {path.name for path in target.iterdir()} if target.exists() else set()
    except OSError as error:
        raise NotReplacedError(refusal(target, error)) from error
    if names and mark not in names and not {"index.html", "sitemap.xml", "robots.txt"} <= names:
        what = f"{target} holds other things than a built site (such as {min(names)})"
        raise NotReplacedError(f"{what}. Name an empty folder, or empty this one; it was left as it was.")


def refusal(target: Path, error: OSError) -> str:
    """What to tell where the disk refuses."""
    why = error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    mend = {
        errno.ENOSPC: "Make room on the disk.",
        errno.EDQUOT: "Make room on the disk.",
        errno.EROFS: "Name a folder that can be written to.",
        errno.EACCES: "Name a folder that you may write to.",
        errno.EPERM: "Name a folder that you may write to.",
    }.get(error.errno or 0, "Look at the folder and its disk.")
    return f"{target} was not written: {why}{where}. {mend} What stood there is as it was."


@contextmanager
def one_at_a_time(lock: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Waits until no other process holds ``lock``. The kernel lets go of it when a process ends, however it ends."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = lock.open("a")
    except OSError as error:
        raise NotReplacedError(refusal(lock.parent, error)) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another build is going on here: waiting until it ends.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
