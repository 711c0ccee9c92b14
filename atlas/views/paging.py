"""Lists that are too long for one page: ``hospitals/in/seoul/``, ``hospitals/in/seoul/2/`` and so on, with links that need no script.

No list of the guide is so long today. With ten thousand institutions a page would have megabytes without this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Sized
from typing import Any, TypeVar

from atlas.views.reader import Reader

T = TypeVar("T")
MOST = 200
"""How many institutions a page lists: about ten kilobytes gzip."""
_AROUND = 2
"""How many pages before and after this one are linked, besides the first and the last."""
_FURTHER = re.compile(r"(?:^hospitals/[a-z]+/[^/]+|/cards)/[0-9]+/$")


def numbers(count: int) -> range:
    """The numbers of the pages of a list of so many."""
    return range(1, max(1, -(-count // MOST)) + 1)


def numbered(path: str, number: int) -> str:
    """The address of a page of the list at ``path``."""
    return path if number == 1 else f"{path}{number}/"


def is_further(path: str) -> bool:
    """Whether this is a page of a list but not its first one."""
    return _FURTHER.search(path) is not None


def fits(found: Sized) -> bool:
    """Whether a page has room for so many."""
    return len(found) <= MOST


def cut(found: Sequence[T], number: int, start: int = 0) -> Sequence[T]:
    """What stands on a page of a list, of that part of it which begins at ``start``."""
    return found[max(0, (number - 1) * MOST - start) : max(0, number * MOST - start)]


def page_of(place: int) -> int:
    """The number of the page on which the institution at a place of a list stands, the first place being 0."""
    return place // MOST + 1


def titled(reader: Reader, title: str, number: int) -> str:
    """The title of a page of a list."""
    return title if number == 1 else reader.words.say("page-numbered", title=title, page=reader.words.number(number))


def page_number(reader: Reader, number: int) -> str:
    """How a page is called among those of a list."""
    return reader.words.say("page-number", page=reader.words.number(number))


def turning(reader: Reader, path: str, number: int, count: int) -> dict[str, Any]:
    """The links from a page of a list of ``count`` to its other pages; none where it has one page."""
    every = numbers(count)
    if len(every) == 1:
        return {}
    shown = sorted({1, every[-1], *(one for one in every if abs(one - number) <= _AROUND)})
    view: dict[str, Any] = {"pages": [*_links(reader, path, number, shown)]}
    if number > 1:
        view["before"] = numbered(path, number - 1)
    if number < every[-1]:
        view["after"] = numbered(path, number + 1)
    return view


def _links(reader: Reader, path: str, number: int, shown: Sequence[int]) -> Iterator[dict[str, Any]]:
    for before, one in zip((0, *shown), shown, strict=False):
        yield {
            "text": reader.words.number(one),
            "label": page_number(reader, one),
            "path": numbered(path, one),
            **({"here": True} if one == number else {}),
            **({"gap": True} if one > before + 1 else {}),
        }
