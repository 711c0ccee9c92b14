"""Finds the claims in texts of one language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from atlas.claims.form import expression, plain, seeds
from atlas.records.claim import Claim, ClaimLanguage

_SENTENCE_END = re.compile(r"[.!?](?=[\s\"'»”’)]|$)|[。！？]|\n")
_CLAUSE_END = re.compile(r"[,;:，；：、()（）—–]")
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_APART = "\n\n\0\n\n"


@dataclass(frozen=True, order=True)
class Finding:
    """A claim in a text, with its place there."""

    start: int
    end: int
    claim: str
    text: str


class _Forms:
    """Some forms of one language, of which those are looked for whose seeds are in a text."""

    def __init__(self, forms: Iterable[str], style: ClaimLanguage) -> None:
        self._forms = tuple(forms)
        self._style = style

    @cached_property
    def seeds(self) -> dict[str, tuple[str, ...]]:
        return {form: seeds(form) for form in self._forms}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the forms stand in a plain text."""
        for form, words in self.seeds.items():
            if any(word in text for word in words):
                found = expression(form, spaced=self._style.spaced, gap=self._style.gap)
                yield from (match.span() for match in found.finditer(text))


class Linter:
    """What is looked for in one language. Expressions are made only for forms whose seeds have been seen."""

    def __init__(self, claims: Iterable[Claim], style: ClaimLanguage) -> None:
        self._rules = [
            (claim, _Forms(forms.found, style), _Forms(forms.clean, style), _Forms(forms.unless, style))
            for claim in claims
            if (forms := claim.forms.get(style.id))
        ]
        self._before, self._after, self._nothing, self._about = (
            _Forms(forms, style) for forms in (style.denied_before, style.denied_after, style.denies_nothing, style.about)
        )
        self._window = style.gap

    def found(self, text: str) -> list[Finding]:
        """The claims in a text, in their order; of two at one place the longer."""
        seen = plain(text)
        found: list[Finding] = []
        for claim, forms, clean, unless in self._rules:
            spans = list(forms.spans(seen))
            if not spans:
                continue
            harmless = list(clean.spans(seen))
            for start, end in spans:
                if any(a < end and start < b for a, b in harmless):
                    continue
                if self._only_told(seen, start, end, negatable=claim.negatable) or self._balanced(seen, start, end, unless):
                    continue
                found.append(Finding(start, end, claim.id, text[start:end]))
        return _longest(found)

    def worth_reading(self, texts: Sequence[str]) -> list[int]:
        """The places of those texts in which a claim may be: the others have none of the seeds."""
        pieces = [plain(text) for text in texts]
        ends = list(accumulate(len(piece) + len(_APART) for piece in pieces))
        whole = _APART.join(pieces)
        found: set[int] = set()
        for seed in self._seeds:
            at = whole.find(seed)
            while at >= 0:
                place = bisect_right(ends, at)
                found.add(place)
                at = whole.find(seed, ends[place])
        return sorted(found)

    @cached_property
    def _seeds(self) -> tuple[str, ...]:
        """The seeds of all forms without those that hold another."""
        kept: list[str] = []
        for seed in sorted({seed for _, forms, _, _ in self._rules for words in forms.seeds.values() for seed in words}, key=len):
            if not any(short in seed for short in kept):
                kept.append(seed)
        return tuple(kept)

    def _only_told(self, text: str, start: int, end: int, *, negatable: bool) -> bool:
        """Whether the sentence denies the claim, or speaks about it."""
        begin = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
        close = match.start() if (match := _SENTENCE_END.search(text, end)) else len(text)
        if any(self._about.spans(text[begin:close])):
            return True
        if not negatable:
            return False
        before, after = text[max(begin, start - self._window) : start], text[end : min(close, end + self._window)]
        before = _CLAUSE_END.split(before)[-1]
        after = _CLAUSE_END.split(after)[0]
        return self._denied(before, self._before) or self._denied(after, self._after)

    def _denied(self, text: str, denials: _Forms) -> bool:
        nothing = list(self._nothing.spans(text))
        return any(not any(a < end and start < b for a, b in nothing) for start, end in denials.spans(text))

    @staticmethod
    def _balanced(text: str, start: int, end: int, unless: _Forms) -> bool:
        begin = max((match.end() for match in _PARAGRAPH_END.finditer(text, 0, start)), default=0)
        close = match.start() if (match := _PARAGRAPH_END.search(text, end)) else len(text)
        return any(True for _ in unless.spans(text[begin:close]))


def _longest(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(other.start < one.end and one.start < other.end for other in kept):
            kept.append(one)
    return sorted(kept)
