"""Links to other sites, and the records that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from atlas.kinds import KINDS
from atlas.yamltext import Document, Loc, read_yaml

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NOT_LINKS = {"printed"}
"""Fields that tell what somebody printed, which may be wrong on purpose: no page links to it."""


@dataclass(frozen=True, order=True)
class Holder:
    """A record that holds a link: its kind and id, and where the link stands. ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int
    kind: str
    record: str
    field: str
    archived: str | None = None
    """The archived copy that stands beside the link."""


def external_links(root: Path) -> dict[str, tuple[Holder, ...]]:
    """The addresses on the web that the records below ``root/data`` hold, each with its holders, in the order of the addresses.

    A value is a link when all of it is an address. Files that cannot be read are left to ``check``.
    """
    found: dict[str, list[Holder]] = {}
    for kind in KINDS:
        for file in sorted((root / "data").glob(kind.files)):
            document, _ = read_yaml(file.read_text(encoding="utf-8"), file.relative_to(root).as_posix())
            value = document.value if isinstance(document.value, dict) else {}
            rows = value.items() if kind.table else [(file.stem, value)]
            for record, row in rows:
                for address, holder in _held(document, kind.name, str(record), row, (record,) if kind.table else (), None):
                    found.setdefault(address, []).append(holder)
    return {address: tuple(sorted(found[address])) for address in sorted(found)}


def _held(document: Document, kind: str, record: str, value: object, loc: Loc, archived: str | None) -> Iterator[tuple[str, Holder]]:
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        line, column = document.place(loc)
        yield value, Holder(document.path, line, column, kind, record, ".".join(map(str, loc)), archived)
    elif isinstance(value, Mapping):
        copy = value.get("archived")
        for key, item in value.items():
            if key not in _NOT_LINKS:
                beside = copy if isinstance(copy, str) and key != "archived" else None
                yield from _held(document, kind, record, item, (*loc, key), beside)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _held(document, kind, record, item, (*loc, index), None)
