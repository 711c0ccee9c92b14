"""A file that is begun for an editor, and what is still missing in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from atlas.message import said

_PLAIN = re.compile(r"[A-Za-z가-힣一-鿿А-Яа-яЁё(][\w .()/+’'·-]*[\w.)]|[A-Za-z가-힣一-鿿А-Яа-яЁё]")
_WORDS = re.compile(r"(?:y|n|yes|no|on|off|true|false|null)", re.IGNORECASE)
LAST_GAP = "# ←"
"""How a comment begins that says what is to be filled in."""


@dataclass(frozen=True)
class Gap:
    """One thing that is still missing: the line of the file, the field, and what belongs there."""

    line: int
    field: str
    what: str


@dataclass
class Draft:
    """The lines of a new file and its gaps, in order. ``first`` is the number of its first line in the file."""

    path: str
    first: int = 1
    lines: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    then: list[str] = field(default_factory=list)
    """Commands to run next."""

    def line(self, text: str) -> None:
        """A line that is complete."""
        self.lines.append(text)

    def gap(self, text: str, name: str, what: str) -> None:
        """A line whose value is missing; ``what`` belongs there, an English sentence that a catalogue may have in other languages."""
        self.gaps.append(Gap(self.first + len(self.lines), name, what))
        self.lines.append(f"{text}  {LAST_GAP} {said(what)}")

    def passage(self, text: str, name: str, what: str) -> None:
        """A line of Markdown below which something is missing: there is no comment there that a reader would not see."""
        self.gaps.append(Gap(self.first + len(self.lines), name, what))
        self.lines.append(text)

    def hint(self, text: str, what: str) -> None:
        """A line that may be added: it stands there as a comment."""
        self.lines.append(f"# {text}  # {said(what)}")

    def either(self, text: str, value: str, name: str, what: str) -> None:
        """A line with its value, or a gap where that is empty."""
        if value and value != "[]":
            self.line(f"{text} {value}")
        else:
            self.gap(f"{text} {value}".rstrip(), name, what)

    @property
    def text(self) -> str:
        """The file, or the part of it."""
        return "\n".join([*self.lines, ""])


def scalar(text: str) -> str:
    """A text as it is written in YAML: in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text) and ": " not in text else json.dumps(text, ensure_ascii=False)


def sequence(ids: Iterable[str]) -> str:
    """Ids as a list on one line."""
    return f"[{', '.join(ids)}]"
