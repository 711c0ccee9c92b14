"""Forms that the term base forbids: wrong for their concept wherever the site speaks in that language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Literal

from atlas.memory import Memory
from atlas.records.term import ForbiddenForm, Term
from atlas.terms.inflection import folded, seeds, shapes

Near = tuple[Term, ForbiddenForm, tuple[str, ...]]
"""A forbidden form with its seeds, of which each stands in a text that holds the form."""


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


class Usage:
    """The forbidden forms of one language, found in any inflection; :mod:`atlas.terms.inflection` says how.

    ``always``: those that are wrong everywhere. ``context``: those that are wrong for their concept and right for another.
    """

    def __init__(
        self, terms: Mapping[str, Term], language: str, scope: Literal["always", "context"] = "always", memory: Memory | None = None
    ) -> None:
        self._language, self._memory = language, memory or Memory()
        self._terms = terms
        found = [(term, bad) for term in terms.values() for bad in term.forbidden.get(language, ()) if bad.scope == scope]
        self._forbidden = sorted(found, key=lambda pair: -len(pair[1].form))

    def wrong(self, text: str, among: Sequence[Near] | None = None) -> Iterator[tuple[int, str, str, str]]:
        """Each forbidden form in a text: its place, as it stands there, why it is wrong, what to write. ``among``: see :meth:`near`."""
        for start, found, term, bad in self.places(text, among=among):
            yield start, found, bad.why, term.forms.get(self._language, "")

    def places(
        self, text: str, meant: Callable[[Term], bool] | None = None, among: Sequence[Near] | None = None
    ) -> Iterator[tuple[int, str, Term, ForbiddenForm]]:
        """Each forbidden form in a text in its order: its place, as it stands there, and what the term base says of it.

        ``meant``: only of these concepts. ``among``: what :meth:`near` gave for a text that this one is a part of.
        """
        plain = folded(text, self._language)
        near = self._near(plain, text, among)
        near = [one for one in near if meant(one[0])] if meant else near
        if not any(self._begins(bad, parts[0], plain, text) for _, bad, parts in near):
            return
        masked, bare = (self._longer.sub(lambda match: "\0" * len(match[0]), one) for one in (plain, text))
        taken: list[tuple[int, int]] = []
        found: list[tuple[int, str, Term, ForbiddenForm]] = []
        for term, bad, _ in near:
            for match in self._pattern(bad).finditer(bare if self._as_it_is(bad) else masked):
                if not any(start < match.end() and match.start() < end for start, end in taken):
                    taken.append(match.span())
                    found.append((match.start(), text[match.start() : match.end()], term, bad))
        yield from sorted(found, key=lambda one: one[0])

    def maybe(self, text: str) -> bool:
        """Whether a text is worth looking closer at: no form is in it where this is false, nor in a part of it."""
        return bool(self.near(text))

    def near(self, text: str) -> Sequence[Near]:
        """The forms that a text, or a part of it, may hold: no others are in it. To be asked once of a text that is read part by part."""
        return self._near(folded(text, self._language), text, None)

    def _near(self, plain: str, text: str, among: Sequence[Near] | None) -> Sequence[Near]:
        """The forms whose seeds a text has, with the seeds; ``plain`` is the text folded."""
        small = (plain if plain == text else f"{plain}\0{text}").lower()  # a form may be forbidden because it is not folded
        if among is not None:
            return [one for one in among if all(map(small.__contains__, one[2]))]
        if not self._rarest.search(small):
            return []
        return [(*pair, parts) for pair, parts in zip(self._forbidden, self._seeds, strict=True) if all(map(small.__contains__, parts))]

    def _begins(self, bad: ForbiddenForm, seed: str, plain: str, text: str) -> bool:
        """Whether the form stands in a text, whose folded form is ``plain``; it can only begin where its first seed stands."""
        pattern, whole = self._pattern(bad), text if self._as_it_is(bad) else plain
        small = whole.lower()
        if len(small) != len(whole):
            return pattern.search(whole) is not None
        place = small.find(seed)
        while place >= 0:
            if pattern.match(whole, place):
                return True
            place = small.find(seed, place + 1)
        return False

    def _as_it_is(self, bad: ForbiddenForm) -> bool:
        return self._language == "zh" and folded(bad.form, "zh") != bad.form

    def _pattern(self, bad: ForbiddenForm) -> re.Pattern[str]:
        return _compiled(re.escape(bad.form) if self._as_it_is(bad) else self._shapes(bad.form))

    def _shapes(self, form: str) -> str:
        """The expression for a form: to ask the dictionary of Russian for one takes a twentieth of a second, most of it to open it."""
        return self._memory.made(("shapes", form, self._language), (), partial(shapes, form, self._language))

    @cached_property
    def _seeds(self) -> list[tuple[str, ...]]:
        return [
            (bad.form.lower(),) if folded(bad.form, self._language) != bad.form else seeds(bad.form, self._language)
            for _, bad in self._forbidden
        ]

    @cached_property
    def _rarest(self) -> re.Pattern[str]:
        """Of each form the longest seed: most texts hold none of them, and one look at a text is quicker than one for each."""
        return re.compile("|".join(map(re.escape, sorted({max(parts, key=len) for parts in self._seeds}))) or r"(?!)")

    @cached_property
    def _longer(self) -> re.Pattern[str]:
        """Right forms that hold a forbidden one: 성형외과 holds 외과; and longer words that hold it by chance."""
        right = [
            *(term.forms.get(self._language, "") for term in self._terms.values()),
            *(word for _, bad in self._forbidden for word in bad.within),
        ]
        bare = [folded(bad.form, self._language).lower() for _, bad in self._forbidden]
        owns = {form: folded(form, self._language).lower() for form in right}
        holding = {form for form, own in owns.items() if any(bad in own and bad != own for bad in bare)}
        found = "|".join(self._shapes(form) for form in sorted(holding, key=len, reverse=True))
        return re.compile(found or r"(?!)", re.IGNORECASE)


def usage_by_language(terms: Mapping[str, Term], languages: Iterable[str], memory: Memory) -> dict[str, Usage]:
    """The forbidden forms of each language."""
    codes = tuple(languages)
    return memory.made("usage", (terms, codes), lambda: {code: Usage(terms, code, memory=memory) for code in codes})
