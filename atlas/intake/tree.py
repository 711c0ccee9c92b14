"""One walk over the folders that people edit: what lies there, and whether it may."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from atlas.fault import Fault, shown
from atlas.intake.drawing import drawing_faults
from atlas.intake.encoding import kind_fault
from atlas.intake.limits import LARGEST, LONGEST_NAME, LONGEST_PATH
from atlas.intake.names import GENERATED, LEFTOVERS, name_trouble
from atlas.intake.signature import signature

_ENDINGS = {"docs": (".md",), "data": (".table.json", ".yaml", ".json")}
_IMAGES = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".gif": "gif", ".webp": "webp", ".avif": "avif", ".ico": "ico"}
_PICTURES = {*_IMAGES, ".svg", ".bmp", ".tif", ".tiff", ".heic"}
_TABLES = {".csv", ".tsv", ".xls", ".xlsx", ".ods"}


def tree_faults(root: Path, languages: Iterable[str]) -> list[Fault]:
    """What is wrong with the files and folders below ``docs``, ``data`` and ``overrides`` of a project, before any is read."""
    faults: list[Fault] = []
    for top in ("docs", "data", "overrides"):
        if not (root / top).is_dir():
            faults.append(Fault(top, 1, 1, "folder", "this folder is missing", "nothing", "Put it back."))
            continue
        for path, entry in _walk(root, top, faults):
            if entry.is_file(follow_symlinks=False):
                faults += _file_faults(root, path, entry)
    faults += _places(root, tuple(languages))
    return faults


def _walk(root: Path, top: str, faults: list[Fault]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file and folder below ``top`` whose kind is allowed; a link is told and not followed, and so are things that are not files."""
    if (root / top).is_symlink():
        faults += filter(None, [kind_fault(top, (root / top).lstat().st_mode)])
        return
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            mend = "Give yourself the right to read it (chmod u+rx)."
            faults.append(Fault(folder, 1, 1, "folder", "this folder cannot be read", shown(error.strerror), mend))
            continue
        alike: dict[str, str] = {}
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if wrong := kind_fault(path, entry.stat(follow_symlinks=False).st_mode):
                faults.append(wrong)
                continue
            if LEFTOVERS.fullmatch(entry.name):
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            faults += _name_faults(path, entry.name, top, is_folder=is_folder)
            key = unicodedata.normalize("NFKC", entry.name).casefold()
            if key in alike:
                what = "two names here differ only in capitals or in how their letters are encoded"
                faults.append(Fault(path, 1, 1, "file", what, shown(alike[key]), "Keep one: many systems cannot tell them apart."))
            alike.setdefault(key, entry.name)
            if is_folder:
                folders.append(path)
            yield path, entry


def _name_faults(path: str, name: str, top: str, *, is_folder: bool) -> Iterator[Fault]:
    if len(name) > LONGEST_NAME or len(path) > LONGEST_PATH:
        yield Fault(path, 1, 1, "file", f"this name has more than {LONGEST_NAME} characters", f"{len(name)}", "Choose a shorter one.")
        return
    if top == "overrides":
        stem = name.split(".", 1)[0].strip("_")
        if (trouble := name_trouble(stem.casefold())) or not name.isascii():
            yield Fault(path, 1, 1, "file", *_told(trouble, name))
        return
    ending = "" if is_folder else next((one for one in _ENDINGS[top] if name.endswith(one)), None)
    if ending is None:
        yield _stranger(path, name, top)
        return
    if name == "index.md":
        return
    if trouble := name_trouble(name.removesuffix(ending) if ending else name):
        yield Fault(path, 1, 1, "file", *_told(trouble, name))


def _told(trouble: tuple[str, str] | None, name: str) -> tuple[str, str, str]:
    what, mend = trouble or ("this name is not made of plain letters", "Rename it.")
    return what, shown(name), mend


def _stranger(path: str, name: str, top: str) -> Fault:
    """A file of a kind that has no place in ``docs`` or ``data``."""
    ending = Path(name).suffix.lower()
    if top == "docs" and ending in _PICTURES:
        what, mend = "pages carry no images", "Take it out and say in words what it shows; drawings of the site lie in overrides/assets/."
    elif ending in _TABLES:
        what, mend = "tables are not read from files of this kind", "Write the figures into data/series.yaml or another YAML file."
    elif top == "docs":
        what, mend = "pages are Markdown files", "End its name in .md, or take it out."
    else:
        what, mend = "nothing reads this file", "Give it the name and place of its kind, or take it out."
    return Fault(path, 1, 1, "file", what, shown(name), mend)


def _file_faults(root: Path, path: str, entry: os.DirEntry[str]) -> Iterator[Fault]:
    """Files of ``overrides``: drawings without scripts, images that are what their names say. Others are read, and judged, elsewhere."""
    if not path.startswith("overrides/") or LEFTOVERS.fullmatch(entry.name):
        return
    ending = Path(entry.name).suffix.lower()
    if entry.stat(follow_symlinks=False).st_size > LARGEST["overrides"]:
        got = f"more than {LARGEST['overrides'] // 1024} KiB"
        yield Fault(path, 1, 1, "file", "this file is too large", got, "No page can carry it: make it smaller.")
    elif ending == ".svg":
        yield from drawing_faults((root / path).read_bytes(), path)
    elif ending in _IMAGES:
        with (root / path).open("rb") as opened:
            kind = signature(opened.read(32))
        if kind is None or kind[0] != _IMAGES[ending]:
            got = kind[1] if kind else "no image"
            yield Fault(path, 1, 1, "file", "this is not the image that its name says", got, "Save it anew, or correct its name.")


def _places(root: Path, languages: tuple[str, ...]) -> Iterator[Fault]:
    """What lies directly in ``docs``, and pages at addresses that the engine writes itself."""
    if not (root / "docs").is_dir() or (root / "docs").is_symlink():
        return
    with os.scandir(root / "docs") as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"docs/{entry.name}"
        if entry.is_symlink() or LEFTOVERS.fullmatch(entry.name):
            continue
        if not entry.is_dir():
            if entry.name.endswith(".md"):
                mend = f"Put it into the folder of its language, such as docs/{languages[0] if languages else 'en'}/."
                yield Fault(path, 1, 1, "file", "this page lies in no language", shown(entry.name), mend)
        elif languages and entry.name not in languages:
            mend = f"Use one of: {', '.join(languages)}; or add the language in data/languages.yaml."
            yield Fault(path, 1, 1, "folder", "this is not a language of this site", shown(entry.name), mend)
        else:
            yield from _taken(root, path, languages)


def _taken(root: Path, folder: str, languages: tuple[str, ...]) -> Iterator[Fault]:
    with os.scandir(root / folder) as found:
        names = sorted(entry.name for entry in found)
    for name in names:
        stem = name.removesuffix(".md")
        if stem in GENERATED or stem in languages:
            mend = "Choose another name."
            yield Fault(f"{folder}/{name}", 1, 1, "file", "the site has something of its own at this address", f"/{stem}/", mend)
