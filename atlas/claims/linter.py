"""Finds the claims in texts of one language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from atlas.claims.form import plain, seeds, spans
from atlas.kept import is_keeping, made_each, written_out
from atlas.records.claim import Claim, ClaimLanguage, Forms

if TYPE_CHECKING:
    import ahocorasick  # loaded when there is a text that nobody has looked through yet

_SENTENCE_END = re.compile(r"[.!?](?=[\s\"'»”’)]|$)|[。！？]|\n")
_CLAUSE_END = re.compile(r"[,;:，；：()（）—–]")
_APART = "\n\n"
_Wanted = tuple[int, str, tuple[frozenset[str], ...]]
"""The number of a rule, a form of it, and groups of seeds of which one must be there too."""


@dataclass(frozen=True, order=True)
class Finding:
    """A claim in a text, with its place there."""

    start: int
    end: int
    claim: str
    text: str


class Linter:
    """What is looked for in one language.

    All texts are read at once, by an automaton that sees all seeds (Aho and Corasick 1975); expressions are made only for forms all of
    whose seeds stand in one paragraph.
    """

    def __init__(self, claims: Iterable[Claim], style: ClaimLanguage) -> None:
        self._style = style
        self._rules: list[tuple[Claim, Forms]] = [(claim, claim.forms[style.id]) for claim in claims if style.id in claim.forms]

    def found(self, text: str) -> list[Finding]:
        """The claims in a text, in their order; of two that overlap the longer."""
        return [finding for _, finding in self.search([text])]

    def search(self, texts: Sequence[str]) -> Iterator[tuple[int, Finding]]:
        """The claims in many texts, each with the place of its text in the sequence."""
        begins = [0, *accumulate(len(text) + len(_APART) for text in texts)]
        whole = plain(_APART.join(texts))
        found: dict[int, list[Finding]] = {}
        for begin, end, rule, form in sorted(self._candidates(whole)):
            claim, forms = self._rules[rule]
            for start, stop in self._spans([form], whole[begin:end]):
                if not self._harmless(whole[begin:end], start, stop, claim, forms):
                    place = bisect_right(begins, begin + start) - 1
                    at = begin + start - begins[place]
                    found.setdefault(place, []).append(Finding(at, at + stop - start, claim.id, texts[place][at : at + stop - start]))
        for place in sorted(found):
            yield from ((place, finding) for finding in _longest(found[place]))

    def _candidates(self, whole: str) -> set[tuple[int, int, int, str]]:
        """Paragraphs, by begin and end, with a form of a rule all of whose seeds they hold."""
        automaton, forms = self._automaton
        found: set[tuple[int, int, int, str]] = set()
        for begin, end, there in _by_paragraph(automaton.iter(whole) if forms else iter(()), whole):
            for seed in there & forms.keys():
                for rule, form, others in forms[seed]:
                    if not any(other.isdisjoint(there) for other in others):
                        found.add((begin, end, rule, form))
        return found

    @cached_property
    def _automaton(self) -> tuple[ahocorasick.Automaton, dict[str, list[_Wanted]]]:
        """What sees the seeds of all forms; and the forms by their rarest seeds."""
        import ahocorasick

        forms: dict[str, list[_Wanted]] = {}
        words: set[str] = set()
        for rule, (_, own) in enumerate(self._rules):
            for form in own.found:
                first, *others = seeds(form)
                wanted = tuple(frozenset(other) for other in others if min(map(len, other)) > (2 if self._style.spaced else 1))
                words = words.union(first, *wanted)
                for seed in first:
                    forms.setdefault(seed, []).append((rule, form, wanted))
        automaton = ahocorasick.Automaton()
        for seed in words:
            automaton.add_word(seed, seed)
        automaton.make_automaton()
        return automaton, forms

    def _spans(self, forms: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
        """Where any of some forms stands in a plain text."""
        for form in forms:
            yield from spans(form, text, spaced=self._style.spaced, gap=self._style.gap)

    def _harmless(self, text: str, start: int, end: int, claim: Claim, forms: Forms) -> bool:
        """Whether what was found in a paragraph is an exception, balanced, denied, or spoken about."""
        if any(a < end and start < b for a, b in self._spans(forms.clean, text)) or any(True for _ in self._spans(forms.unless, text)):
            return True
        begin = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
        close = match.start() if (match := _SENTENCE_END.search(text, end)) else len(text)
        if any(True for _ in self._spans(self._style.about, text[begin:close])):
            return True
        if not claim.negatable:
            return False
        before = _CLAUSE_END.split(text[max(begin, start - self._style.gap) : start])[-1]
        after = _CLAUSE_END.split(text[end : min(close, end + self._style.gap)])[0]
        return self._denied(before, self._style.denied_before) or self._denied(after, self._style.denied_after)

    def _denied(self, text: str, denials: Iterable[str]) -> bool:
        nothing = list(self._spans(self._style.denies_nothing, text))
        return any(not any(a < end and start < b for a, b in nothing) for start, end in self._spans(denials, text))


Texts = Sequence[tuple[str, str]]
"""Texts with their languages."""


def search_each(linters: Mapping[str, Linter], groups: Sequence[Texts], context: bytes) -> list[list[tuple[int, Finding]]]:
    """The claims in each group of texts, such as a page or a record, with the place of the text in its group.

    What was found to have none is known in the next run: ``context`` stands for all that the linters look for.
    """

    def make(places: list[int]) -> list[list[tuple[int, Finding]]]:
        found: dict[int, list[tuple[int, Finding]]] = {place: [] for place in places}
        for language, linter in linters.items():
            own = [(place, at) for place in places for at, (code, _) in enumerate(groups[place]) if code == language]
            if not own:
                continue  # after an edit in another language: to make what sees all seeds takes longer than to read a page
            for number, finding in linter.search([groups[place][at][1] for place, at in own]):
                place, at = own[number]
                found[place].append((at, finding))
        return [sorted(found[place]) for place in places]

    contents = [context + written_out(group) if is_keeping() else b"" for group in groups]
    return made_each("claims", contents, make, worth=lambda found: not found)


def _by_paragraph(hits: Iterator[tuple[int, str]], whole: str) -> Iterator[tuple[int, int, set[str]]]:
    """The paragraphs with seeds, by begin and end, and the seeds in them."""
    begin = end = -1
    there: set[str] = set()
    for at, seed in hits:
        if at >= end:
            if there:
                yield begin, end, there
            there = set()
            begin = last + len(_APART) if (last := whole.rfind(_APART, 0, at)) >= 0 else 0
            end = close if (close := whole.find(_APART, at)) >= 0 else len(whole)
        there.add(seed)
    if there:
        yield begin, end, there


def _longest(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(other.start < one.end and one.start < other.end for other in kept):
            kept.append(one)
    return sorted(kept)
