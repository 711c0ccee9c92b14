"""The term base as one table for a spreadsheet: a row for each term, and below it one for each of its forms.

CSV as in RFC 4180, in UTF-8 with a byte order mark, which Excel needs to read it right. A cell that a spreadsheet would take for a formula
begins with an apostrophe, which is taken off again when the table comes back (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from atlas.fault import Fault, shown

Terms = Mapping[str, Mapping[str, Any]]
"""Terms as they are written, by id, without the id in them."""
Files = Mapping[str, Terms]
"""Terms by the file that holds them: ``visa`` for ``data/terms/visa.yaml``."""

COLUMNS = (
    "term",
    "row",
    "language",
    "text",
    "why",
    "scope",
    "within",
    "basis",
    "part_of_speech",
    "critical_class",
    "critical",
    "references",
    "file",
)
"""``row`` is one of :data:`ROWS`: a row of the kind ``term`` has class and part of speech, the others say something as ``text``."""
ROWS = ("term", "form", "synonym", "forbidden", "inflection", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_BETWEEN = " | "
_MARK = "\ufeff"


def table(files: Files) -> bytes:
    """The table of all terms."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for name, terms in files.items():
        for term_id, term in terms.items():
            writer.writerows({key: _safe(value) for key, value in row.items()} for row in _rows(name, term_id, term))
    return (_MARK + text.getvalue()).encode("utf-8")


def _rows(name: str, term_id: str, term: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    plain = {key: str(term[key]) for key in ("part_of_speech", "critical_class") if key in term}
    critical = {"critical": str(term["critical"]).lower()} if "critical" in term else {}
    references = {"references": _BETWEEN.join(term["references"])} if "references" in term else {}
    yield {"term": term_id, "row": "term", "file": name, **plain, **critical, **references}
    basis = term.get("basis", {})
    for language, text in term.get("forms", {}).items():
        yield {"term": term_id, "row": "form", "language": language, "text": text, "basis": basis.get(language, "")}
    for language, forms in term.get("synonyms", {}).items():
        yield from ({"term": term_id, "row": "synonym", "language": language, "text": text} for text in forms)
    for language, forms in term.get("forbidden", {}).items():
        for bad in forms:
            within = {"within": _BETWEEN.join(bad["within"])} if "within" in bad else {}
            said = {"text": bad["form"], "why": bad["why"], "scope": bad["scope"]}
            yield {"term": term_id, "row": "forbidden", "language": language, **said, **within}
    for language, text in term.get("inflection", {}).items():
        yield {"term": term_id, "row": "inflection", "language": language, "text": text}
    if "note" in term:
        yield {"term": term_id, "row": "note", "text": term["note"]}


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def read_table(content: bytes, path: str) -> tuple[dict[str, dict[str, dict[str, Any]]], dict[str, int], list[Fault]]:
    """The terms by file, the line of each term in the table, and what is wrong with the table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what, mend = "the table is not in UTF-8", "Save it as “CSV UTF-8”."
        return {}, {}, [Fault(path, 1, 1, "file", what, shown(str(content[error.start : error.start + 4])), mend)]
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)  # spreadsheets write what their country separates with
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    columns = [name.strip() for name in next(reader, [])]
    if missing := [name for name in COLUMNS if name not in columns]:
        got = ", ".join(columns)[:80]
        return {}, {}, [Fault(path, 1, 1, "file", f"the column {missing[0]} is missing", shown(got), "Export the table anew.")]
    reading = _Reading(path)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            values = {name: _plain(cell) for name, cell in zip(columns, cells, strict=False)}
            reading.row({name: values.get(name, "") for name in COLUMNS}, reader.line_num)
    return reading.files, reading.lines, reading.faults


def _plain(cell: str) -> str:
    """What was written: without the apostrophe, and with one kind of line end."""
    return cell.removeprefix("'") if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


class _Reading:
    """One walk over the rows of a table."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.files: dict[str, dict[str, dict[str, Any]]] = {}
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []
        self._terms: dict[str, dict[str, Any]] = {}

    def fault(self, line: int, field: str, what: str, got: str, mend: str) -> None:
        self.faults.append(Fault(self.path, line, COLUMNS.index(field) + 1, field, what, shown(got), mend))

    def row(self, values: Mapping[str, str], line: int) -> None:
        term_id, row = values["term"], values["row"]
        if row == "term":
            self._begin(values, line)
            return
        term = self._terms.get(term_id)
        if row not in ROWS:
            self.fault(line, "row", "there is no such kind of row", row, f"Write one of: {', '.join(ROWS)}.")
        elif term is None:
            self.fault(line, "term", "no row of the kind term with this id stands above", term_id, "Write one, or correct the id.")
        elif row != "note" and not values["language"]:
            self.fault(line, "language", "the language is missing", "", "Write its code, such as ru.")
        elif not values["text"]:
            self.fault(line, "text", "this row says nothing", "", "Write the form, or take the row out.")
        else:
            self._add(term, row, values, line)

    def _begin(self, values: Mapping[str, str], line: int) -> None:
        term_id, name = values["term"], values["file"]
        if term_id in self._terms:
            self.fault(line, "term", "this term stands here twice", term_id, "Keep one of the two.")
            return
        if not name:
            self.fault(line, "file", "the file is missing", "", "Write the name of a file in data/terms/, such as visa.")
            return
        term: dict[str, Any] = {"forms": {}}
        term |= {key: values[key] for key in ("part_of_speech", "critical_class") if values[key]}
        if values["critical"]:
            term["critical"] = {"true": True, "false": False}.get(values["critical"].lower(), values["critical"])
        if values["references"]:
            term["references"] = _listed(values["references"])
        self._terms[term_id] = self.files.setdefault(name, {})[term_id] = term
        self.lines[term_id] = line

    def _add(self, term: dict[str, Any], row: str, values: Mapping[str, str], line: int) -> None:
        language, text = values["language"], values["text"]
        match row:
            case "form" | "inflection":
                texts = term.setdefault("forms" if row == "form" else "inflection", {})
                if language in texts:
                    self.fault(line, "language", f"this term has two {row}s in this language", text, "Keep one of the two.")
                texts[language] = text
                if row == "form" and values["basis"]:
                    term.setdefault("basis", {})[language] = values["basis"]
            case "synonym":
                term.setdefault("synonyms", {}).setdefault(language, []).append(text)
            case "forbidden":
                bad: dict[str, Any] = {"form": text, "why": values["why"], "scope": values["scope"]}
                if values["within"]:
                    bad["within"] = _listed(values["within"])
                term.setdefault("forbidden", {}).setdefault(language, []).append(bad)
            case _:
                term["note"] = text


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_BETWEEN.strip()) if part.strip()]


def same(one: Any, other: Any) -> bool:
    """Whether two terms say the same: the order of fields does not matter, that of the entries of a list does."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return bool(one == other)


def differences(old: Any, new: Any, way: Iterable[str] = ()) -> Iterator[str]:
    """What a change of a term does, a line each: ``forbidden.zh.0.why: "hanja" → "hanja of 사증"``."""
    path = tuple(way)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from differences(old.get(key), new.get(key), (*path, str(key)))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        for place in range(max(len(old), len(new))):
            yield from differences(old[place] if place < len(old) else None, new[place] if place < len(new) else None, (*path, str(place)))
    elif old != new:
        yield f"{'.'.join(path)}: {_said(old)} → {_said(new)}"


def _said(value: Any) -> str:
    if value is None:
        return "nothing"
    return shown(value if isinstance(value, str) else str(value))
