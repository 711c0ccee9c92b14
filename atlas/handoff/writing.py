"""The translations that were taken, written into pages and records: first into a copy, which the real check must pass."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.checking import check
from atlas.fault import Fault, FaultyInputError
from atlas.handoff.pagetext import translated
from atlas.handoff.scalar import edited
from atlas.handoff.taking import Taken
from atlas.kinds import KINDS
from atlas.translation.accept import accept
from atlas.translation.leaf import WORDING
from atlas.translation.section import TOP
from atlas.translation.state import PAGE, Unit
from atlas.yamltext import Loc

_FOLDERS = ("data", "docs", "overrides")
"""What the check reads."""


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """A copy of what the check reads, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="atlas-import-") as name:
        copy = Path(name)
        for folder in _FOLDERS:
            shutil.copytree(root / folder, copy / folder, symlinks=True)
        yield copy


def prove(copy: Path, taken: Sequence[Taken], atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], path: str) -> None:
    """Writes the translations into the copy, checks it and accepts them there.

    Raises :class:`~atlas.fault.FaultyInputError` with what the check finds, told at the segments of the file that came back (``path``).
    """
    write(copy, taken, atlas, articles)
    unread: Exception | None = None
    try:
        accept(copy, [_written(one) for one in taken])
    except (FaultyInputError, LookupError) as error:  # a page that cannot be read: the check says why
        unread = error
    try:
        check(copy)
    except FaultyInputError as error:
        raise FaultyInputError(_blamed(error.faults, copy, taken, path, atlas)) from None
    if unread:
        raise unread


def _written(one: Taken) -> Unit:
    """The unit as it stands once its translation is written: what was missing waits to be accepted."""
    unit = one.passage.unit
    return replace(unit, text="\n".join(one.targets.values()), state="stale" if unit.state == "missing" else unit.state)


def changed(root: Path, copy: Path) -> list[str]:
    """The files that the copy has otherwise than the project."""
    found = []
    for folder in _FOLDERS:
        for file in sorted((copy / folder).rglob("*")):
            path = file.relative_to(copy).as_posix()
            if (
                file.is_file()
                and not file.is_symlink()
                and not ((root / path).is_file() and (root / path).read_bytes() == file.read_bytes())
            ):
                found.append(path)
        found += [
            path
            for file in sorted((root / folder).rglob("*"))
            if file.is_file() and not (copy / (path := file.relative_to(root).as_posix())).exists()
        ]
    return found


def bring(root: Path, copy: Path, paths: Iterable[str]) -> None:
    """Puts the files of the copy in the place of those of the project: all are there before the first takes its place."""
    rows = [(root / path, root / f"{path}.fresh", copy / path) for path in paths]
    try:
        for file, fresh, new in rows:
            if new.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(new, fresh)
        for file, fresh, new in rows:
            if new.exists():
                fresh.replace(file)
            else:
                file.unlink()
    finally:
        for _, fresh, _ in rows:
            fresh.unlink(missing_ok=True)


def write(root: Path, taken: Sequence[Taken], atlas: Atlas, articles: Mapping[str, Mapping[str, Article]]) -> None:
    """Writes the translations into the files of a project. Only texts that differ change, each where it stands."""
    order = tuple(atlas.site_languages)
    pages: dict[tuple[str, str, str], dict[str, Mapping[str, str]]] = {}
    leaves: dict[str, dict[Loc, str | Mapping[str, str]]] = {}
    for one in taken:
        unit = one.passage.unit
        if unit.kind == PAGE:
            pages.setdefault((unit.path, unit.source_language, unit.language), {})[unit.key] = one.targets
        else:
            file, loc = _leaf_place(one, atlas)
            leaves.setdefault(file, {}).update(loc)
    for (path, source, language), targets in pages.items():
        _write_page(root, articles[path], source, language, targets)
    for file, edits in leaves.items():
        _rewrite(root / file, partial(edited, edits=edits, order=order))


def _write_page(root: Path, versions: Mapping[str, Article], source: str, language: str, targets: Mapping[str, Mapping[str, str]]) -> None:
    article, own = versions[source], versions.get(language)
    text = _read(root / article.file)[0]
    file = root / (own.file if own else f"docs/{language}/{article.relative}")
    file.parent.mkdir(parents=True, exist_ok=True)
    if not own:
        file.write_text("", encoding="utf-8")
    _rewrite(file, lambda old: translated(article, text, own, old, targets))


def _read(file: Path) -> tuple[str, str]:
    """The text of a file with ``\\n`` at the ends of its lines, and what stands there."""
    text = file.read_bytes().decode("utf-8")
    return text.removeprefix("\ufeff").replace("\r\n", "\n"), "\r\n" if "\r\n" in text else "\n"


def _rewrite(file: Path, change: Callable[[str], str]) -> None:
    """Writes a file anew if the change changes it; its byte order mark and line ends stay."""
    raw = file.read_bytes()
    text, end = _read(file)
    new = change(text)
    if new != text:
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        file.write_bytes(mark + new.replace("\n", end).encode("utf-8"))


def _leaf_place(one: Taken, atlas: Atlas) -> tuple[str, dict[Loc, str | Mapping[str, str]]]:
    """The file of a text of a record, and what is to stand where in it."""
    unit = one.passage.unit
    if unit.kind == WORDING:
        file = f"data/wordings/{unit.language}.yaml"
        plural = isinstance(atlas.wordings[unit.source_language][unit.path], Mapping)
        return file, {(unit.path, key) if plural else (unit.path,): text for key, text in one.targets.items()}
    record: Any = atlas.written[unit.kind][unit.path]
    way: Loc = tuple(int(part) if part.isdigit() else part for part in unit.key.split("."))
    for part in way:
        record = record[part]
    table = next(kind.table for kind in KINDS if kind.name == unit.kind)
    loc: Loc = (*((unit.path,) if table else ()), *way, unit.language)
    [text] = one.targets.values()
    if isinstance(record[unit.source_language], Mapping):  # a name says also on what it rests: that of a translator is our own rendering
        return unit.file, {(*loc, "text"): text} if unit.language in record else {loc: {"text": text, "basis": "own"}}
    return unit.file, {loc: text}


_SECTION = re.compile(r"^##(?!#).*\{#([a-z0-9-]+)\}\s*$")


def _blamed(faults: Iterable[Fault], copy: Path, taken: Sequence[Taken], path: str, atlas: Atlas) -> Iterator[Fault]:
    """What the check found in the outcome, told at the segments that it comes from."""
    pages = {(one.passage.unit.file, one.passage.unit.key): one for one in taken if one.passage.unit.kind == PAGE}
    leaves = [(*_leaf_place(one, atlas), one) for one in taken if one.passage.unit.kind != PAGE]
    for fault in faults:
        one = next((one for file, places, one in leaves if file == fault.path and any(_stands(fault.field, loc) for loc in places)), None)
        if one is None and any(file == fault.path for file, _ in pages):
            lines = (copy / fault.path).read_text(encoding="utf-8").split("\n")[: fault.line]
            section = next((match[1] for line in reversed(lines) if (match := _SECTION.match(line))), TOP)
            one = pages.get((fault.path, section))
        if one is None:
            yield fault
        else:
            what = f"{fault.what} (would stand in {fault.path}:{fault.line})"
            yield Fault(path, one.line, 1, one.passage.name, what, fault.got, fault.mend)


def _stands(field: str, loc: Loc) -> bool:
    return field == (said := ".".join(map(str, loc))) or field.startswith(f"{said}.")
