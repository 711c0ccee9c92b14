"""Marks the language of what stands inside a text in another language (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMED = re.compile(r"\[([^\[\]]+)\]\{lang=([A-Za-z-]+)\}")
"""A bracketed span, as Pandoc writes it: ``[Yeouido St. Mary's Hospital]{lang=en}``."""

_SCRIPTS = {
    "ko": re.compile(r"[\uac00-\ud7a3]+(?:[ ·-]?[\uac00-\ud7a3]+)*"),
    "ru": re.compile(r"[\u0400-\u04ff]+(?:[ -]?[\u0400-\u04ff]+)*"),
    "zh": re.compile(r"[\u4e00-\u9fff]+(?:[·（）]?[\u4e00-\u9fff]+)*"),
}
"""Runs of a script, and the language of the site that is written in it."""


def parts(text: str, language: str) -> list[tuple[str, str | None]]:
    """The text in pieces, each with the language that it is in where that is not ``language``."""
    found: list[tuple[str, str | None]] = []
    end = 0
    for match in _NAMED.finditer(text):
        found += _by_script(text[end : match.start()], language)
        found.append((match.group(1), match.group(2)))
        end = match.end()
    found += _by_script(text[end:], language)
    return found


def _by_script(text: str, language: str) -> Iterator[tuple[str, str | None]]:
    foreign = [(match.start(), match.end(), code) for code, form in _SCRIPTS.items() if code != language for match in form.finditer(text)]
    end = 0
    for start, stop, code in sorted(foreign):
        if start > end:
            yield text[end:start], None
        yield text[start:stop], code
        end = stop
    if end < len(text):
        yield text[end:], None
