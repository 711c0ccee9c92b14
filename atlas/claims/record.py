"""Claims in the texts of records and of the interface, as readers see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from atlas.article import Remark
from atlas.atlas import Atlas
from atlas.claims.linter import Finding, Linter
from atlas.claims.words import mend, what
from atlas.fault import Fault, shown
from atlas.kinds import KINDS
from atlas.yamltext import Loc, read_yaml

CRITICAL = frozenset(
    "institution institution-kind specialty treatment advice scheme rule helpline fact country country-list status entry-scheme entry-rule "
    "fee checklist document outcome decision notice official-site interface-text".split()
)
"""Kinds about visa, medicine, law, money or emergencies, and the texts that stand on every page."""
NOT_OURS = frozenset({"claim", "claim-language", "term", "search-word", "source"})
"""Kinds whose texts are words to be found or avoided, or titles by others."""
_NAMES = frozenset({"name", "names", "native_name", "short_name", "other_names"})
"""Fields that hold official names."""

Leaf = tuple[str, str, Loc, str]
"""Kind, id, way to the text in the record, and the text."""


def record_faults(root: Path, atlas: Atlas, linters: Mapping[str, Linter]) -> Iterator[Fault]:
    """The claims in records that are critical."""
    for kind, record_id, loc, language, finding in _findings(atlas, linters, critical=True):
        path, line, column = _place(root, kind, record_id, loc)
        claim = atlas.claims[finding.claim]
        yield Fault(path, line, column, ".".join(map(str, loc)), what(atlas, claim), shown(finding.text), mend(claim, language))


def record_remarks(root: Path, atlas: Atlas, linters: Mapping[str, Linter]) -> Iterator[Remark]:
    """The claims in other records."""
    for kind, record_id, loc, language, finding in _findings(atlas, linters, critical=False):
        path, line, column = _place(root, kind, record_id, loc)
        claim = atlas.claims[finding.claim]
        said = f"column {column}: {'.'.join(map(str, loc))}: {what(atlas, claim)} (got {shown(finding.text)}). {mend(claim, language)}"
        yield Remark(path, line, said)


def _findings(atlas: Atlas, linters: Mapping[str, Linter], *, critical: bool) -> Iterator[tuple[str, str, Loc, str, Finding]]:
    leaves: dict[str, list[Leaf]] = {language: [] for language in linters}
    for kind, records in atlas.written.items():
        if kind not in NOT_OURS and (kind in CRITICAL) == critical:
            for record_id, record in records.items():
                _leaves(leaves, kind, record_id, record, ())
    if critical:
        for language, texts in atlas.wordings.items():
            _texts(leaves, "interface-text", language, texts, (), language)
    for language, linter in linters.items():
        found = leaves[language]
        for place in linter.worth_reading([text for _, _, _, text in found]):
            kind, record_id, loc, text = found[place]
            for finding in linter.found(text):
                yield kind, record_id, loc, language, finding


def _leaves(leaves: dict[str, list[Leaf]], kind: str, record_id: str, value: Any, loc: Loc) -> None:
    """Adds the texts by language below a value: those of the fields named like a language."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key in leaves:
                _texts(leaves, kind, record_id, item, (*loc, key), key)
            elif key not in _NAMES:
                _leaves(leaves, kind, record_id, item, (*loc, key))
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            _leaves(leaves, kind, record_id, item, (*loc, place))


def _texts(leaves: dict[str, list[Leaf]], kind: str, record_id: str, value: Any, loc: Loc, language: str) -> None:
    if isinstance(value, str):
        if language in leaves:
            leaves[language].append((kind, record_id, loc, value))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _texts(leaves, kind, record_id, item, (*loc, key), language)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            _texts(leaves, kind, record_id, item, (*loc, place), language)


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
