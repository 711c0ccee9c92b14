"""Where a text of a record stands: found by looking for it, because reading YAML with its places takes a second."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from atlas.kinds import KINDS
from atlas.translation.leaf import WORDING, Leaf

_BY_NAME = {kind.name: kind for kind in KINDS}
_BEGINNING = re.compile(r"[^\"'\\\n]{0,24}")
"""What is looked for: the beginning of a text, which may be folded or have quotes in it."""


@dataclass(frozen=True)
class _File:
    text: str
    ends: list[int]
    """Where each line ends."""
    entries: dict[str, int]
    """Of a table, where each entry begins."""

    def line(self, offset: int) -> int:
        return bisect_left(self.ends, offset) + 1


class Places:
    """The data files of a project, each read once when something of it is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, _File] = {}
        self._records: dict[str, dict[str, tuple[str, int]]] = {}

    def of(self, leaf: Leaf, language: str) -> tuple[str, int]:
        """File and line, from 1, of a text of a record; of the record where the text cannot be told from others."""
        if leaf.kind == WORDING:
            path = f"data/wordings/{language}.yaml"
            start = self._file(path).entries.get(leaf.record, 0)
        else:
            path, start = self._record(leaf.kind, leaf.record)
        file = self._file(path)
        begun = _BEGINNING.match(leaf.texts.get(language, ""))
        place = file.text.find(begun[0], start) if begun else start
        return path, file.line(max(place, start))

    def _record(self, kind: str, record: str) -> tuple[str, int]:
        if kind not in self._records:
            found: dict[str, tuple[str, int]] = {}
            for file in sorted((self._root / "data").glob(_BY_NAME[kind].files)):
                path = file.relative_to(self._root).as_posix()
                entries = self._file(path).entries if _BY_NAME[kind].table else {file.stem: 0}
                found |= {key: (path, start) for key, start in entries.items()}
            self._records[kind] = found
        return self._records[kind].get(record, (f"data/{_BY_NAME[kind].files}", 0))

    def _file(self, path: str) -> _File:
        if path not in self._files:
            file = self._root / path
            text = file.read_text(encoding="utf-8-sig", errors="replace") if file.is_file() else ""
            ends = [match.start() for match in re.finditer("\n", text)]
            entries = {match[1]: match.start() for match in re.finditer(r"^\"?([^\s#:\"][^:\"\n]*)\"?:", text, re.MULTILINE)}
            self._files[path] = _File(text, ends, entries)
        return self._files[path]
