"""How much of what means something to Markdown stands in a text: counted before any parser sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.intake.limits import INDENT, MARKS, MARKS_OF_PAGE, PARAGRAPH, QUOTE_DEPTH

_MARKS = "[]()*_`<>|!\\&#~^{}:=+-"
_BETWEEN = re.compile(r"\n\s*\n")
# Each of these begins with the end of the line before, which is found many times sooner than a place where a line begins.
_QUOTES = re.compile(rf"\n[ \t]*(?:>[ \t]*){{{QUOTE_DEPTH + 1}}}")
_INDENTED = re.compile(rf"\n[ \t]*?(?: {{{INDENT + 1}}}|\t{{3}})")
_LIST_RUN = re.compile(r"\n[ \t]*(?:(?:[-*+]|\d+\.)[ \t]+){4}")
_PARAGRAPHS = 2_000
_EMPTY = re.compile(r"\n(?:[ \t]*\n){199}")


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, each with its place."""
    start = 0
    for end, after in [*(match.span() for match in _BETWEEN.finditer(text)), (len(text), len(text))]:
        paragraph = text[start:end]
        if bare := paragraph.lstrip():
            yield start + len(paragraph) - len(bare), bare
        start = after


def density_troubles(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Where a Markdown text has more of something than its parser reads quickly: place, what is wrong, what stands there, the remedy."""
    many_of = [mark for mark in _MARKS if text.count(mark) > MARKS]
    for count, (start, paragraph) in enumerate(paragraphs(text), 1):
        if len(paragraph) > PARAGRAPH:
            got = f"{len(paragraph)} characters"
            yield start, f"this paragraph has more than {PARAGRAPH} characters", got, "Divide it by empty lines."
        if len(paragraph) > MARKS:
            for mark in many_of:
                if (many := paragraph.count(mark)) > MARKS:
                    place = start + paragraph.index(mark)
                    what = f"one mark stands more than {MARKS} times in this paragraph"
                    yield place, what, f"{many} times {mark}", "Take them out, or divide the paragraph by empty lines."
        if count > _PARAGRAPHS:
            yield start, f"this page has more than {_PARAGRAPHS} paragraphs", "more", "Divide it into several pages."
            break
    for mark in many_of:
        if (many := text.count(mark)) > MARKS_OF_PAGE:
            what = f"one mark stands more than {MARKS_OF_PAGE} times on this page"
            yield text.index(mark), what, f"{many} times {mark}", "Take them out, or divide the page."
    lines = f"\n{text}"
    for form, what, mend in (
        (_QUOTES, f"quotes are nested more than {QUOTE_DEPTH} deep", "Take out the inner quotes."),
        (_LIST_RUN, "lists are nested on one line", "Write one bullet a line."),
        (_INDENTED, f"this line is indented by more than {INDENT} spaces", "Move it to the left."),
    ):
        if found := form.search(lines):
            yield found.start(), what, repr(found[0][1:21]), mend
    if found := _EMPTY.search(text):
        yield found.start(), "there are hundreds of empty lines", repr(found[0][:20]), "Leave one."
