"""The next edition in the folder of the one before the last, so that only what differs is written.

The folder that an exchange displaces is kept as the *spare*, beside the target: ``.site.spare/site``, with what is known of it in
``.site.spare/listing.<inode>``. The next edition is made of it and exchanged with the target in one step. The spare is hidden and belongs
to nobody, so that whatever stops a renewal leaves the target as it was; what then lies in the spare is looked at file by file. The folder
may be deleted at any time; it takes as much room as the site.

A file of the spare or the target is used only if it is what it should be: by its listing (:mod:`atlas.publishing.listing`) or else by its
SHA-256. All others are written anew, and what does not belong to the edition is removed, so that the result is that of a build from
nothing, whatever lay there. Only pages are written to, and none that has another name elsewhere (``cp -al``). Files that are no pages may
stand in both folders under one inode; whoever edits one of them there by hand edits both, and it must be made again.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from atlas.publishing.listing import UNSEEN, Listing, Seen, plain, read_listing, seen
from atlas.publishing.manifest import NAME, Manifest, Written, is_made, with_digest, written
from atlas.publishing.replace import NotReplacedError, exchange, ours, refusal
from atlas.publishing.tree import Tree, folders_of, looked, removed

_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_PATCH = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class LostError(Exception):
    """Files that are neither given nor to be had from a folder, such as ones that were edited there by hand; ``paths`` names them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = tuple(paths)
        super().__init__(*self.paths)


def renew(target: Path, files: Mapping[str, Written], fresh: Mapping[str, bytes]) -> Manifest:
    """Puts an edition of just these ``files`` in the place of ``target``, sealed, in one step. Returns its manifest.

    ``fresh`` is the content of those that were made anew, as it was made, with zeros in the places of the digest; it may name more. All
    others are taken from the spare or from ``target``. Raises :class:`LostError` where one is in neither: make it, and call again.
    Raises :class:`~atlas.publishing.replace.NotReplacedError` as :func:`~atlas.publishing.replace.fresh_folder` does. Whatever is raised,
    ``target`` is as it was. Hold :func:`~atlas.publishing.replace.one_at_a_time` around it.
    """
    ours(target, NAME)
    manifest = Manifest({path: made.listed for path, made in files.items()})
    text = manifest.text().encode("utf-8")
    spare = _spare(target)
    try:
        if spare.parent.is_symlink() or spare.parent.is_file():
            spare.parent.unlink()
        spare.parent.mkdir(parents=True, exist_ok=True)
        work = _Renewal(spare, target, {**files, NAME: written(NAME, text)}, {**fresh, NAME: text}, manifest.digest)
        work.write()
        work.keep()
        exchange(spare, target)
    except OSError as error:
        shutil.rmtree(spare.parent, ignore_errors=True)  # one that stands in the way, or for which there is no room, is no spare
        raise NotReplacedError(refusal(target, error)) from error
    return manifest


def held(target: Path, path: str, made: Written) -> bytes | None:
    """The content of a file as it was ``made``, with zeros in the places of the digest, from ``target`` or its spare, if it is there."""
    for folder in (target, _spare(target)):
        found = _read(f"{folder}/{path}")
        if found and is_made(found[0], made):
            return with_digest(found[0], made.places)
    return None


def list_fresh(target: Path, fresh: Path, files: Mapping[str, Written], digest: str) -> None:
    """Writes down what lies in a folder that was sealed just now and will take the place of ``target``: then the next renewal is quick.

    ``digest`` stands at the foot of its pages. A disk that takes nothing is no fault.
    """
    with suppress(OSError):
        listing = Listing(digest)
        for path, made in (*files.items(), (NAME, written(NAME, (fresh / NAME).read_bytes()))):
            listing.files[path] = plain(made), seen(os.lstat(f"{fresh}/{path}"))
        listing.folders = Tree(str(fresh), listing, files).seen()
        listing.settle()
        spare = _spare(target)
        spare.parent.mkdir(parents=True, exist_ok=True)
        listing.write(_listing_of(spare, fresh))


def _spare(target: Path) -> Path:
    return target.with_name(f".{target.name}.spare") / "site"


