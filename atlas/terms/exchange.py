"""The term base goes out as CSV, is worked on, and comes back: checked, told, and only then written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from atlas.fault import Fault, FaultyInputError, shown
from atlas.intake.encoding import read_text
from atlas.records.term import Term
from atlas.terms.rewriting import HEAD, rewritten
from atlas.terms.table import differences, read_table, same, table
from atlas.yamltext import read_yaml

FOLDER = Path("data") / "terms"


@dataclass(frozen=True)
class Change:
    """What a table changes: the new text of each file by its path, and what that does, a line each."""

    files: dict[str, str]
    told: tuple[str, ...]


def exported(root: Path) -> bytes:
    """The table of the term base of a project. Raises :class:`~atlas.fault.FaultyInputError` where it cannot be read."""
    return table({name: terms for name, (_, terms) in _files(root).items()})


def incoming(root: Path, content: bytes, path: str) -> Change:
    """What a table changes in a project; nothing is written. ``path`` names the table in messages.

    Raises :class:`~atlas.fault.FaultyInputError` where the table, a term in it or the project with its terms has faults.
    """
    files, lines, faults = read_table(content, path)
    if faults:
        raise FaultyInputError(faults)
    present = _files(root)
    home = {term_id: name for name, (_, terms) in present.items() for term_id in terms}
    faults += _misplaced(files, lines, home, path)
    changed: dict[str, dict[str, dict[str, Any]]] = {}
    told: list[str] = []
    for name, terms in files.items():
        known = present[name][1] if name in present else {}
        for term_id, term in terms.items():
            old = known.get(term_id)
            if old is not None and same(old, term):
                continue
            faults += _faults(term_id, term, lines[term_id], path)
            changed.setdefault(name, {})[term_id] = term
            told += [f"{term_id}: {line}" for line in differences(old, term)] if old is not None else [f"{term_id}: new in {name}.yaml"]
    if faults:
        raise FaultyInputError(faults)
    texts = {
        f"{FOLDER.as_posix()}/{name}.yaml": rewritten(present[name][0] if name in present else HEAD, terms)
        for name, terms in changed.items()
    }
    if texts:
        _check_with(root, texts)
    return Change(texts, tuple(told))


def write(root: Path, change: Change) -> None:
    """Puts the new texts into place, each file whole."""
    for path, text in change.files.items():
        fresh = root / f"{path}.new"
        fresh.write_text(text, encoding="utf-8", newline="")
        fresh.replace(root / path)


def _files(root: Path) -> dict[str, tuple[str, dict[str, dict[str, Any]]]]:
    """Text and terms of each file of the term base."""
    found: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {}
    faults: list[Fault] = []
    for file in sorted((root / FOLDER).glob("*.yaml")):
        path = file.relative_to(root).as_posix()
        text, troubles = read_text(root, path)
        faults += troubles
        document, troubles = read_yaml(text or "", path)
        faults += troubles
        if isinstance(document.value, dict):
            found[file.stem] = (file.read_bytes().decode("utf-8"), document.value)
    if faults:
        raise FaultyInputError(faults)
    return found


def _misplaced(files: dict[str, dict[str, Any]], lines: dict[str, int], home: dict[str, str], path: str) -> Iterator[Fault]:
    """Terms that the table leaves out, or has in another file: an id is never taken away."""
    named = {term_id: name for name, terms in files.items() for term_id in terms}
    for term_id, name in home.items():
        if term_id not in named:
            what = f"the term {term_id} of {name}.yaml is missing"
            yield Fault(path, 1, 1, "term", what, "nothing", "Put its rows back: terms are not taken out by a table.")
        elif named[term_id] != name:
            what = "this term stands in another file"
            yield Fault(path, lines[term_id], 1, "file", what, shown(named[term_id]), f"Write {name}.")


def _faults(term_id: str, term: dict[str, Any], line: int, path: str) -> Iterator[Fault]:
    """What is wrong with one term by the model of terms."""
    try:
        Term.model_validate({**_frozen(term), "id": term_id})
    except ValidationError as error:
        for details in error.errors(include_url=False):
            field = ".".join(map(str, (term_id, *details["loc"])))
            context = details.get("ctx", {})
            what = context.get("what") or details["msg"][0].lower() + details["msg"][1:]
            mend = context.get("mend") or "Compare it with the terms above and below it."
            yield Fault(path, line, 1, field, what, shown(details["input"]), mend)


def _frozen(value: Any) -> Any:
    """As the loader reads YAML: lists as tuples."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _check_with(root: Path, texts: dict[str, str]) -> None:
    """Checks a copy of the project with the new terms: a form that is newly forbidden may stand somewhere."""
    from atlas.checking import check  # it reads everything; a table that changes nothing needs none of it

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("data", "docs", "overrides"):
            shutil.copytree(root / name, copy / name)
        for path, text in texts.items():
            (copy / path).write_text(text, encoding="utf-8", newline="")
        try:
            check(copy)
        except FaultyInputError as error:
            raise FaultyInputError(_as_they_are(fault, texts) for fault in error.faults) from None


def _as_they_are(fault: Fault, texts: dict[str, str]) -> Fault:
    """A fault in a file that is not written yet says so."""
    return replace(fault, field=f"{fault.field} (with this table)") if fault.path in texts else fault
