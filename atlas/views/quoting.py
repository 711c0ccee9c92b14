"""A text that stands in another language than the texts it is put together with, and carries its language along until the page is drawn.

Views put many lines together from names and labels: *hot spring · Jung-gu, Incheon*. Where a part has no translation yet it must be marked
(WCAG 2.2, 3.1.2), but the line is plain text. So the part is set between characters of private use, which no file of an editor can hold
(:mod:`atlas.intake.characters`): the published page has a ``<span lang>`` in their place, and nothing where no element can stand.
"""

from __future__ import annotations

import re

_OPEN, _MIDDLE, _CLOSE = "\uf0f1", "\uf0f2", "\uf0f3"
QUOTE = re.compile(f"{_OPEN}([A-Za-z0-9-]+){_MIDDLE}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
"""A quoted text: the tag of its language, and the text."""
_LEFT = re.compile(f"{_OPEN}[A-Za-z0-9-]*{_MIDDLE}|[{_OPEN}{_MIDDLE}{_CLOSE}]")
_PIECE = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-z0-9-]+)")
_PLAIN = frozenset({"title", "script", "style", "option", "textarea"})
"""Elements that hold text and nothing else."""


def quoted(text: str, tag: str) -> str:
    """A text with the BCP 47 tag of its language."""
    return f"{_OPEN}{tag}{_MIDDLE}{text}{_CLOSE}"


def bare(text: str) -> str:
    """A text as it reads, for sorting and for files that cannot say which language a part is in."""
    return _LEFT.sub("", text) if _OPEN in text else text


def in_html(page: str) -> str:
    """A page with its quoted texts marked: by ``<span>``, in a drawing by ``<tspan>``, in a choice by its own ``lang``."""
    if _OPEN not in page:
        return page
    pieces = _PIECE.split(page)  # text, tag, text, …
    inside: list[str] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            pieces[place] = bare(piece)
            name = _NAME.match(piece)
            if name and name[2] in {*_PLAIN, "svg"}:
                if name[1]:
                    inside = inside[:-1]
                elif not piece.endswith("/>"):
                    inside.append(name[2])
        elif _OPEN in piece:
            if inside and inside[-1] == "option" and (whole := QUOTE.fullmatch(piece.strip())):
                pieces[place - 1] = f'{pieces[place - 1][:-1]} lang="{whole[1]}">'
            element = None if inside and inside[-1] in _PLAIN else "tspan" if inside else "span"
            pieces[place] = bare(_marked(piece, element))
    return "".join(pieces)


def _marked(text: str, element: str | None) -> str:
    """A text between two tags with its quotes as elements, those inside others first."""
    while element and QUOTE.search(text):
        text = QUOTE.sub(lambda match: f'<{element} lang="{match[1]}">{match[2]}</{element}>', text)
    return text
