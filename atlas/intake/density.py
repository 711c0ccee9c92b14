"""How much of what means something to Markdown stands in a text: counted before any parser sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.intake.limits import INDENT, MARKS, MARKS_OF_PAGE, PARAGRAPH, QUOTE_DEPTH

_MARKS = "[]()*_`<>|!\\&#~^{}:=+-"
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_QUOTES = re.compile(rf"^[ \t]*(?:>[ \t]*){{{QUOTE_DEPTH + 1}}}", re.MULTILINE)
_INDENTED = re.compile(rf"^[ \t]*?(?: {{{INDENT + 1}}}|\t{{3}})", re.MULTILINE)
_LIST_RUN = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+\.)[ \t]+){4}", re.MULTILINE)
_PARAGRAPHS = 2_000
_EMPTY = re.compile(r"(?:[ \t]*\n){200}")


def density_troubles(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Where a Markdown text has more of something than its parser reads quickly: place, what is wrong, what stands there, the remedy."""
    for count, match in enumerate(_PARAGRAPH.finditer(text), 1):
        paragraph = match[0]
        if len(paragraph) > PARAGRAPH:
            got = f"{len(paragraph)} characters"
            yield match.start(), f"this paragraph has more than {PARAGRAPH} characters", got, "Divide it by empty lines."
        if len(paragraph) > MARKS:
            for mark in _MARKS:
                if (many := paragraph.count(mark)) > MARKS:
                    place = match.start() + paragraph.index(mark)
                    what = f"one mark stands more than {MARKS} times in this paragraph"
                    yield place, what, f"{many} times {mark}", "Take them out, or divide the paragraph by empty lines."
        if count > _PARAGRAPHS:
            yield match.start(), f"this page has more than {_PARAGRAPHS} paragraphs", "more", "Divide it into several pages."
            break
    for mark in _MARKS:
        if (many := text.count(mark)) > MARKS_OF_PAGE:
            what = f"one mark stands more than {MARKS_OF_PAGE} times on this page"
            yield text.index(mark), what, f"{many} times {mark}", "Take them out, or divide the page."
    for form, what, mend in (
        (_QUOTES, f"quotes are nested more than {QUOTE_DEPTH} deep", "Take out the inner quotes."),
        (_LIST_RUN, "lists are nested on one line", "Write one bullet a line."),
        (_INDENTED, f"this line is indented by more than {INDENT} spaces", "Move it to the left."),
        (_EMPTY, "there are hundreds of empty lines", "Leave one."),
    ):
        if found := form.search(text):
            yield found.start(), what, repr(found[0][:20]), mend
