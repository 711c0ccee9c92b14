"""Forms that the term base forbids: wrong for their concept wherever the site speaks in that language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from atlas.records.term import ForbiddenForm, Term

_ENDING = re.compile(r"(?:[аяыиоеуюёй]|ь|ая|яя|ое|ее|ые|ие|ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ых|их|ами|ями|ах|ях|ов|ев|ей)$")


class Usage:
    """The forbidden forms of one language. ``zh`` and ``ko`` are matched inside words, other languages by word, Russian by stem."""

    def __init__(self, terms: Mapping[str, Term], language: str) -> None:
        self._language = language
        self._terms = terms
        found = ((term, bad) for term in terms.values() for bad in term.forbidden.get(language, ()) if bad.scope == "always")
        self._forbidden: dict[str, tuple[Term, ForbiddenForm]] = {bad.form.casefold(): (term, bad) for term, bad in found}

    def wrong(self, text: str) -> Iterator[tuple[int, str, str, str]]:
        """Each forbidden form in a text: its place, as it stands there, why it is wrong, what to write."""
        folded = text.casefold()
        if not any(seed in folded for seed in self._seeds):
            return
        for match in self._any.finditer(self._masked(text)):
            term, bad = self._forbidden[self._order[(match.lastindex or 1) - 1]]
            yield match.start(), match[0], bad.why, term.forms.get(self._language, "")

    @cached_property
    def _seeds(self) -> tuple[str, ...]:
        """What a text must hold before it is worth looking closer: most hold none."""
        return tuple({_stem(form.split()[0]) if self._language == "ru" else form for form in self._forbidden})

    @cached_property
    def _order(self) -> list[str]:
        return sorted(self._forbidden, key=len, reverse=True)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(f"({self._pattern(form)})" for form in self._order), re.IGNORECASE)

    def _pattern(self, form: str) -> str:
        if self._language in {"ko", "zh"}:
            return re.escape(form)
        if self._language != "ru":
            return rf"\b{re.escape(form)}(?:s|es)?\b"
        return r"\b" + r"\s+".join(_inflected(word) for word in form.split()) + r"\b"

    @cached_property
    def _longer(self) -> re.Pattern[str]:
        """Right forms that hold a forbidden one: 성형외과 holds 외과; and longer words that hold it by chance."""
        right: Iterable[str] = [
            *(term.forms.get(self._language, "") for term in self._terms.values()),
            *(word for _, bad in self._forbidden.values() for word in bad.within),
        ]
        holding = {form for form in right if any(bad in form.casefold() and bad != form.casefold() for bad in self._forbidden)}
        return re.compile("|".join(map(re.escape, sorted(holding, key=len, reverse=True))) or r"(?!)", re.IGNORECASE)

    def _masked(self, text: str) -> str:
        return self._longer.sub(lambda match: "\0" * len(match[0]), text)


def _inflected(word: str) -> str:
    """A Russian word in any of its endings; words of up to three letters, such as *от*, have none."""
    return re.escape(word) if len(word) <= 3 else re.escape(_stem(word)) + r"\w{0,4}"


def _stem(word: str) -> str:
    """A Russian word without its ending, where enough of it is left to be told from others."""
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= 3 else word
