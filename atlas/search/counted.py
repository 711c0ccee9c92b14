"""What search needs of the text of one page, counted where the page is made: small beside the text, and the same in every order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from operator import concat
from typing import NamedTuple, TypeVar, cast

from atlas.search.analysis import is_run, normalised, tokens
from atlas.search.entry import Read

SHOWN = 700
"""Characters of a page that are kept to show where the query stands."""
VARIANT = 0.7
"""Pages below this weight only vary another, as a plan does in each city: they are found by title, headings and description."""
TEXT, DESCRIPTION, HEADINGS, PLACE = 0, 20, 40, 60
"""How often a term stands in each of these parts of a page is one number, each part above so many bits: sums are sums in all parts."""
COUNT = (1 << DESCRIPTION) - 1
_OTHER = re.compile("[^ \u3005-\u3007\u3040-\u30ff\u3400-\u9fff]")
_Value = TypeVar("_Value", int, str)
_Items = list[tuple[int, _Value]]
_Counts = tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]


class Counted(NamedTuple):
    """Of one page of any language; of plain values."""

    title: str
    shown: str
    """The first :data:`SHOWN` characters of its text."""
    sizes: Mapping[int, int]
    """How many words and runs of letters stand in each part of it that is searched."""
    words: Mapping[int, str]
    """Its words with a space between them, by how often they stand in its parts."""
    runs: Mapping[int, str]
    """Its Korean runs in the same way: people put spaces there, so that runs come again and again."""
    pairs: Mapping[int, str]
    """The pairs of letters of its Chinese runs in the same way, of which hardly any comes twice."""

    def plain(self) -> list[object]:
        """As JSON can hold it."""
        return [self.title, self.shown, *([*map(list, one.items())] for one in self[2:])]

    @classmethod
    def of_plain(cls, found: list[object]) -> Counted:
        """What :meth:`plain` gave. Raises :class:`ValueError` and :class:`TypeError` where it is something else."""
        title, shown, sizes, words, runs, pairs = cast("tuple[str, str, _Items[int], _Items[str], _Items[str], _Items[str]]", found)
        return cls(str(title), str(shown), dict(sizes), dict(words), dict(runs), dict(pairs))


def counted(found: Read, description: str, *, whole: bool) -> Counted:
    """What has been read of a page, counted. Of a page that only varies another (not ``whole``) the text is not searched."""
    title, headings, text = found
    sizes: dict[int, int] = {}
    sums: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
    for part, written in ((TEXT, text if whole else ""), (DESCRIPTION, description), (HEADINGS, " ".join(headings))):
        sizes[part], in_part = counts(written)
        for so_far, here in zip(sums, in_part, strict=True):
            if part == TEXT:
                so_far |= here
            else:
                for term, count in here.items():
                    so_far[term] = so_far.get(term, 0) + (count << part)
    return Counted(title, text[:SHOWN], sizes, *map(_by_count, sums))


def counts(text: str) -> tuple[int, _Counts]:
    """How many words and runs stand in a text; how often each word, each Korean run, and each pair of letters of its Chinese runs."""
    found = tokens(normalised(text))
    if text.isascii():
        return len(found), (Counter(found), {}, {})
    chinese = [token for token in found if "\u3005" <= token < "\ua000"]
    line = " ".join(chinese)
    if _OTHER.search(line):  # a letter of a script that is neither
        chinese = [token for token in chinese if is_run(token)]
        line = " ".join(chinese)
    pairs: Counter[str] = Counter(map(concat, line, line[1:]))  # type: ignore[arg-type]  # two letters make a text
    for apart in [pair for pair in pairs if " " in pair]:
        del pairs[apart]
    pairs.update([run for run in chinese if len(run) == 1])
    korean = Counter([token for token in found if "\uac00" <= token < "\ud7a4"])
    words = Counter([token for token in found if not "\u3005" <= token < "\ud7a4" or (_may_be_word(token) and not is_run(token))])
    return len(found), (words, korean, pairs)


def _may_be_word(token: str) -> bool:
    """Whether a token between the first Chinese letter and the last Korean one may begin with neither: most begin with one."""
    return token < "\u3400" or "\ua000" <= token < "\uac00"


def _by_count(found: Mapping[str, int]) -> dict[int, str]:
    """Terms with a space between them by their counts; most stand once in the text."""
    groups: dict[int, list[str]] = {1: [term for term, count in found.items() if count == 1]}
    for term, count in found.items():
        if count != 1:
            groups.setdefault(count, []).append(term)
    return {count: " ".join(terms) for count, terms in groups.items() if terms}
