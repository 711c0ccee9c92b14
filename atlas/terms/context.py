"""Forms that are wrong for one concept and right for another, where the source says that it is the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from atlas.records.term import ForbiddenForm, Term
from atlas.terms.inflection import folded, shapes
from atlas.usage import Usage


@dataclass(frozen=True)
class Doubt:
    """A form that is wrong if the concept of ``term`` is meant, and its place in the translation."""

    start: int
    text: str
    term: Term
    bad: ForbiddenForm

    def what(self) -> str:
        """What may be wrong."""
        return f"the term base warns of this form ({self.bad.why})"


@dataclass
class Contexts:
    """The term base of a project, with what has been made of it so far."""

    terms: Mapping[str, Term]
    _usages: dict[str, Usage] = field(default_factory=dict)
    _forms: dict[tuple[str, str], re.Pattern[str]] = field(default_factory=dict)

    def doubts(self, source: str, source_language: str, text: str, language: str) -> Iterator[Doubt]:
        """Where the source names a concept, and the translation a form that is wrong for it, and neither its right form nor a synonym."""
        if language not in self._usages:
            self._usages[language] = Usage(self.terms, language, "context")
        meant = partial(self._says, text=source, language=source_language)
        for start, found, term, bad in self._usages[language].places(text, meant):
            if not self._says(term, text, language, synonyms=True, but=bad.form):
                yield Doubt(start, found, term, bad)

    def _says(self, term: Term, text: str, language: str, *, synonyms: bool = False, but: str = "") -> bool:
        forms = [term.forms.get(language, ""), *(term.synonyms.get(language, ()) if synonyms else ())]
        plain = folded(text, language)
        return any(self._form(form, language).search(plain) for form in forms if form and form != but)

    def _form(self, form: str, language: str) -> re.Pattern[str]:
        found = self._forms.get((form, language))
        if found is None:
            found = self._forms[form, language] = re.compile(shapes(form, language), re.IGNORECASE)
        return found
