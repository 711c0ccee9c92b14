"""What a translation of a segment must keep: its codes, its numbers, its place in the frame, its length."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import get_global

from atlas.fault import shown
from atlas.handoff.code import Mark, bare, marks, tokens
from atlas.handoff.number import months, numbers, writes_months_in_digits
from atlas.handoff.parcel import Segment

_MANY = 12
"""Letters of a text of which one at least is in the script of its language."""
_OF_WORDS = 31
"""Numbers up to this may stand in digits where the source has a word: *two weeks* is 2주, *in May* is 5월에."""


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a segment, what stands there (as it is told), and how to mend it."""

    what: str
    got: str
    mend: str


@dataclass(frozen=True)
class Tongue:
    """A language: its code here, its tag (BCP 47), its locale for CLDR."""

    code: str
    tag: str
    locale: str


def troubles(segment: Segment, target: str, source: Tongue, into: Tongue) -> Iterator[Trouble]:
    """Every reason for which ``target`` cannot be the translation of a segment."""
    if not target.strip():
        yield Trouble("this translation is empty", "nothing", "Translate it, or leave the segment as it was exported.")
        return
    if segment.source.strip() == segment.source and target.strip() != target:
        yield Trouble("the translation begins or ends with a space", shown(target), "Take the space out.")
    if segment.limit and len(target) > segment.limit:
        yield Trouble(f"this text has more than {segment.limit} characters", f"{len(target)} characters", "Shorten it.")
    if "\n" in target and "\n" not in segment.source:
        yield Trouble("a line ends within the translation", shown(target), "Write it on one line.")
    if letters := _strange_letters(segment.source, target, into):
        what = "this is in another script than the language of the translation"
        yield Trouble(what, shown(letters), "Translate it; or is it another language's?")
    yield from _codes(segment.source, target, into)
    yield from _numbers(segment.source, target, source, into)


def _codes(source: str, target: str, into: Tongue) -> Iterator[Trouble]:
    wanted, found = (_counted(marks(tokens(text))) for text in (source, target))
    for key, number in (wanted - found).items():
        if key in {f"span {into.tag}", f"span {into.code}"}:
            continue  # what is in the reader's own language needs no mark
        lost = _called(key)
        what = f"the translation has lost {lost}" if number == 1 else f"the translation has lost {lost} ({number} times)"
        yield Trouble(what, _times(found[key], wanted[key]), f"Put it back where it belongs: {_shown(key, source)}")
    for key in found - wanted:
        if key.startswith(("span ", "{{=")):
            continue
        more = _called(key)
        what = (
            f"the translation has {more} more often than the source"
            if key in wanted
            else f"the translation has {more} that the source has not"
        )
        yield Trouble(what, _times(found[key], wanted[key]), "Take it out.")


def _strange_letters(source: str, target: str, into: Tongue) -> str:
    """The text, where it has many letters, none of the script of its language, and is not the source (a name, an address)."""
    letters = [letter for letter in bare(tokens(target)) if letter.isalpha()]
    script = _script(into.locale)
    as_there = letters == [letter for letter in bare(tokens(source)) if letter.isalpha()]
    known = script == "LATIN" or as_there or any(unicodedata.name(letter, "").startswith(script) for letter in letters)
    return "" if known or len(letters) < _MANY else target


@cache
def _script(locale: str) -> str:
    """The script of a language as the names of its letters begin (CLDR likely subtags, Unicode names)."""
    tags = [*locale.split("_"), *get_global("likely_subtags").get(locale, "").split("_")]
    code = next((tag for tag in tags if len(tag) == len("Cyrl")), "Latn")
    return {"Kore": "HANGUL", "Hans": "CJK", "Hant": "CJK", "Jpan": "CJK"}.get(code) or Locale("en").scripts.get(code, code).upper()


def _times(found: int, wanted: int) -> str:
    return f"{found} times, in the source {wanted}"


def _counted(found: tuple[Mark, ...]) -> Counter[str]:
    return Counter(mark.key for mark in found if mark.end != "close")


def _called(key: str) -> str:
    kind, _, name = key.partition(" ")
    match kind:
        case "link":
            return f"the link to {name}"
        case "span":
            return f"the passage in another language ({name})"
        case "strong" | "emphasis":
            return "the emphasis"
    return f"the code {key}" if key.startswith("`") else f"the reference {key}" if key.startswith("{{") else f"the placeholder {key}"


def _shown(key: str, source: str) -> str:
    mark = next(one for one in marks(tokens(source)) if one.key == key)
    return (
        mark.data
        if mark.end == "alone"
        else f"{mark.data}…{next(one.data for one in marks(tokens(source)) if one.key == key and one.end == 'close')}"
    )


def _numbers(source: str, target: str, language: Tongue, into: Tongue) -> Iterator[Trouble]:
    lost, gained = _compared(source, target, language, into)
    for number in lost:
        there = ", ".join(numbers(target, into.locale)) or "no number"
        mend = "Write the number as the source does; what must be said in words is changed in the file itself."
        yield Trouble(f"the translation has lost the number {number}", there, mend)
    for number in gained if not lost else ():
        yield Trouble(f"the translation has the number {number}, which the source has not", shown(number), "Correct it.")


def _compared(source: str, target: str, language: Tongue, into: Tongue) -> tuple[Counter[str], Counter[str]]:
    """The numbers that are lost, and those that came from nowhere."""
    wanted, there = numbers(source, language.locale), numbers(target, into.locale)
    named = months(source, language.locale)
    lost = (wanted + named if writes_months_in_digits(into.locale) else wanted) - (there + months(target, into.locale))
    gained = there - wanted - named
    strange = (number for number in gained if number not in wanted and not (number.isdigit() and int(number) <= _OF_WORDS))
    return lost, Counter(strange)
