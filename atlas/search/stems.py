"""What the words of one language are found by: its stemmers, asked once for each word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from atlas.search.analysis import beginning, is_run, pairs, parts


class Stems:
    """Of a language; ``stemmers`` names the stemmer for words in each script, ``""`` for none."""

    def __init__(self, stemmers: Mapping[str, str]) -> None:
        self._stemmers = stemmers
        self.beginning = cache(partial(beginning.__wrapped__, latin=stemmers["Latn"], cyrillic=stemmers["Cyrl"]))
        """What all forms of a word begin with."""
        self.terms = cache(self._terms)
        """What a word or run is found by."""

    def __reduce__(self) -> tuple[object, ...]:
        """What was asked before is not kept."""
        return Stems, (dict(self._stemmers),)

    def _terms(self, token: str) -> tuple[str, ...]:
        return tuple(pairs(token)) if is_run(token) else tuple(map(self.beginning, parts(token)))
