"""The lines of an index in files of a few kilobytes, of which a browser fetches only those that a query needs.

Between two builds the files are kept, not the lines: of those only what has changed is taken apart again.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from atlas.search.analysis import is_run

FILE = 5_000
"""Characters in a file of terms in order, about 2 kB when compressed."""
SPREAD = 1_600
"""Characters in a file of the others: a query in Korean or Chinese needs many of them, and of each one line."""
_FRAME = 3
"""Characters of a line besides its key and value."""
Lines = dict[str, str]
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""As values are written."""


class Filing:
    """Words and whole names in order, of which a reader may have typed the beginning only; all others in as many files as they fill.

    A file stands as its lines, each ``"key":value`` and none with a line break in it, with a line break between them.
    """

    def __init__(self) -> None:
        self._ordered: list[bytes] = []
        self._ranges: list[tuple[str, str]] = []
        """First and last key of each of these files."""
        self._spread: list[bytes] = []
        self._size = 0
        """Characters of all keys and values that are spread."""
        self._changes: dict[str, str | None] = {}
        """Lines by key that are others than in the files, ``None`` for none."""

    def put(self, key: str, value: str) -> None:
        """Files a value: JSON, for a key of letters and digits, which JSON writes as they are."""
        self._changes[key] = f'"{key}":{value}'

    def drop(self, key: str) -> None:
        """Takes a value away, if there is one."""
        self._changes[key] = None

    def files(self) -> tuple[list[str], list[bytes], list[bytes]]:
        """By which text each file of lines in order begins: the shortest that no earlier key reaches; these files; those of the others."""
        ordered: dict[str, str | None] = {}
        spread: dict[str, str | None] = {}
        for key, line in self._changes.items():
            (spread if key[0] in "^~<&" or is_run(key) else ordered)[key] = line
        if ordered:
            self._order(ordered)
        if spread or not self._spread:
            self._scatter(spread)
        self._changes = {}
        lasts = ["", *(last for _, last in self._ranges)]
        names = [_beginning(first, before) for (first, _), before in zip(self._ranges, lasts, strict=False)]
        return names, [_published(file) for file in self._ordered], [_published(file) for file in self._spread]

    def _order(self, changes: dict[str, str | None]) -> None:
        """Cuts the lines anew from each file that changes up to where a file ends as it did."""
        changed = _by_file(changes, [first for first, _ in self._ranges])
        earlier = list(zip(self._ordered, self._ranges, strict=True))
        self._ordered, self._ranges = [], []
        lines: Lines = {}
        for number, (file, ends) in enumerate(earlier or [(b"", ("", ""))]):
            if not lines and number not in changed:
                self._ordered.append(file)
                self._ranges.append(ends)
                continue
            lines |= _changed(file, changed.get(number, {}), by=_as_in_javascript)
            lines = self._cut(lines)
        if lines:
            self._keep(list(lines), list(lines.values()))

    def _cut(self, lines: Lines) -> Lines:
        """Cuts off files that are full. Returns the lines that fill none."""
        keys, texts = list(lines), list(lines.values())
        start = size = 0
        for stop, text in enumerate(texts, 1):
            size += len(text) - _FRAME
            if size > FILE:
                self._keep(keys[start:stop], texts[start:stop])
                start, size = stop, 0
        return dict(zip(keys[start:], texts[start:], strict=True))

    def _keep(self, keys: list[str], texts: list[str]) -> None:
        self._ordered.append("\n".join(texts).encode())
        self._ranges.append((keys[0], keys[-1]))

    def _scatter(self, changes: dict[str, str | None]) -> None:
        """Puts each line into the file that its key names; all of them anew when they fill more files or fewer."""
        count = len(self._spread)
        parted: dict[int, dict[str, str | None]] = {}
        for key, line in changes.items():
            parted.setdefault(_place(key) % count if count else 0, {})[key] = line
        changed: dict[int, Lines] = {}
        for number, some in parted.items():
            file = self._spread[number] if count else b""
            changed[number] = _changed(file, some)
            self._size += _size(changed[number].values()) - _size(_texts(file))
        wanted = 1 + self._size // SPREAD
        if wanted != count:
            every = {key: line for number, file in enumerate(self._spread) if number not in changed for key, line in _lines(file)}
            for lines in changed.values():
                every |= lines
            changed = {number: {} for number in range(wanted)}
            for key in sorted(every):
                changed[_place(key) % wanted][key] = every[key]
            self._spread = [b""] * wanted
        for number, lines in changed.items():
            self._spread[number] = "\n".join(lines.values()).encode()


def _by_file(changes: Mapping[str, str | None], firsts: Sequence[str]) -> dict[int, dict[str, str | None]]:
    """The changes by the number of the file in which a key stands or would stand; ``firsts`` are the first keys of the files."""
    starts = [_as_in_javascript(first) for first in firsts]
    found: dict[int, dict[str, str | None]] = {}
    for key, line in changes.items():
        found.setdefault(max(0, bisect_right(starts, _as_in_javascript(key)) - 1), {})[key] = line
    return found


def _changed(file: bytes, changes: Mapping[str, str | None], by: Callable[[str], bytes] | None = None) -> Lines:
    """The lines of a file, by key and in order, when some are others."""
    lines = dict(_lines(file))
    before = len(lines)
    lines |= {key: line for key, line in changes.items() if line is not None}
    if len(lines) > before:
        lines = {key: lines[key] for key in sorted(lines, key=by)}
    for key, line in changes.items():
        if line is None:
            lines.pop(key, None)
    return lines


def _lines(file: bytes) -> Iterator[tuple[str, str]]:
    for line in _texts(file):
        yield line[1 : line.index('"', 1)], line


def _texts(file: bytes) -> list[str]:
    return file.decode().split("\n") if file else []


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) - _FRAME for line in lines)


def _published(file: bytes) -> bytes:
    return b"{" + file.replace(b"\n", b",") + b"}"


def _beginning(key: str, before: str) -> str:
    """The shortest beginning of a key that the key before it does not reach."""
    same = next((place for place, (one, other) in enumerate(zip(key, before, strict=False)) if one != other), len(before))
    return key[: same + 1]


def _as_in_javascript(key: str) -> bytes:
    """Sorts as JavaScript sorts strings."""
    return key.encode("utf-16-be")


def _place(key: str) -> int:
    """What the file of a key is found by; what the term base knows by its first letters, so that the phrases of a query lie together."""
    number = 0
    for letter in key[:3] if key[0] == "&" else key:
        number = (number * 31 + ord(letter)) & 0xFFFFFF
    return number
