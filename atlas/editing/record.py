"""One record as the editor sees it: a form of its own, whether it stands in a file of its own or as an entry of a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from atlas.editing.putting import put
from atlas.editing.refusal import NotWrittenError
from atlas.editing.shape import shape_of
from atlas.editing.splicing import held, spliced
from atlas.editing.value import from_form, to_form
from atlas.kinds import Kind

ID, FILE = "id", "in_file"
"""Fields of a form: the id of the record; of kinds whose tables are split, the file that it stands in, below ``data/``."""


def is_split(kind: Kind) -> bool:
    """Whether the table of a kind is split into several files."""
    return kind.table and "*" in kind.files


def record_forms(root: Path, kind: Kind) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each record of a kind by its id, as its form. What cannot be read is left out; the check says why."""
    shape = shape_of(kind.model)
    for file in sorted((root / "data").glob(kind.files)):
        value = held(file.read_text(encoding="utf-8"))
        if not isinstance(value, dict):
            continue
        for name, record in value.items() if kind.table else [(_own_id(kind, file), value)]:
            if isinstance(record, dict):
                place = {FILE: file.relative_to(root / "data").as_posix()} if is_split(kind) else {}
                yield name, {ID: name, **place, **to_form(shape, record)}


def written_record(root: Path, kind: Kind, form: dict[str, Any]) -> Path:
    """Writes the record that a form holds into its file, and returns that file. Raises :class:`NotWrittenError`."""
    name = str(form.get(ID) or "").strip()
    if kind.name != "site" and not kind.id_fits(name):
        raise NotWrittenError(f"“{name}” is no id of this kind. Write {kind.id_words}.", f"id “{name}”의 형식이 맞지 않습니다.")
    file = _file(root, kind, name, form)
    text = file.read_text(encoding="utf-8") if file.is_file() else _schema_line(root, kind, file)
    value = held(text) or {}
    shape = shape_of(kind.model)
    told = {key: one for key, one in form.items() if key != FILE and (key != ID or (not kind.table and ID in shape.fields))}
    if kind.table:
        value = {**value, name: from_form(shape, told, value.get(name))}
        value[name].pop(ID, None)
    else:
        value = from_form(shape, told, value)
    put(file, spliced(text, value))
    return file


def _own_id(kind: Kind, file: Path) -> str:
    return kind.name if "*" not in kind.files else file.stem


def _file(root: Path, kind: Kind, name: str, form: dict[str, Any]) -> Path:
    """Where a record stands or is to stand."""
    data = root / "data"
    if not is_split(kind):
        return data / kind.files.replace("*", name)
    files = sorted(data.glob(kind.files))
    there = next((file for file in files if name in (held(file.read_text(encoding="utf-8")) or {})), None)
    chosen = next((file for file in files if file.relative_to(data).as_posix() == form.get(FILE)), there)
    if chosen is None:
        raise NotWrittenError("Choose the file that the new record is to stand in.", "새 기록이 들어갈 파일을 고르세요.")
    if there is not None and there != chosen:
        raise NotWrittenError(
            f"This record stands in {there.relative_to(root)} and stays there.",
            f"이 기록은 {there.relative_to(root)}에 있으며 옮길 수 없습니다.",
        )
    return chosen


def _schema_line(root: Path, kind: Kind, file: Path) -> str:
    """The first line of a new file, by which other editors find the schema."""
    up = "../" * (len(file.relative_to(root / "data").parts) - 1)
    return f"# yaml-language-server: $schema={up}schemas/{kind.schema}\n"
