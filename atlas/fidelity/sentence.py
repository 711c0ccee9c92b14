"""Sentences of a source and of its translation side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.article import Article
from atlas.fidelity.block import Block, Section

_UNREAD = re.compile(r"\{\{(?!=)[^{}]*\}\}|\{#[^{}]*\}|(?<=\])\([^()\s]*\)")
_LITERAL = re.compile(r"\{\{=([^{}]*)\}\}")


@dataclass(frozen=True)
class Pair:
    """What says the same in two languages; ``start`` is the place of the translation in its body. ``alike``: they are one sentence each."""

    source: str
    text: str
    start: int
    alike: bool


def pairs(source: Article, one: Section, article: Article, other: Section) -> Iterator[Pair]:
    """A section in two languages: sentence by sentence where both have as many, else by paragraph, else as a whole."""
    if [block.kind for block in one.blocks] != [block.kind for block in other.blocks]:
        yield Pair(source.body[one.start : one.end], article.body[other.start : other.end], other.start, alike=False)
        return
    for theirs, ours in zip(one.blocks, other.blocks, strict=True):
        yield from _sentences(theirs, ours)


def _sentences(theirs: Block, ours: Block) -> Iterator[Pair]:
    first, second = list(theirs.sentences()), list(ours.sentences())
    if len(first) != len(second):
        yield Pair(theirs.text, ours.text, ours.start, alike=False)
        return
    for (_, source), (start, text) in zip(first, second, strict=True):
        yield Pair(source, text, start, alike=True)


def words_of(text: str) -> str:
    """The text without references, ids and addresses, each place where it was: ``{{=24}}`` leaves its 24."""
    plain = _UNREAD.sub(lambda match: " " * len(match[0]), text) if "{" in text or "(" in text else text
    return _LITERAL.sub(lambda match: f"   {match[1]}  ", plain) if "{{=" in plain else plain
