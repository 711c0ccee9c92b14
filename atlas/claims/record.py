"""Claims in the texts of records and of the interface, as readers see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from atlas.article import Remark
from atlas.atlas import Atlas
from atlas.claims.linter import Finding, Linter, search_each
from atlas.claims.words import looked_for, mend, sought, what
from atlas.fault import Fault, shown
from atlas.kinds import KINDS
from atlas.memory import Memory
from atlas.yamltext import Loc, read_yaml

_CRITICAL = """
institution institution-kind specialty treatment advice scheme rule helpline fact country country-list status entry-scheme entry-rule fee
checklist document outcome decision notice official-site interface-text
"""
CRITICAL = frozenset(_CRITICAL.split())
"""Kinds about visa, medicine, law, money or emergencies, and the texts that stand on every page."""
NOT_OURS = frozenset({"claim", "claim-language", "term", "search-word", "source"})
"""Kinds whose texts are words to be found or avoided, or titles by others."""
_NAMES = frozenset({"name", "names", "native_name", "short_name", "other_names"})
"""Fields that hold official names."""


def record_faults(root: Path, atlas: Atlas, linters: Mapping[str, Linter], memory: Memory | None = None) -> Iterator[Fault]:
    """The claims in records that are critical; kinds that ``memory`` knows to have none are not searched."""
    memory, claims, records = memory or Memory(), sought(atlas), _records(atlas, critical=True)
    unknown = {kind: found for kind, found in records.items() if not memory.knows(("unclaimed kind", kind), (found, claims))}
    making: set[str] = set()
    for kind, record_id, loc, language, finding in _findings(atlas, linters, unknown):
        making.add(kind)
        path, line, column = _place(root, kind, record_id, loc)
        claim = atlas.claims[finding.claim]
        yield Fault(path, line, column, ".".join(map(str, loc)), what(atlas, claim), shown(finding.text), mend(claim, language))
    for kind in unknown.keys() - making:
        memory.keep(("unclaimed kind", kind), (unknown[kind], claims))


def record_remarks(root: Path, atlas: Atlas, linters: Mapping[str, Linter]) -> Iterator[Remark]:
    """The claims in other records."""
    for kind, record_id, loc, language, finding in _findings(atlas, linters, _records(atlas, critical=False)):
        path, line, column = _place(root, kind, record_id, loc)
        claim = atlas.claims[finding.claim]
        said = f"{'.'.join(map(str, loc))}: {what(atlas, claim)} (got {shown(finding.text)}). {mend(claim, language)}"
        yield Remark(path, line, said, column)


Records = Mapping[str, Mapping[str, Any]]
"""Records as they are written, by kind and id."""


def _records(atlas: Atlas, *, critical: bool) -> Records:
    records: dict[str, Mapping[str, Any]] = {
        kind: found for kind, found in atlas.written.items() if kind not in NOT_OURS and (kind in CRITICAL) == critical
    }
    if critical:
        records["interface-text"] = {language: {language: found} for language, found in atlas.wordings.items()}
    return records


def _findings(atlas: Atlas, linters: Mapping[str, Linter], records: Records) -> Iterator[tuple[str, str, Loc, str, Finding]]:
    """Kind, id, way to the text in the record, language, and what was found."""
    owners = [(kind, record_id) for kind, found in records.items() for record_id in found]
    groups: list[list[tuple[str, str]]] = [[] for _ in owners]
    for (kind, record_id), texts in zip(owners, groups, strict=True):
        _collect(records[kind][record_id], None, linters.keys(), texts)
    for (kind, record_id), texts, found in zip(owners, groups, search_each(linters, groups, looked_for(atlas)), strict=True):
        for at, finding in found:
            language, text = texts[at]
            way = next(_ways(records[kind][record_id], language, text, ()))
            yield kind, record_id, way[1:] if kind == "interface-text" else way, language, finding


def _collect(value: Any, language: str | None, known: Collection[str], texts: list[tuple[str, str]]) -> None:
    """Adds the texts of the fields that are named like a language. Ways are not kept: most texts are clean."""
    if isinstance(value, str):
        if language:
            texts.append((language, value))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _NAMES:
                _collect(item, key if key in known else language, known, texts)
    elif isinstance(value, tuple | list):
        for item in value:
            _collect(item, language, known, texts)


def _ways(value: Any, language: str, text: str, way: Loc) -> Iterator[Loc]:
    """The ways to a text below the fields of a language."""
    if value == text and language in way:
        yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple | list) else ()
    for key, item in items:
        if key not in _NAMES:
            yield from _ways(item, language, text, (*way, key))


def _place(root: Path, kind: str, record_id: str, loc: Loc) -> tuple[str, int, int]:
    """File, line and column of a text: its file is read again, which costs nothing where there is no claim."""
    if kind == "interface-text":
        files, way = [root / "data" / "wordings" / f"{record_id}.yaml"], loc
    else:
        one = next(one for one in KINDS if one.name == kind)
        files, way = sorted((root / "data").glob(one.files)), (record_id, *loc) if one.table else loc
        if not one.table and len(files) > 1:
            files = [file for file in files if file.stem == record_id]
    for file in files:
        path = file.relative_to(root).as_posix()
        document, _ = read_yaml(file.read_text(encoding="utf-8"), path)
        if isinstance(document.value, Mapping) and (way == loc or record_id in document.value):
            return path, *document.place(way)
    return files[0].relative_to(root).as_posix(), 1, 1