class _Renewal:
    """One renewal of the folder ``spare``; ``files`` are all that it will hold."""

    def __init__(self, spare: Path, target: Path, files: Mapping[str, Written], fresh: Mapping[str, bytes], digest: str) -> None:
        self._spare, self._target, self._files, self._fresh = spare, target, files, fresh
        self._known = read_listing(_listing_of(spare, spare)) or Listing()
        self._next = Listing(digest)
        self._is_first = not self._known.files
        self._of_site = (self._is_first and read_listing(_listing_of(spare, target))) or Listing()
        self._there = {(path.rpartition("/")[2], there): path for path, (there, _) in self._of_site.files.items()}
        self._tree = Tree(str(spare), self._known, files)
        mask = os.umask(0o22)
        os.umask(mask)
        self._mode = stat.S_IFREG | 0o666 & ~mask

    def write(self) -> None:
        """Makes of the spare what it must be. Raises :class:`LostError` where a content is not to be had."""
        self._tree.prepare()
        known, ready, spare = self._known.files, self._next.files, f"{self._spare}/"
        is_sealed = self._known.digest == self._next.digest
        lost = []
        for path, made in self._files.items():
            there = known.get(path)
            found: Seen | None = None
            if there and there[0] == made:
                if made.places and not is_sealed:
                    found = self._patched(path, made, there[1])
                elif (now := looked(spare + path)) and seen(now) == there[1]:
                    found = there[1]
            if found and there:
                ready[path] = there[0], found
            elif found := self._recognised(path, made) or self._written(path, made):
                ready[path] = plain(made), found
            else:
                lost.append(path)
        if lost:
            raise LostError(lost)

    def keep(self) -> None:
        """Writes down what lies there now, and what lies in the target, if it was looked at because there was no spare."""
        self._next.folders = self._tree.seen()
        self._next.settle()
        spare, target = _listing_of(self._spare, self._spare), _listing_of(self._spare, self._target)
        for other in self._spare.parent.iterdir():
            if other != self._spare and (other != target or self._is_first):
                removed(str(other))
        self._next.write(spare)
        if self._is_first:
            for folder in folders_of(self._of_site.files):
                self._of_site.folders.setdefault(folder, UNSEEN)
            self._of_site.write(target)

    def _recognised(self, path: str, made: Written) -> Seen | None:
        """A file that is what it must be by its content, where the listing does not know it for something else."""
        there = self._known.files.get(path)
        return self._patched(path, made, None) if there is None or there[0] == made else None

    def _patched(self, path: str, made: Written, there: Seen | None) -> Seen | None:
        """A file with the digest of this edition, if it is what was ``there``; where that is not known, if it has the content."""
        try:
            file = os.open(f"{self._spare}/{path}", _PATCH)
        except OSError:
            return None
        try:
            found = os.fstat(file)
            if seen(found) != there if there else not self._is_made(file, found, made):
                return None
            for place in made.places:
                if os.pwrite(file, self._next.digest.encode(), place) != len(self._next.digest):
                    raise OSError(errno.EIO, os.strerror(errno.EIO), path)
            return seen(os.fstat(file))
        finally:
            os.close(file)

    def _is_made(self, file: int, found: os.stat_result, made: Written) -> bool:
        """Whether a file is what was made, a file as we write them, and, if it will be written to, nobody else's."""
        if found.st_mode != self._mode or found.st_size != made.listed.size or (made.places and found.st_nlink != 1):
            return False
        return is_made(os.pread(file, found.st_size, 0), made)

    def _written(self, path: str, made: Written) -> Seen | None:
        """A file that is written anew, of what is given or lies in the target. One that a server is sending stays as it is for it."""
        if found := self._linked(path, made):
            return found
        content = self._fresh.get(path)
        if content is None or not is_made(content, made):
            content = self._of_target(path, made)
        if content is None:
            return None
        handle = os.open(self._cleared(path), _NEW, 0o666)
        try:
            rest = memoryview(with_digest(content, made.places, self._next.digest))
            while rest:
                rest = rest[os.write(handle, rest) :]
            return seen(os.fstat(handle))
        finally:
            os.close(handle)

    def _cleared(self, path: str) -> str:
        file = f"{self._spare}/{path}"
        removed(file)
        self._tree.touch(path)
        return file

    def _linked(self, path: str, made: Written) -> Seen | None:
        """A file of the target under a second name, where all are taken from it: it is never written to, and costs a third of a copy."""
        other = None if made.places else self._there.get((path.rpartition("/")[2], made))
        if other is None:
            return None
        there, before = self._of_site.files[other]
        now = looked(f"{self._target}/{other}")
        if not now or seen(now) != before:
            return None
        file = self._cleared(path)
        try:
            os.link(f"{self._target}/{other}", file, follow_symlinks=False)
        except OSError:  # a file system without links
            return None
        found = seen(os.lstat(file))
        self._of_site.files[other] = there, found
        return found

    def _of_target(self, path: str, made: Written) -> bytes | None:
        """The content of a file of the target, if it is what it must be."""
        found = _read(f"{self._target}/{path}")
        if not found or (self._of_site.files.get(path) != (made, found[1]) and not is_made(found[0], made)):
            return None
        if self._is_first:
            self._of_site.files[path] = plain(made), found[1]
        return found[0]


def _listing_of(spare: Path, folder: Path) -> Path:
    """Listings are named after the inode of their folder, so that an exchange changes nothing in them."""
    found = looked(str(folder))
    return spare.with_name(f"listing.{found.st_ino if found else 0}")


def _read(path: str) -> tuple[bytes, Seen] | None:
    """The content of a plain file, and what is seen of it."""
    try:
        handle = os.open(path, _LOOK)
    except OSError:
        return None
    try:
        found = os.fstat(handle)
        return (os.pread(handle, found.st_size, 0), seen(found)) if stat.S_ISREG(found.st_mode) else None
    finally:
        os.close(handle)
