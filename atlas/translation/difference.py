"""What has changed between two versions of a text: word by word for translators, in short for readers."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from atlas.reference import references
from atlas.translation.digest import normalised

_SENTENCE = re.compile(r"(?<=[.!?。！？])(?:\s+|(?=\{\{\^))|\n+")
_WORD = re.compile(r"\{\{[^{}]*\}\}|\w+|\s+|[^\w\s]")
_HEADING_ID = re.compile(r"\s*\{#[a-z0-9-]+\}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Change:
    """What has changed in short. ``added`` and ``gone`` are the figures, codes and records that are named now, or no longer."""

    sentences_changed: int
    sentences_added: int
    sentences_removed: int
    added: tuple[str, ...]
    gone: tuple[str, ...]


def change(old: str, new: str) -> Change:
    """What has changed from ``old`` to ``new``, both Markdown."""
    before, after = _sentences(old), _sentences(new)
    changed = added = removed = 0
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            both = min(i2 - i1, j2 - j1)
            changed, added, removed = changed + both, added + (j2 - j1 - both), removed + (i2 - i1 - both)
    named, names = _named(old), _named(new)
    return Change(changed, added, removed, tuple(one for one in names if one not in named), tuple(one for one in named if one not in names))


def words(old: str, new: str) -> list[tuple[str, str]]:
    """The two texts as one, piece by piece: ``("=", …)`` has stayed, ``("-", …)`` is gone, ``("+", …)`` is new. A reference is one word."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[tuple[str, str]] = []
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("=", "".join(before[i1:i2])))
            continue
        for mark, piece in (("-", "".join(before[i1:i2])), ("+", "".join(after[j1:j2]))):
            if piece:
                pieces.append((mark, piece))
    return pieces


def marked(old: str, new: str) -> str:
    """The two texts as one line of plain text: ``[-gone-]`` and ``{+new+}``, as git marks words."""
    forms = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(forms[mark].format(piece) for mark, piece in words(old, new))


def shortened(old: str, new: str, around: int = 40) -> str:
    """As :func:`marked`, but of what has stayed only some characters around each difference, on one line."""
    forms = {"-": "[-{}-]", "+": "{{+{}+}}"}
    pieces = words(old, new)
    shown = []
    for place, (mark, piece) in enumerate(pieces):
        before, after = (around if place else 0), (around if place + 1 < len(pieces) else 0)
        if mark != "=":
            shown.append(forms[mark].format(piece))
        elif len(piece) > before + after + 3:
            shown.append(f"{piece[:before]} … {piece[len(piece) - after :]}")
        else:
            shown.append(piece)
    return " ".join("".join(shown).split())


def _sentences(text: str) -> list[str]:
    return [one for part in _SENTENCE.split(_HEADING_ID.sub("", text)) if (one := normalised(part))]


def _named(text: str) -> tuple[str, ...]:
    """What is named between braces, but for sources, each once."""
    return tuple(dict.fromkeys(one.written for one in references(text) if one.kind not in {"cite", "block", "malformed"}))
