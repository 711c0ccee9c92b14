"""The folders of an edition: made, cleared of what does not belong to it, and renamed where that saves writing what is in them."""

from __future__ import annotations

import os
import shutil
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Set
from pathlib import Path

from atlas.publishing.listing import Listing, Plain, Seen, seen
from atlas.publishing.manifest import Written


class Tree:
    """The folder ``root``, of which ``known`` was seen, and ``files`` are all that it will hold. Paths of folders end without a slash."""

    def __init__(self, root: str, known: Listing, files: Mapping[str, Written]) -> None:
        self._root, self._known, self._files = root, known, files
        self._folders = folders_of(files)
        self._as_known: set[str] = set()
        self._changed: set[str] = set()

    def prepare(self) -> None:
        """Makes the folders and removes whatever else stands there. What stands where a file will be is a plain file, if it is anything."""
        moves = _moves(self._known, self._files, self._folders)
        sources = frozenset(moves.values())
        for folder in sorted(self._folders):  # a folder before what is in it
            path = self._path(folder)
            found = looked(path)
            if found and not _is_folder(found):
                removed(path)
                found = None
            if not found and (source := moves.get(folder)) and _is_folder(looked(self._path(source))):
                Path(self._path(source)).rename(path)
                self._known.move(source, folder)
                found = os.lstat(path)
            if not found:
                Path(path).mkdir()
                self.touch(folder)
            elif folder and seen(found) == self._known.folders.get(folder):  # the root changes when it takes the place of another
                self._as_known.add(folder)
            else:
                self._tidy(folder, sources)
        gone = self._known.files.keys() - self._files.keys() | self._known.folders.keys() - self._folders
        for path in sources.union(path for path in gone if _folder_of(path) in self._as_known):
            removed(self._path(path))
            self.touch(path)

    def touch(self, path: str) -> None:
        """A file or folder comes or goes here, which changes the folder that it stands in."""
        self._changed.add(_folder_of(path))

    def seen(self) -> dict[str, Seen]:
        """The folders as they are now."""
        still, known = self._as_known - self._changed, self._known.folders
        return {one: known[one] if one in still else seen(os.lstat(self._path(one))) for one in self._folders}

    def _path(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _tidy(self, folder: str, sources: Set[str]) -> None:
        """Removes from a folder that was touched what does not belong there."""
        with os.scandir(self._path(folder)) as entries:
            for entry in list(entries):
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    belongs = path in self._folders or path in sources
                else:
                    belongs = path in self._files and entry.is_file(follow_symlinks=False)
                if not belongs:
                    removed(entry.path)


def _moves(known: Listing, files: Mapping[str, Written], folders: Set[str]) -> dict[str, str]:
    """New folders with the one beside them that is gone and holds most of their files: ``search/new`` → ``search/old``."""
    gone, new = _tops(known.folders.keys(), folders), _tops(folders, known.folders.keys())
    place: dict[tuple[str, str, Plain], str] = {}
    if gone and new:
        for path, (made, _) in known.files.items():
            if source := gone.get(_folder_of(path)):
                place[_folder_of(source), path[len(source) :], made] = source
    shared: dict[str, Counter[str]] = {}
    if place:
        for path, one in files.items():
            folder = new.get(_folder_of(path))
            if folder and (source := place.get((_folder_of(folder), path[len(folder) :], one))):
                shared.setdefault(folder, Counter())[source] += 1
    moves: dict[str, str] = {}
    for folder, sources in shared.items():
        for source, _ in sources.most_common():
            if source not in moves.values():
                moves[folder] = source
                break
    return moves


def _tops(folders: Collection[str], others: Collection[str]) -> dict[str, str]:
    """The folders that the others lack, each with the highest one above it, or itself, that they lack."""
    tops: dict[str, str] = {}
    for folder in sorted(set(folders) - set(others)):
        above = _folder_of(folder)
        tops[folder] = tops.get(above, folder)
    return tops


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that files stand in, and those above them; that of the whole is empty."""
    folders = {""}
    for path in paths:
        folder = _folder_of(path)
        while folder not in folders:
            folders.add(folder)
            folder = _folder_of(folder)
    return folders


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def looked(path: str) -> os.stat_result | None:
    """What stands at a path, if anything does."""
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_folder(found: os.stat_result | None) -> bool:
    return found is not None and stat.S_ISDIR(found.st_mode)


def removed(path: str) -> None:
    """Removes whatever stands at a path; what a link leads to stays."""
    if found := looked(path):
        if _is_folder(found):
            shutil.rmtree(path)
        else:
            Path(path).unlink()
