"""The forms in which claims are written down, and the regular expressions that they become.

=============  ================================================================================================
``word``       the word; where a language has no spaces between words, the characters wherever they stand
``word*``      the word with any ending, up to twelve letters
``a b``        one behind the other: hyphens and quotation marks may stand between; Korean needs no space
``(a/b c/d)``  one of them; with an empty last one, ``(a/b/)``, it may be left out
``…``          some characters of the same sentence, as many as the language says
``~``          a number
=============  ================================================================================================

Every repetition in the expressions has a limit, none stands within another, and … stands twice at most: no text makes them slow.
``seeds`` are words that must be in a text where the form is: looking for them first is quicker by far than looking for the expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"[()/…]|[^\s()/…]+")
_QUOTES = "\"'«»“”„‘’"


class FormError(ValueError):
    """A form that cannot be read; the text says why."""


@dataclass(frozen=True)
class Word:
    text: str
    """In small letters, without the star."""
    open: bool


@dataclass(frozen=True)
class Gap:
    """Some characters of the same sentence."""


@dataclass(frozen=True)
class Choice:
    ways: tuple[tuple[Part, ...], ...]
    optional: bool


Part = Word | Gap | Choice


def plain(text: str) -> str:
    """Text as forms see it: small letters, ё as е, one kind of apostrophe and space, no marks of Markdown. As long as before."""
    low = text.lower()
    seen = low if len(low) == len(text) else "".join(small if len(small := one.lower()) == 1 else one for one in text)
    for one, alike in zip(_UNLIKE, _ALIKE, strict=True):
        seen = seen.replace(one, alike)
    return seen


_UNLIKE = "ё’ʼ\u00a0\u202f\u2011％*_`[]/０１２３４５６７８９"
_ALIKE = "е''  -%      0123456789"


@lru_cache(maxsize=4096)
def parsed(form: str) -> tuple[Part, ...]:
    """The parts of a form. Raises :class:`FormError`."""
    tokens = iter(_TOKEN.findall(form.lower().replace("ё", "е")))
    ways, closed = _ways(tokens)
    if closed or len(ways) != 1:
        raise FormError("brackets or strokes do not fit together")
    (parts,) = ways
    _check(parts)
    if form.count("…") > 2:
        raise FormError("… stands more than twice")
    if not _seeds(parts):
        raise FormError("this form has no word that must be there")
    return parts


def _ways(tokens: Iterator[str]) -> tuple[list[tuple[Part, ...]], bool]:
    """The alternatives up to a closing bracket or the end, and whether a bracket closed them."""
    ways: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    for token in tokens:
        if token == "(":
            inner, closed = _ways(tokens)
            if not closed:
                raise FormError("a bracket is not closed")
            optional = not inner[-1]
            kept = tuple(way for way in inner if way)
            if len(kept) != len(inner) - optional or not kept:
                raise FormError("a bracket is empty, or an empty way is not the last")
            parts.append(Choice(kept, optional))
        elif token == ")":
            return [*ways, tuple(parts)], True
        elif token == "/":
            ways.append(tuple(parts))
            parts = []
        elif token == "…":
            parts.append(Gap())
        else:
            text = token.rstrip("*")
            if not text or "*" in text:
                raise FormError("a star stands alone or inside a word")
            parts.append(Word(text, token != text))
    return [*ways, tuple(parts)], False


def _check(parts: tuple[Part, ...]) -> None:
    firm = [isinstance(part, Word) or (isinstance(part, Choice) and not part.optional) for part in parts]
    if not firm or not firm[-1] or isinstance(parts[0], Gap):
        raise FormError("a form or one of its ways begins or ends with what may be left out")
    if any(isinstance(a, Gap) and isinstance(b, Gap) for a, b in pairwise(parts)):
        raise FormError("two … stand side by side")
    for part in parts:
        for way in part.ways if isinstance(part, Choice) else ():
            _check(way)


@lru_cache(maxsize=4096)
def seeds(form: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words, in small letters: of each group one word is in every text that has the form. The rarest group comes first."""
    groups = {words for part in parsed(form) if (words := _seeds_of(part))}
    return tuple(sorted(groups, key=lambda words: (-min(map(len, words)), len(words), words)))


def _seeds(parts: tuple[Part, ...]) -> tuple[str, ...]:
    found = [_seeds_of(part) for part in parts]
    return max(filter(None, found), key=lambda words: (min(map(len, words)), -len(words)), default=())


def _seeds_of(part: Part) -> tuple[str, ...]:
    if isinstance(part, Word):
        longest = max(re.split(r"[~\-]", part.text), key=len)
        return (longest,) if longest else ()
    if isinstance(part, Choice) and not part.optional:
        ways = [_seeds(way) for way in part.ways]
        return tuple(word for way in ways for word in way) if all(ways) else ()
    return ()


def spans(form: str, text: str, *, spaced: bool, gap: int) -> Iterator[tuple[int, int]]:
    """Where a form stands in a text that went through :func:`plain`; ``gap`` is the most that … stands for."""
    if not all(any(word in text for word in words) for words in seeds(form)):
        return
    search, at = _expression(form, spaced, gap).search, 0
    while match := search(text, at):
        start, end = match.span()
        if spaced and start and text[start].isalnum() and text[start - 1].isalnum():
            at = start + 1  # inside a word; asked here because an expression that begins with a condition is five times slower
        else:
            yield start, end
            at = end


@lru_cache(maxsize=4096)
def _expression(form: str, spaced: bool, gap: int) -> re.Pattern[str]:
    return re.compile(_sequence(parsed(form), spaced, gap))


def _sequence(parts: tuple[Part, ...], spaced: bool, gap: int, *, behind_gap: bool = False) -> str:
    between = rf"(?:[ {_QUOTES}-]{{1,3}}|\n)" if spaced else rf"(?:[ {_QUOTES}]{{0,2}}|\n)"
    some = r"[^.!?;。！？；\n]" + (f"{{1,{gap}}}?" if spaced else f"{{0,{gap}}}?")
    pieces: list[str] = []
    for place, part in enumerate(parts):
        last = place + 1 == len(parts)
        link = "" if last or isinstance(part, Gap) or isinstance(parts[place + 1], Gap) else between
        behind = isinstance(parts[place - 1], Gap) if place else behind_gap
        match part:
            case Gap():
                pieces.append(some)
            case Word():
                pieces.append((r"\b" if spaced and behind and part.text[0].isalnum() else "") + _word(part, spaced) + link)
            case Choice():
                ways = "|".join(_sequence(way, spaced, gap, behind_gap=behind) for way in part.ways)
                pieces.append(f"(?:(?:{ways}){link})?" if part.optional else f"(?:{ways}){link}")
    return "".join(pieces)


def _word(word: Word, spaced: bool) -> str:
    text = re.escape(word.text).replace(r"\~", r"\d[\d.,]{0,9}").replace(r"\-", r"[\s-]?" if spaced else "-")
    if not spaced:
        return text
    return text + (r"\w{0,12}\b" if word.open else r"\b" if word.text[-1].isalnum() or word.text[-1] == "~" else "")
