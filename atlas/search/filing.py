"""The lines of an index in files of a few kilobytes, of which a browser fetches only those that a query needs."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate

from atlas.search.analysis import is_run

FILE = 5_000
"""Characters in a file of terms in order, about 2 kB when compressed."""
SPREAD = 1_600
"""Characters in a file of the others: a query in Korean or Chinese needs many of them, and of each one line."""
_LINE = "\n"
_FRAME = 3
"""Characters of a line besides its key and value."""


class Filing:
    """Lines by key: words and whole names in order, all others spread over as many files as they fill."""

    def __init__(self, ordered: Mapping[str, str], spread: Mapping[str, str], places: Iterable[int]) -> None:
        self.ordered, self.spread = dict(ordered), dict(spread)
        self._places = dict(zip(self.spread, places, strict=True))
        """Of the keys that are spread: what their file is found by."""
        self._new = False
        """Whether keys have come since they were last put in order."""

    def __reduce__(self) -> tuple[object, ...]:
        """A few long texts are read much sooner than many lines."""
        self._sort()
        return _kept, (_joined(self.ordered), _joined(self.spread), array("I", self._places.values()))

    def put(self, key: str, value: str) -> bool:
        """Files a value. Returns whether the key is new."""
        lines = self.ordered if _is_ordered(key) else self.spread
        new = key not in lines
        lines[key] = f'"{key}":{value}'  # keys are of letters and digits, which JSON writes as they are
        if new:
            self._new = True
            if lines is self.spread:
                self._places[key] = _place(key)
        return new

    def drop(self, key: str) -> bool:
        """Takes a value away. Returns whether there was one."""
        self._places.pop(key, None)
        return (self.ordered if _is_ordered(key) else self.spread).pop(key, None) is not None

    def files(self) -> tuple[dict[str, str], list[str]]:
        """The files of lines in order, each by the shortest text that no earlier key reaches, and those of the others."""
        self._sort()
        return self._cut(), self._heaps()

    def _sort(self) -> None:
        if self._new:
            self.ordered = {key: self.ordered[key] for key in sorted(self.ordered, key=_as_in_javascript)}
            self.spread = {key: self.spread[key] for key in sorted(self.spread)}
            self._places = {key: self._places[key] for key in self.spread}
            self._new = False

    def _cut(self) -> dict[str, str]:
        keys, lines = list(self.ordered), list(self.ordered.values())
        ends = list(accumulate(len(line) - _FRAME for line in lines))
        files: dict[str, str] = {}
        start, filled, before = 0, 0, ""
        while start < len(keys):
            stop = bisect_right(ends, filled + FILE) + 1
            key = keys[start]
            same = next((place for place, (one, other) in enumerate(zip(key, before, strict=False)) if one != other), len(before))
            files[key[: same + 1]] = f"{{{','.join(lines[start:stop])}}}"
            last = min(stop, len(keys)) - 1
            start, filled, before = stop, ends[last], keys[last]
        return files

    def _heaps(self) -> list[str]:
        size = sum(map(len, self.spread.values())) - _FRAME * len(self.spread)
        count = 1 + size // SPREAD
        files: list[list[str]] = [[] for _ in range(count)]
        for place, line in zip(self._places.values(), self.spread.values(), strict=True):
            files[place % count].append(line)
        return [f"{{{','.join(found)}}}" for found in files]


def _is_ordered(key: str) -> bool:
    """Whether a reader may have typed the beginning of a key only."""
    return key[0] not in "^~<&" and not is_run(key)


def _as_in_javascript(key: str) -> bytes:
    """Sorts as JavaScript sorts strings."""
    return key.encode("utf-16-be")


def _place(key: str) -> int:
    """What the file of a key is found by; what the term base knows by its first letters, so that the phrases of a query lie together."""
    number = 0
    for letter in key[:3] if key[0] == "&" else key:
        number = (number * 31 + ord(letter)) & 0xFFFFFF
    return number


def _kept(ordered: tuple[str, str], spread: tuple[str, str], places: array[int]) -> Filing:
    return Filing(_parted(*ordered), _parted(*spread), places)


def _joined(lines: Mapping[str, str]) -> tuple[str, str]:
    return _LINE.join(lines), _LINE.join(lines.values())


def _parted(keys: str, lines: str) -> dict[str, str]:
    return dict(zip(keys.split(_LINE), lines.split(_LINE), strict=True)) if keys else {}
