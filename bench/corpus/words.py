"""Words of four languages, most of them rare, as in any text (Zipf's law)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

LANGUAGES = ("en", "ko", "ru", "zh")
"""The default first: its pages lie at the root of the site."""
_FILE = Path(__file__).with_name("words.yaml")
_PRIME = 7_654_321
"""Spreads neighbours over all names: it divides by none of 2, 3 and 5."""
_GLUE = 0.28
"""How many words are those that every sentence has."""


@dataclass(frozen=True)
class Words:
    """The words of a language; ``forms`` from frequent to rare, ``weights`` cumulative."""

    stems: tuple[str, ...]
    glue: tuple[str, ...]
    forms: tuple[str, ...]
    weights: tuple[float, ...]
    gap: str
    stop: str
    comma: str
    end: str
    note: str
    section: str
    home: str
    related: str
    headings: tuple[str, ...]
    columns: tuple[str, ...]

    def some(self, random: Random, count: int) -> list[str]:
        """So many words."""
        rare = random.choices(self.forms, cum_weights=self.weights, k=count)
        return [random.choice(self.glue) if random.random() < _GLUE else word for word in rare]

    def name(self, number: int, length: int = 4) -> str:
        """A name without figures, another for each number below 60 to the power of ``length``."""
        mixed = number * _PRIME % 60**length
        digits = [mixed // 60**place % 60 for place in range(length)]
        return _capital(self.gap.join(self.stems[(digit + place * 17) % 60] for place, digit in enumerate(digits)))

    def sentence(self, random: Random, shape: Random) -> str:
        """A plain sentence without its full stop; ``shape`` is the same in all languages."""
        return self.joined(self.some(random, shape.randint(9, 17)), shape.randint(3, 6))

    def joined(self, words: Sequence[str], comma: int) -> str:
        """Words as a sentence, with a comma behind one of them."""
        marked = [f"{word}{self.comma.strip()}" if place == comma else word for place, word in enumerate(words)]
        if not self.gap:  # what is marked stands apart from Han letters, so that every parser sees it
            marked = [f" {word} " if word[0] in "*`[{" else word for word in marked]
        return _capital(self.gap.join(marked).strip())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def words_of(language: str) -> Words:
    """The words of one of :data:`LANGUAGES`."""
    row = yaml.safe_load(_FILE.read_text(encoding="utf-8"))[language]
    stems, glue, ends = tuple(dict.fromkeys(row.pop("stems").split())), tuple(row.pop("glue").split()), row.pop("ends")
    forms = list(dict.fromkeys(stem + end for stem in stems for end in ends))
    Random(7).shuffle(forms)
    weights = tuple(itertools.accumulate(1 / (place + 3) for place in range(len(forms))))
    headings, columns = tuple(row.pop("headings")), tuple(row.pop("columns"))
    return Words(stems=stems, glue=glue, forms=tuple(forms), weights=weights, headings=headings, columns=columns, **row)
