"""What comes back from a translator, as it was read from a file and before anything of it is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from atlas.fault import Fault
from atlas.handoff.code import Mark
from atlas.handoff.guard import Trouble
from atlas.handoff.parcel import Segment
from atlas.handoff.xliff import source_tokens, target_tokens
from atlas.records.figure import FORMS_OF_WORDS

_FORM_BEHIND = re.compile(rf"\{{([^{{}}@:]+)(?::[a-z]+)?(@[^{{}}]*)?\}}(\}}?):({'|'.join(FORMS_OF_WORDS)})\b")
"""A grammatical case that is typed behind a code, because a translator cannot change what is in it: ``{{caps.days}}:genitive``."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one file: the whole site in one language has less than ten million."""


@dataclass(frozen=True)
class Code:
    """A code of an XLIFF file: its number, ``alone``, ``start`` or ``close``. What it stands for the project says, never the file."""

    id: str
    end: str


Content = tuple[str | Code, ...]


@dataclass(frozen=True)
class Row:
    """One segment that came back. ``confirmed`` says what the tool said of the translation; None where it said nothing."""

    file_id: str
    passage_id: str
    segment_id: str
    line: int
    source: Content
    target: Content | None
    confirmed: bool | None
    was: str | None = None
    """The digest of the translation that stood in the project when the file was exported; None where the tool has lost it."""


@dataclass(frozen=True)
class Delivery:
    """A file that came back: the tags (BCP 47) of its languages, and its segments. ``faults`` are what no segment can be blamed for."""

    path: str
    source_tag: str
    target_tag: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


class UnknownCodeError(Exception):
    """A code that the segment does not have; carries what to tell."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.what)
        self.trouble = trouble


def source_said(row: Row, segment: Segment) -> str:
    """The source in a row as it is written in the project."""
    return _said(row.source, _data(segment, target=False))


def target_said(row: Row, segment: Segment) -> str | None:
    """The translation in a row as it would be written in the project; None where there is none. Raises :class:`UnknownCodeError`."""
    return None if row.target is None else _with_forms(_said(row.target, _data(segment, target=True)))


def _said(content: Content, data: Mapping[tuple[str, str], str]) -> str:
    pieces = []
    for part in content:
        if isinstance(part, Code):
            if (part.id, part.end) not in data:
                mend = "Take it out; the codes of a segment are those of its source."
                raise UnknownCodeError(Trouble("this code does not belong to the segment", f"code {part.id}", mend))
            pieces.append(data[part.id, part.end])
        else:
            pieces.append(part)
    return "".join(pieces)


def _with_forms(text: str) -> str:
    return _FORM_BEHIND.sub(lambda match: f"{{{match[1]}:{match[4]}{match[2] or ''}}}{match[3]}", text)


def _data(segment: Segment, *, target: bool) -> dict[tuple[str, str], str]:
    """What each code stands for; in a translation in the form that it has there, or else in none."""
    found = {(mark.id, mark.end): mark for mark in source_tokens(segment) if isinstance(mark, Mark)}
    data = {place: _without_form(mark) if target else mark.data for place, mark in found.items()}
    if target:
        data |= {(mark.id, mark.end): mark.data for mark in target_tokens(segment) if isinstance(mark, Mark)}
    return data


def _without_form(mark: Mark) -> str:
    """A reference without its grammatical case, which belongs to the language of the source."""
    return mark.key if mark.end == "alone" and mark.key.startswith("{") else mark.data
