"""The terms of the term base that a text uses, in whatever form, with what they are called in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from atlas.records.term import Term
from atlas.search.analysis import is_run, normalised, terms_of, tokens


@dataclass(frozen=True)
class Pair:
    """A term in two languages. ``avoid`` are forms that the term base forbids in the second, each with the reason."""

    id: str
    term: str
    translation: str
    avoid: tuple[tuple[str, str], ...] = ()


class Glossary:
    """Finds the terms of one language that have a form in another. Longer terms win: of *stomach cancer surgery*, *cancer* is not told."""

    def __init__(self, terms: Mapping[str, Term], source: str, target: str) -> None:
        self._pairs: dict[str, Pair] = {}
        self._by_first: dict[str, list[tuple[tuple[Word, ...], str]]] = {}
        runs: dict[str, str] = {}
        for key, term in terms.items():
            if source not in term.forms or target not in term.forms or term.part_of_speech == "label":
                continue
            avoid = tuple((bad.form, bad.why) for bad in term.forbidden.get(target, ()))
            self._pairs[key] = Pair(key, term.forms[source], term.forms[target], avoid)
            for form in (term.forms[source], *filter(_telling, term.synonyms.get(source, ()))):
                found = _words(form)
                if found and is_run(found[0].stem):
                    runs.setdefault(normalised(form), key)
                elif found:
                    self._by_first.setdefault(found[0].stem, []).append((found, key))
        for rows in self._by_first.values():
            rows.sort(key=lambda row: (-len(row[0]), row[1]))
        self._runs = {form: key for form, key in runs.items() if len(form) > 1}
        self._run = re.compile("|".join(map(re.escape, sorted(self._runs, key=len, reverse=True))) or "(?!)")

    def pairs(self, text: str) -> tuple[Pair, ...]:
        """The terms that occur in a text, in the order of their first place; Korean and Chinese ones after the others."""
        runs = (self._runs[match[0]] for match in self._run.finditer(normalised(text)))
        return tuple(self._pairs[key] for key in dict.fromkeys((*self._found(_words(text)), *runs)))

    def _found(self, words: tuple[Word, ...]) -> Iterator[str]:
        place = 0
        while place < len(words):
            for form, key in self._by_first.get(words[place].stem, ()):
                here = words[place : place + len(form)]
                if len(here) == len(form) and all(map(Word.is_form_of, here, form)):
                    yield key
                    place += len(form) - 1
                    break
            place += 1


def _telling(synonym: str) -> bool:
    """Whether what readers type for a term means nothing else: *IVF* and *trouble conceiving* do, *state* may be anything."""
    return len(synonym.split()) > 1 or (len(synonym) >= _SHORT and synonym.isupper())


@dataclass(frozen=True)
class Word:
    """A word as it is written, and what its forms have in common."""

    written: str
    stem: str

    def is_form_of(self, other: Word) -> bool:
        """Whether both are one word: *surgeries* and *surgery*, but not *well* and *wellness*, nor *or* and *OR*."""
        if len(other.written) <= _SHORT or other.written.isupper():
            return self.written == other.written
        return self.stem == other.stem and abs(len(self.written) - len(other.written)) <= _ENDING


_SHORT = 3
_ENDING = 3
"""How much longer one form of a word may be than another."""


def _words(text: str) -> tuple[Word, ...]:
    return tuple(_word(match) for match in _WORD.findall(text))


@cache
def _word(written: str) -> Word:
    [first, *_] = [*tokens(normalised(written)), written]
    return Word(written, first if is_run(first) else terms_of(first)[0])


_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
