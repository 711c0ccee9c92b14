"""From a published ``/data/v1/`` folder back to the files in ``data/``, from which the build makes the same site.

Comments are lost, and tables that were split over several files come in one; ids, values and their order are the same.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from atlas.fault import Fault, FaultyInputError, shown
from atlas.kinds import KINDS, Kind
from atlas.loading import OUTLINE, raw_records
from atlas.opendata.kinds import OUTLINES, PUBLISHED, TABLES, TEXTS, TRANSLATED, VERSION
from atlas.schema import write_schemas
from atlas.translation.memory import file_of
from atlas.yamltext import read_yaml

Records = dict[str, dict[str, Any]]

_MEND = "Fetch the file again, all files from one release."
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_NOT_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def restore(folder: Path, target: Path) -> int:
    """Writes ``target`` (the ``data/`` of a project; it must not exist yet) and returns the number of records.

    Raises :class:`~atlas.fault.FaultyInputError` with every fault in the published files; nothing is written then.
    """
    faults: list[Fault] = []
    if target.exists():
        raise FaultyInputError([Fault(str(target), 1, 1, "folder", "this exists already", target.name, "Name a folder that does not.")])
    found = {kind.name: _read(folder, kind, faults) for kind in PUBLISHED}
    if faults:
        raise FaultyInputError(faults)
    fresh = target.with_name(f".{target.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for path, text in _files(found):
            file = fresh / "data" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        write_schemas(fresh)
        _compare(fresh, found)
        (fresh / "data").rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return sum(len(found[kind.name]) for kind in KINDS)


def _read(folder: Path, kind: Kind, faults: list[Fault]) -> Records:
    """The records of one published file. Ids become names of files: one that does not have the form of its kind is refused."""
    path = folder / f"{kind.name}.json"

    def fault(field: str, what: str, got: object) -> Records:
        faults.append(Fault(str(path), 1, 1, field, what, shown(got), _MEND))
        return {}

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return fault("file", "this file is missing", None)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        return fault("file", "this is not JSON in UTF-8", str(error))
    if not isinstance(found, dict) or (found.get("kind"), found.get("version")) != (kind.name, VERSION):
        return fault("kind", f"this does not hold records of the kind {kind.name} in version {VERSION}", found)
    records = found.get("records")
    if not isinstance(records, dict):
        return fault("records", "this must be a group of records by id", records)
    for record_id, record in records.items():
        if not kind.id_fits(record_id):
            return fault("id", "this id does not have the right form", record_id)
        if not isinstance(record, dict) or record.get("id") != record_id:
            return fault(record_id, "this must be a record with its id", record)
    return records


def _files(found: Mapping[str, Records]) -> Iterator[tuple[str, str]]:
    """Each file below ``data/`` with its text."""
    for kind in KINDS:
        records = found[kind.name]
        if kind.table and records:
            yield _named(kind, _table(records), kind.name)
        elif not kind.table:
            for key, record in records.items():
                yield _named(kind, record, key)
    for kind in TABLES:
        if found[kind.name]:
            yield kind.files, _yaml(_table(found[kind.name]))
    for code, texts in found[TEXTS.name].items():
        yield TEXTS.files.replace("*", code), _yaml(texts["texts"])
    for name, one in found[TRANSLATED.name].items():
        yield TRANSLATED.files.replace("*", name), file_of(one["texts"])
    yield OUTLINE, json.dumps({code: one["rings"] for code, one in found[OUTLINES.name].items()}, separators=(",", ":")) + "\n"


def _table(records: Records) -> Records:
    return {key: {name: value for name, value in record.items() if name != "id"} for key, record in records.items()}


def _named(kind: Kind, value: object, name: str) -> tuple[str, str]:
    path = kind.files.replace("*", name)
    return path, f"# yaml-language-server: $schema={'../' * path.count('/')}schemas/{kind.schema}\n{_yaml(value)}"


class _Dumper(yaml.CSafeDumper):
    """Writes what :mod:`atlas.yamltext` reads: texts in quotes but for plain words, lists of plain values in one line."""


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    plain = _WORD.fullmatch(value) and value not in _NOT_WORDS
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    flow = not any(isinstance(item, dict | list) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.ignore_aliases = lambda self, data: True  # type: ignore[method-assign]  # noqa: ARG005


def _yaml(value: object) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**31 - 1, default_flow_style=False))


def _compare(root: Path, found: Mapping[str, Records]) -> None:
    """Raises when what was written is not read back as it stands in the published files."""
    what = "a value here cannot be written as YAML, such as a number with an exponent"
    try:
        read: dict[str, Any] = dict(raw_records(root))
    except FaultyInputError as error:
        raise FaultyInputError([replace(fault, what=f"{what} ({fault.what})", mend=_MEND) for fault in error.faults]) from None
    for path in sorted((root / "data").glob(TEXTS.files)):
        document, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
        read.setdefault(TEXTS.name, {})[path.stem] = {"id": path.stem, "texts": document.value}
    for kind in TABLES:
        file = root / "data" / kind.files
        table = read_yaml(file.read_text(encoding="utf-8"), kind.files)[0].value if file.is_file() else {}
        read[kind.name] = {key: {**value, "id": key} for key, value in table.items()}
    lost = [name for name in read if json.dumps(read[name]) != json.dumps(found[name])]
    if lost:
        raise FaultyInputError([Fault(f"{name}.json", 1, 1, "records", what, name, _MEND) for name in lost])
