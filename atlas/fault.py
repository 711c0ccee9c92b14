"""A fault in the input, written for the editor who has to mend it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LONGEST = 300
MOST = 200
"""Faults that are told of one file; who meets more has not made them one by one."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in one place of one file.

    ``path`` is relative to the project; ``line`` and ``column`` count from 1; ``field`` is the dotted way to the value.
    """

    path: str
    line: int
    column: int
    field: str
    what: str
    got: str
    mend: str

    def __str__(self) -> str:
        path, field, what, got, mend = (printable(part) for part in (self.path, self.field, self.what, self.got, self.mend))
        return f"{path}:{self.line}:{self.column}: {field}: {what} (got {got}). {mend}"


class FaultyInputError(Exception):
    """The input cannot be built; carries every fault that was found, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(_told(sorted(set(faults))))
        super().__init__("\n".join(map(str, self.faults)))


def _told(faults: list[Fault]) -> Iterator[Fault]:
    """The first faults of each file, and how many more it has."""
    of_file = Counter[str]()
    for fault in faults:
        of_file[fault.path] += 1
        if of_file[fault.path] <= MOST:
            yield fault
        elif of_file[fault.path] == MOST + 1:
            left = sum(1 for other in faults if other.path == fault.path) - MOST
            yield replace(fault, field="file", what="there is more of this in the file", got=f"{left} faults", mend="Mend the first ones.")


def printable(text: str) -> str:
    """Text from the input on one line of a terminal: what cannot be seen as its code, and not without end."""
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return _UNSEEN.sub(lambda match: f"\\x{ord(match[0]):02x}" if ord(match[0]) < 256 else f"\\u{ord(match[0]):04x}", text)


def shown(value: object) -> str:
    """How a value stands in a message: short, and on one line."""
    if value is None:
        return "nothing"
    if isinstance(value, tuple | list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"a group of {len(value)} fields"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value) if abs(value) < 10**30 else "a number without end"
    text = " ".join(str(value)[:1000].split())
    return f'"{text if len(text) <= 60 else text[:57] + "…"}"'
