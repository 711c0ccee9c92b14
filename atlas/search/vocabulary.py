"""What the index of one language knows of words besides the pages: words that say nothing, and what the term base holds equal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from babel import Locale

from atlas.records.term import Term
from atlas.search.analysis import USUAL, joined, stemmers
from atlas.search.hanzi import simplified_of


@dataclass(frozen=True)
class Vocabulary:
    """Of one language of the site."""

    stop: tuple[str, ...] = ()
    equal: Mapping[str, str] = field(default_factory=dict)
    """What the site writes, by what is typed instead, written as one: ``химия`` → ``химиотерапия``."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The character that the site writes, by the traditional one."""
    says: Mapping[str, Any] = field(default_factory=dict)
    """What the results say, for the script that shows them."""
    stemmers: Mapping[str, str] = field(default_factory=lambda: dict(USUAL))
    """By script, the stemmer that cuts words, or ``""`` for none."""


def vocabulary(language: str, script: str, stop: str, terms: Collection[Term], says: Mapping[str, Any]) -> Vocabulary:
    """From the term base: what the site does not write, in any language, stands for what it writes in this one."""
    equal: dict[str, str] = {}
    for term in terms:
        own = term.forms.get(language)
        if not own:
            continue
        typed = [word for words in term.synonyms.values() for word in words] + list(term.forms.values())
        typed += [bad.form for forms in term.forbidden.values() for bad in forms]
        for word in typed:
            key = joined(word)
            if len(key) > 1 and key != joined(own):
                equal.setdefault(key, own)
    # A form that is right for one concept is not read as another.
    for term in terms:
        equal.pop(joined(term.forms.get(language, "")), None)
    name = str(Locale("en").languages[language])
    return Vocabulary(tuple(stop.split()), dict(sorted(equal.items())), simplified_of(), says, stemmers(name, script))
