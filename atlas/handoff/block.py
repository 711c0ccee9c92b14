"""Markdown cut into what a translator works on: paragraphs, headings, list items and cells of tables, each with its place.

What stands between the blocks (hyphens and numbers of lists, marks and ids of headings, bars of tables, empty lines) is the frame:
it is never handed out, so that nobody can lose it, and a text is put together again from its frame byte by byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas.reference import BLOCKS

_LISTING = re.compile(r"[ \t]*\{\{\s*(?:" + "|".join(BLOCKS) + r")\s*\}\}[ \t]*")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*(?:\{#[a-z0-9-]+\})?[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:([-*+])|\d+[.)])[ \t]+(?=\S)")
_OTHER = re.compile(r"[ \t]*(>|:)[ \t]+(?=\S)")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_RULER = re.compile(r"[ \t]*\|[\s:|-]+\|[ \t]*")
_CELL = re.compile(r"(?<=\|)[^|]*(?=\|)")


@dataclass(frozen=True)
class Block:
    """One text of a passage, from ``start`` to ``end``. Blocks of the same ``kind`` can take each other's place."""

    kind: str
    start: int
    end: int


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in their order. A line below another without an empty line between belongs to the same block."""
    found: list[Block] = []
    offset, running = 0, False
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\n")
        begun = list(_begun(bare, offset))
        if begun and begun[0].kind == "paragraph" and running:
            found[-1] = Block(found[-1].kind, found[-1].start, begun[0].end)
        else:
            found += begun
        running = bool(begun) and not begun[0].kind.startswith(("heading", "cell"))
        offset += len(line)
    return tuple(found)


def _begun(line: str, offset: int) -> Iterator[Block]:
    """What a line holds when it stands alone."""
    if not line.strip() or _LISTING.fullmatch(line) or _RULER.fullmatch(line):
        return
    if _ROW.fullmatch(line):
        for match in _CELL.finditer(line):
            if match[0].strip():
                yield _trimmed("cell", line, offset, *match.span())
    elif heading := _HEADING.fullmatch(line):
        if heading[2]:
            yield _trimmed(f"heading {len(heading[1])}", line, offset, *heading.span(2))
    elif item := _ITEM.match(line):
        kind = f"{'item' if item[2] else 'numbered item'} {len(item[1])}"
        yield _trimmed(kind, line, offset, item.end(), len(line))
    elif other := _OTHER.match(line):
        yield _trimmed("quote" if other[1] == ">" else "definition", line, offset, other.end(), len(line))
    else:
        yield _trimmed("paragraph", line, offset, 0, len(line))


def _trimmed(kind: str, line: str, offset: int, start: int, end: int) -> Block:
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    return Block(kind, offset + start, offset + start + len(text.strip()))


def texts(text: str) -> tuple[str, ...]:
    """The texts of the blocks."""
    return tuple(text[block.start : block.end] for block in blocks(text))


def kinds(text: str) -> tuple[str, ...]:
    """What the blocks are, in their order: two texts with the same kinds fit into each other's frame."""
    return tuple(block.kind for block in blocks(text))


def rebuilt(frame: str, targets: Sequence[str]) -> str:
    """The text with each block replaced by its target, in the order of the blocks.

    Raises :class:`ValueError` where the targets are not what the blocks of the outcome hold: a target that begins a list, for example.
    """
    pieces, end = [], 0
    for block, target in zip(blocks(frame), targets, strict=True):
        pieces += [frame[end : block.start], target]
        end = block.end
    text = "".join([*pieces, frame[end:]])
    if kinds(text) != kinds(frame) or texts(text) != tuple(targets):
        raise ValueError(text)
    return text
