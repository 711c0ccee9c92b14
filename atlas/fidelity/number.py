"""Numbers and codes in a text, by their value: ``1.5 million``, ``150만``, ``1,5 млн`` and ``150万`` are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Protocol

_CODE = r"(?-i:(?<![A-Za-z0-9])[A-Z]{1,4}[-‐‑]\d+(?:[-‐‑]\d+)*(?![A-Za-z0-9])|(?<![A-Za-z0-9])[A-Z]+\d+[A-Za-z0-9]*)"
_PHONE = r"\+\d[\d -]{6,}\d"
_CLOCK = r"(?<![\d:.])\d{1,2}(?::\d\d|\.00)(?![\d:])"
_PLAIN = r"\d+(?:[.,\u00a0\u202f ]\d+)*"
_SPACES = "[ \u00a0\u202f]"
_SHORT_YEAR = re.compile(r"\b(\d\d)(\d\d)[-–/](\d\d)\b(?![-–/:\d])")
_TYPED = re.compile(r"[\d½¼¾]")
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}


@dataclass(frozen=True)
class Number:
    """A number or code; ``value`` is the same however a language writes it. ``typed``: in digits, and not in words."""

    value: str
    start: int
    text: str
    typed: bool = True


class Numerals(Protocol):
    """How one language writes numbers: what ``data/numerals.yaml`` tells of it."""

    @property
    def decimal(self) -> str: ...
    @property
    def times(self) -> Mapping[str, int]: ...
    @property
    def months(self) -> tuple[str, ...]: ...
    @property
    def whole_words(self) -> bool: ...
    @property
    def words(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def maybe(self) -> Mapping[str, tuple[str, ...]]: ...


class Counting:
    """Reads the numbers of one language."""

    def __init__(self, numerals: Numerals) -> None:
        self._comma = numerals.decimal == ","
        self._times = numerals.times
        times = "|".join(sorted(map(re.escape, self._times), key=len, reverse=True)) or "(?!)"
        many = rf"(?:{times})+(?:\w{{0,3}}\b)?"
        self._any = re.compile(
            rf"(?P<code>{_CODE})|(?P<phone>{_PHONE})|(?P<clock>{_CLOCK})"
            rf"|(?P<amount>{_PLAIN}{_SPACES}?{many}(?:{_SPACES}?{_PLAIN}(?:{many})?)*)|(?P<plain>{_PLAIN})|(?P<part>[½¼¾])",
            re.IGNORECASE,
        )
        self._piece = re.compile(rf"({_PLAIN}){_SPACES}?((?:{times})*)", re.IGNORECASE)
        self._time = re.compile(times, re.IGNORECASE)
        sign = "[.,]" if self._comma else r"\."
        self._single = re.compile(rf"\d{{1,3}}(?:[,\u00a0\u202f ]\d{{3}}(?!\d))+(?:{sign}\d+)?|\d+(?:{sign}\d+)?")
        self._words = _Words(numerals.words, whole=numerals.whole_words)
        self._maybe = _Words(numerals.maybe, whole=numerals.whole_words)
        self._months = _Words({str(place): (form,) for place, form in enumerate(numerals.months, 1)}, whole=True, exact=True)

    def numbers(self, text: str) -> list[Number]:
        """Each number in digits, code, month of a date, and number in words."""
        found = list(self._words.found(text))
        for value, start, form in found:
            if value == "0":
                text = f"{text[:start]}{' ' * len(form)}{text[start + len(form) :]}"
        typed = _TYPED.search(text)
        digits = list(self._digits(_SHORT_YEAR.sub(r"\1\2–\1\3", text))) if typed else []
        return digits + [Number(value, start, form, typed=False) for value, start, form in found if value != "0"]

    def maybe(self, text: str) -> set[str]:
        """The numbers that a text may be meant to say, without saying them as such."""
        return {value for words in (self._maybe, self._months) for value, _, _ in words.found(text)} | {"1"}

    def _digits(self, text: str) -> Iterator[Number]:
        for match in self._any.finditer(text):
            found = match[0]
            match match.lastgroup:
                case "code":
                    yield Number(re.sub("[‐‑]", "-", found).upper(), match.start(), found)
                case "phone":
                    yield Number(re.sub("[ -]", "", found), match.start(), found)
                case "clock":
                    hour, minute = re.split("[:.]", found)
                    yield Number(str(int(hour)) if minute == "00" else f"{int(hour)}:{minute}", match.start(), found)
                case "amount":
                    pieces = ((self._value(piece[1]), self._time.findall(piece[2])) for piece in self._piece.finditer(found))
                    total = sum((value * prod(self._times[time.lower()] for time in times) for value, times in pieces), Decimal())
                    yield Number(_shown(total), match.start(), found.rstrip())
                case "part":
                    yield Number(_FRACTIONS[found], match.start(), found)
                case _:
                    for piece in self._single.finditer(found):
                        yield Number(_shown(self._value(piece[0])), match.start() + piece.start(), piece[0])
        for value, start, form in self._months.found(text):
            if text[:start].rstrip()[-1:].isdigit() or text[start + len(form) :].lstrip()[:1].isdigit():
                yield Number(value, start, form)

    def _value(self, written: str) -> Decimal:
        bare = re.sub("[\u00a0\u202f ]", "", written)
        whole, _, rest = (bare.replace(",", ".") if self._comma else bare.replace(",", "")).partition(".")
        return Decimal(f"{whole}.{rest.replace('.', '')}" if rest else whole)


class _Words:
    """Words for numbers, found in one go."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], *, whole: bool, exact: bool = False) -> None:
        found = "|".join(f"(?P<n{value}>{'|'.join(forms)})" for value, forms in words.items() if forms) or "(?!)"
        self._any = re.compile(rf"\b(?:{found})\b" if whole else found, re.NOFLAG if exact else re.IGNORECASE)

    def found(self, text: str) -> Iterator[tuple[str, int, str]]:
        """Value, place and form of each."""
        return ((match.lastgroup.removeprefix("n"), match.start(), match[0]) for match in self._any.finditer(text) if match.lastgroup)


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"


def differing(source: Counting, text: str, own: Counting, translation: str) -> tuple[list[Number], list[Number]]:
    """The numbers that only a text has, and those that only its translation has.

    What a language may leave unsaid is not missed. A number in words counts only where another stands in its place, because *both* may
    be *the two*, and *they* may be *the three countries*. ``2.5 to 5 million`` is ``2.5 million to 5 million``.
    """
    theirs, ours = source.numbers(text), own.numbers(translation)
    known, found = {one.value for one in theirs}, {one.value for one in ours}
    if known == found:
        return [], []
    may_be, may_have = own.maybe(translation) | found, source.maybe(text) | known
    lost, new = [one for one in theirs if one.value not in may_be], [one for one in ours if one.value not in may_have]
    scaled = {value for one in lost for other in new if _scaled(one.value, other.value) for value in (one.value, other.value)}
    lost, new = [one for one in lost if one.value not in scaled], [one for one in new if one.value not in scaled]
    if not (lost and new):
        lost, new = [one for one in lost if one.typed], [one for one in new if one.typed]
    return lost, new


def _scaled(one: str, other: str) -> bool:
    """Whether one is the other in thousands, myriads, millions …"""
    try:
        small, great = sorted((Decimal(one), Decimal(other)))
    except ArithmeticError:
        return False
    return bool(small) and great / small in {Decimal(10) ** power for power in (3, 4, 6, 8, 9, 12)}
