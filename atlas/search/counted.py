"""What search needs of the text of one page, counted where the page is made: small beside the text, and the same in every order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from operator import concat
from typing import NamedTuple

from atlas.search.analysis import is_run, normalised, tokens
from atlas.search.entry import Read

SHOWN = 700
"""Characters of a page that are kept to show where the query stands."""
VARIANT = 0.7
"""Pages below this weight only vary another, as a plan does in each city: they are found by title, headings and description."""
TEXT, DESCRIPTION, HEADINGS, PLACE = 0, 20, 40, 60
"""How often a term stands in each of these parts of a page is one number, each part above so many bits: sums are sums in all parts."""
COUNT = (1 << DESCRIPTION) - 1
_OTHER = re.compile("[^ \u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class Counted(NamedTuple):
    """Of one page of any language; of plain values."""

    title: str
    shown: str
    """The first :data:`SHOWN` characters of its text."""
    sizes: Mapping[int, int]
    """How many words and runs of letters stand in each part of it that is searched."""
    words: Mapping[int, str]
    """Its words with a space between them, by how often they stand in its parts."""
    pairs: Mapping[int, str]
    """The pairs of letters of its Korean and Chinese runs in the same way."""

    def plain(self) -> list[object]:
        """As JSON can hold it."""
        return [self.title, self.shown, *([*map(list, one.items())] for one in (self.sizes, self.words, self.pairs))]

    @classmethod
    def of_plain(cls, found: list[object]) -> Counted:
        """What :meth:`plain` gave. Raises :class:`ValueError` and :class:`TypeError` where it is something else."""
        title, shown, sizes, words, pairs = found
        return cls(str(title), str(shown), dict(sizes), dict(words), dict(pairs))  # type: ignore[call-overload]


def counted(found: Read, description: str, *, whole: bool) -> Counted:
    """What has been read of a page, counted. Of a page that only varies another (not ``whole``) the text is not searched."""
    title, headings, text = found
    words: dict[str, int] = {}
    pairs: dict[str, int] = {}
    sizes = {}
    for part, written in ((TEXT, text if whole else ""), (DESCRIPTION, description), (HEADINGS, " ".join(headings))):
        sizes[part], words_here, pairs_here = counts(written)
        for counted_here, so_far in ((words_here, words), (pairs_here, pairs)):
            if so_far:
                for term, count in counted_here.items():
                    so_far[term] = so_far.get(term, 0) + (count << part)
            else:
                so_far |= counted_here if part == TEXT else {term: count << part for term, count in counted_here.items()}
    return Counted(title, text[:SHOWN], sizes, _by_count(words), _by_count(pairs))


def counts(text: str) -> tuple[int, Mapping[str, int], Mapping[str, int]]:
    """How many words and runs stand in a text, how often each word, and how often each pair of letters of its runs."""
    found = tokens(normalised(text))
    runs = [] if text.isascii() else [token for token in found if "\u3005" <= token < "\ud7a4"]
    if not runs:
        return len(found), Counter(found), {}
    words = [token for token in found if not "\u3005" <= token < "\ud7a4"]
    line = " ".join(runs)
    if _OTHER.search(line):  # a letter that is neither Korean nor Chinese
        runs, words = [token for token in found if is_run(token)], [token for token in found if not is_run(token)]
        line = " ".join(runs)
    pairs: Counter[str] = Counter(map(concat, line, line[1:]))  # type: ignore[arg-type]  # two letters make a text
    for apart in [pair for pair in pairs if " " in pair]:
        del pairs[apart]
    pairs.update([run for run in runs if len(run) == 1])
    return len(found), Counter(words), pairs


def _by_count(found: Mapping[str, int]) -> dict[int, str]:
    """Terms with a space between them by their counts; most stand once in the text."""
    groups: dict[int, list[str]] = {1: [term for term, count in found.items() if count == 1]}
    for term, count in found.items():
        if count != 1:
            groups.setdefault(count, []).append(term)
    return {count: " ".join(terms) for count, terms in groups.items() if terms}
