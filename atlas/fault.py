"""A fault in the input, written for the editor who has to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
        return f"{self.path}:{self.line}:{self.column}: {self.field}: {self.what} (got {self.got}). {self.mend}"


class FaultyInputError(Exception):
    """The input cannot be built; carries every fault that was found, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


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
        return str(value)
    text = " ".join(str(value).split())
    return f'"{text if len(text) <= 60 else text[:57] + "…"}"'
