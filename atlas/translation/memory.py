"""What translations were made from: the source texts, stored so that a difference can be shown without the history of git.

``data/translations/pages/<path>.json`` holds by digest the source sections of a page that a translation of it was made from;
``data/translations/leaves/<kind>.json`` holds by record and text the source that its translations were made from, as ``{"en": "…"}``, and
under ``for`` what differs for a language: ``{"ru": {"en": "an older text"}}``, or ``{"ru": {}}`` where nobody knows. Where a kind has more
than :data:`LONGEST`, they stand in ``data/translations/leaves/<kind>/<xx>.json``: ``xx`` begins the SHA-256 of the id of the record.
All are written by ``atlas accept`` only: sorted, one entry a line, so that two people's changes merge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from atlas.fault import Fault, FaultyInputError, shown
from atlas.intake.encoding import read_again, read_text
from atlas.intake.limits import LARGEST
from atlas.memory import Memory

FOLDER = "data/translations"
FILES = ("translations/pages/**/*.json", "translations/leaves/*.json", "translations/leaves/*/*.json")
"""Patterns below ``data/``."""
LONGEST = LARGEST["data"] // 2
"""Bytes of the texts of a kind that stand in one file; those of more are parted, and put together again below half of it."""
_MEND = "Take conflict marks out, or put the file back as it was; `atlas accept` writes it."

Origin = tuple[str, str] | None
"""Language and text of what a translation was made from; None where nobody knows."""


@dataclass(frozen=True)
class Kept:
    """What the translations of one text were made from. ``others`` are the languages that were made from something else."""

    origin: Origin
    others: Mapping[str, Origin] = field(default_factory=dict)

    def of(self, language: str) -> Origin:
        """What the translation into ``language`` was made from."""
        return self.others.get(language, self.origin)


Leaves = Mapping[str, Mapping[str, Kept]]
"""By record, then by key of the text."""


def page_file(path: str) -> str:
    """The file of the source sections of a page: ``rights/disputes/`` → ``data/translations/pages/rights/disputes.json``."""
    return f"{FOLDER}/pages/{path.rstrip('/') or 'index'}.json"


def leaf_files(root: Path, kind: str) -> tuple[str, ...]:
    """The files of the source texts of a kind of record that there are: one, or some where they are parted."""
    parts = sorted((root / _folder(kind)).glob("*.json"))
    whole = (_whole(kind),) if (root / _whole(kind)).is_file() else ()
    return (*whole, *(f"{_folder(kind)}/{file.name}" for file in parts))


def leaf_sources(root: Path, kind: str, memory: Memory) -> tuple[str | None, ...]:
    """What stands in these files."""
    return tuple(read_again(root, path, memory, plain=True)[0] for path in leaf_files(root, kind))


def _whole(kind: str) -> str:
    return f"{_folder(kind)}.json"


def _folder(kind: str) -> str:
    return f"{FOLDER}/leaves/{kind}"


def page_texts(root: Path, path: str) -> dict[str, str]:
    """The source sections that translations of a page were made from, by digest."""
    found = _read(root, page_file(path))
    if not all(isinstance(text, str) for text in found.values()):
        raise _faulty(page_file(path), "this must be a group of texts by digest", found)
    return found


def leaf_texts(root: Path, kind: str) -> dict[str, dict[str, Kept]]:
    """What the translations of the texts of a kind were made from, by record and key."""
    texts: dict[str, dict[str, Kept]] = {}
    for path in leaf_files(root, kind):
        for name, entry in _read(root, path).items():
            record, _, key = name.partition(" ")
            found = texts.setdefault(record, {})
            if key in found:
                raise _faulty(path, "this stands in another file too", name, "Take the older of the two out.")
            try:
                others = {language: _origin(origin) for language, origin in entry.pop("for", {}).items()}
                found[key] = Kept(_origin(entry), others)
            except (AttributeError, TypeError, ValueError):
                raise _faulty(path, 'this must be a text by language, such as {"en": "…"}', name) from None
    return texts


def write_page_texts(root: Path, path: str, texts: Mapping[str, str]) -> None:
    """Stores the source sections of a page; without any, the file goes."""
    _write(root, page_file(path), texts)


def write_leaf_texts(root: Path, kind: str, texts: Leaves) -> None:
    """Stores what the translations of the texts of a kind were made from."""
    entries: dict[str, Any] = {}
    for record, found in texts.items():
        for key, kept in found.items():
            entry: dict[str, Any] = _entry(kept.origin)
            if kept.others:
                entry["for"] = {language: _entry(origin) for language, origin in sorted(kept.others.items())}
            entries[f"{record} {key}".rstrip()] = entry
    text = file_of(entries)
    parts: dict[str, dict[str, Any]] = {}
    if len(text.encode("utf-8")) > LONGEST // (2 if (root / _folder(kind)).is_dir() else 1):
        for name, entry in entries.items():
            record = name.partition(" ")[0]
            parts.setdefault(hashlib.sha256(record.encode("utf-8")).hexdigest()[:2], {})[name] = entry
    files = {f"{_folder(kind)}/{part}.json": found for part, found in parts.items()} or {_whole(kind): entries}
    for path, found in files.items():
        _write(root, path, found)
    for path in leaf_files(root, kind):
        if path not in files:
            (root / path).unlink()
    if not parts and (root / _folder(kind)).is_dir():
        (root / _folder(kind)).rmdir()


def _origin(entry: Mapping[str, str]) -> Origin:
    if not entry:
        return None
    ((language, text),) = entry.items()
    if not isinstance(text, str):
        raise TypeError
    return language, text


def _entry(origin: Origin) -> dict[str, Any]:
    return {} if origin is None else {origin[0]: origin[1]}


def _read(root: Path, path: str) -> dict[str, Any]:
    if not (root / path).is_file():
        return {}
    text, faults = read_text(root, path, plain=True)
    if faults or text is None:
        raise FaultyInputError(faults)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise FaultyInputError([Fault(path, line, 1, "file", "this is not JSON", shown(str(error)), _MEND)]) from None
    if not isinstance(found, dict):
        raise _faulty(path, "this must be a group of texts", found)
    return found


def _faulty(path: str, what: str, got: object, mend: str = _MEND) -> FaultyInputError:
    return FaultyInputError([Fault(path, 1, 1, "file", what, shown(got), mend)])


def stored(root: Path, memory: Memory | None = None) -> dict[str, dict[str, Any]]:
    """All that is stored, as it is written, by file below the folder without its ending: ``leaves/advice``, ``pages/rights/disputes``."""
    memory, folder = memory or Memory(), root / FOLDER
    names = (file.relative_to(folder).with_suffix("").as_posix() for file in sorted(folder.rglob("*.json")))
    files = {name: f"{FOLDER}/{name}.json" for name in names}
    return {name: memory.made(("stored", path), (memory.state(root, path),), partial(_read, root, path)) for name, path in files.items()}


def stored_for(translated: Mapping[str, Any], path: str) -> dict[str, Any] | None:
    """What of it, as :func:`stored` gives it, belongs to a page."""
    return translated.get(page_file(path).removeprefix(f"{FOLDER}/").removesuffix(".json"))


def stored_of(translated: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What of it, as :func:`stored` gives it, belongs to a kind of record."""
    return {name: found for name, found in translated.items() if name == f"leaves/{kind}" or name.startswith(f"leaves/{kind}/")}


def file_of(entries: Mapping[str, Any]) -> str:
    """The text of such a file: sorted by key, one entry a line."""
    lines = (f"{json.dumps(key)}: {json.dumps(entry, ensure_ascii=False)}" for key, entry in sorted(entries.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _write(root: Path, path: str, entries: Mapping[str, Any]) -> None:
    file = root / path
    if not entries:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(file_of(entries), encoding="utf-8", newline="\n")
