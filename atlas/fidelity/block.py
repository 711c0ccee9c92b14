"""A written page in its parts: sections, blocks (paragraphs, list items, rows of tables) and sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from atlas.article import Article
from atlas.prose import headings

_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+")
_ROW = re.compile(r"\|.*\|\s*$")
_RULE = re.compile(r"[\s|:-]+$")
_END = re.compile(r"(?:[.!?…]|(?<=\}\})(?=\s+[А-ЯЁA-Z]))(?:\{\{\^[^{}]*\}\})*[\s」』”»)）]+(?=\S)|[。！？](?:\{\{\^[^{}]*\}\})*[」』”’）]*")
_ABBREVIATED = re.compile(r"(?:\b(?:г|гг|ст|п|пп|им|т|е|др|Dr|St|No|Mr|Ms|Mrs|e\.g|i\.e|vs)|\b[A-ZА-ЯЁ])\.$")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, row of a table or field; ``start`` is its place in the body."""

    kind: Literal["paragraph", "item", "row"]
    start: int
    text: str

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Its sentences with their places in the body."""
        start = 0
        for match in _END.finditer(self.text):
            if _ABBREVIATED.search(self.text, 0, match.start() + 1):
                continue
            yield self.start + start, self.text[start : match.end()]
            start = match.end()
        if self.text[start:].strip():
            yield self.start + start, self.text[start:]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; ``id`` is empty above the first one. ``start`` and ``end`` are places in the body."""

    level: int
    id: str
    start: int
    end: int
    blocks: tuple[Block, ...]


def sections_of(article: Article) -> tuple[Section, ...]:
    """The sections of the body in their order; what stands above the first heading is one of level 1."""
    starts = [(1, "", 0), *headings(article.body)]
    ends = [offset for _, _, offset in starts[1:]] + [len(article.body)]
    return tuple(
        Section(level, key, offset, end, tuple(_blocks(article.body, offset, end)))
        for (level, key, offset), end in zip(starts, ends, strict=True)
    )


def _blocks(body: str, start: int, end: int) -> Iterator[Block]:
    """The blocks between two places of the body, without its heading."""
    begun, kind = -1, "paragraph"
    place = start
    for line in body[start:end].splitlines(keepends=True):
        bare = line.strip()
        item, row = _ITEM.match(line), _ROW.match(line)
        heading = place == start and bare.startswith("#")
        if begun >= 0 and (not bare or item or row or heading):
            yield _block(body, kind, begun, place)
            begun = -1
        if bare and not heading and not (row and _RULE.match(bare)) and begun < 0:
            begun, kind = place + (item.end() if item else 0), "item" if item else "row" if row else "paragraph"
        place += len(line)
    if begun >= 0:
        yield _block(body, kind, begun, place)


def _block(body: str, kind: str, start: int, end: int) -> Block:
    text = body[start:end].rstrip()
    match kind:
        case "item":
            return Block("item", start, text)
        case "row":
            return Block("row", start, text)
        case _:
            return Block("paragraph", start, text)
