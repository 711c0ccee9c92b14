"""A form of the term base in the shapes that it takes in a text, as a regular expression.

==========  ========================================================================================================
English     plural, possessive and ``-ing`` of the last word, or of the first before *of*; space, hyphen or line break
Korean      with or without spaces, with particles between the words; endings of a verb; whatever follows
Russian     every case, number, gender and short form, from a dictionary; what depends on another word stays as it is
Chinese     simplified, traditional and full-width letters; the text is folded first, see :func:`folded`
==========  ========================================================================================================

Other languages: the form as it is, as a whole word. Russian is read by pymorphy3 and the dictionary of OpenCorpora: measured on the forms
that are forbidden today, it misses none of their 1,812 inflected forms and takes one other word of the 9,185 on the site for one of them;
the Snowball stemmer misses 252 and takes 39, cut endings 339 and 132.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

_GAP = r"(?:[\s\u00a0]+|[-‐‑])"
_PARTICLES = "은|는|이|가|을|를|의|에|도|과|와|으로|로"
_FIXED = frozenset({"PREP", "CONJ", "PRCL", "INTJ", "NPRO", "ADVB", "PRED", "NUMR"})
_NAMING = frozenset({"NOUN", "ADJF", "ADJS", "PRTF", "PRTS"})
_SAME = {"ADJS": {"ADJF", "ADJS"}, "ADJF": {"ADJF", "ADJS"}, "PRTS": {"PRTF", "PRTS"}, "PRTF": {"PRTF", "PRTS"}}
"""Which parts of speech count as forms of one word: of a participle not the whole verb, of an adjective not *подешевле*."""


def shapes(form: str, language: str) -> str:
    """The expression for a form; it is matched against the text of :func:`folded`, without regard to case."""
    form = folded(form, language)
    match language:
        case "en":
            return _english(form)
        case "ko":
            return _korean(form)
        case "ru":
            return rf"(?<![\w-]){_russian(form.split())}(?!\w|-\w)"
        case "zh":
            return re.escape(form)
        case _:
            return rf"\b{_GAP.join(map(re.escape, form.split()))}\b"


def seeds(form: str, language: str) -> tuple[str, ...]:
    """What a folded text in small letters must hold before it is worth looking closer: the beginnings of the words of a form."""
    form = folded(form, language).lower()
    if language == "zh":
        return (form,)
    words = re.split(r"[\s-]+", form)
    if language == "ko":
        return tuple(word.removesuffix("다")[:2] for word in words)
    return tuple(word[: max(2, len(word) - 3)] for word in words)


def folded(text: str, language: str) -> str:
    """The text with what does not matter taken out, each character where it was.

    Chinese in simplified letters and none of full width; Russian without ё; curly apostrophes straight.
    """
    if language == "zh":
        return text.translate(_plain_chinese())
    if language == "ru":
        return text.replace("ё", "е").replace("Ё", "Е")
    return text.replace("\u2019", "'")


class _Plain(dict[int, str]):
    """For each character that was met the one that stands for it."""

    def __init__(self, simple: Mapping[str, str]) -> None:
        super().__init__()
        self._simple = simple

    def __missing__(self, code: int) -> str:
        narrow = unicodedata.normalize("NFKC", chr(code))
        narrow = narrow if len(narrow) == 1 else chr(code)
        found = self[code] = self._simple.get(narrow, narrow)
        return found


@cache
def _plain_chinese() -> _Plain:
    from atlas.search.hanzi import simplified_of  # its tables take time to load

    return _Plain(simplified_of())


def _english(form: str) -> str:
    words = form.split()
    head = words.index("of") - 1 if "of" in words[1:] else len(words) - 1
    return r"\b" + _GAP.join(_plural(word) if place == head else _hyphens(word) for place, word in enumerate(words)) + r"(?:'s?)?(?!\w)"


def _hyphens(word: str) -> str:
    return _GAP.join(map(re.escape, word.split("-")))


def _plural(word: str) -> str:
    """A word with the endings of nouns, and of verbs as far as a noun may be one too: *massage, massages, massaging*."""
    *first, last = word.split("-")
    before = "".join(re.escape(part) + _GAP for part in first)
    if last.endswith("ing") and len(last) > 5:
        return rf"{before}{re.escape(last[:-3])}(?:ing|e?s|e|ed)?"
    if re.search("[^aeiou]y$", last):
        return rf"{before}{re.escape(last[:-1])}(?:y|ies|ying)"
    if last.endswith("e"):
        return rf"{before}{re.escape(last[:-1])}(?:e|es|ing)"
    if re.search("(?:s|x|z|ch|sh)$", last):
        return rf"{before}{re.escape(last)}(?:es|ing)?"
    if last.endswith("man"):
        return rf"{before}{re.escape(last[:-2])}[ae]n"
    double = re.escape(last[-1]) if re.search("[^aeiou][aeiou][bdgmnprt]$", last) else ""
    return rf"{before}{re.escape(last)}(?:s|{double}?ing)?" if double else rf"{before}{re.escape(last)}(?:s|ing)?"


def _korean(form: str) -> str:
    words = form.split()
    last = words[-1]
    if last.endswith(("하다", "되다")) and len(last) > 2:
        ending = "[하한할함합해했]" if last.endswith("하다") else "[되된될됨됩돼됐]"
        words[-1] = f"{re.escape(last[:-2])}(?:을|를|이|가)?\\s*{ending}"
    elif last.endswith("다") and len(last) > 2:
        words[-1] = f"{re.escape(last[:-2])}{_open(last[-2])}"
    else:
        words[-1] = re.escape(last)
    return rf"(?:{_PARTICLES})?\s*".join([*map(re.escape, words[:-1]), words[-1]])


def _open(syllable: str) -> str:
    """The last syllable of a stem, with each final consonant that an ending puts below it."""
    first = ord(syllable) - 0xAC00
    if not 0 <= first < 11172 or first % 28:
        return re.escape(syllable)
    return f"[{syllable}{''.join(chr(0xAC00 + first + final) for final in (4, 8, 16, 17, 20))}]"


def _russian(words: list[str]) -> str:
    """A phrase: what stands before its noun agrees with it, what stands behind depends on it and stays as it is."""
    found: list[str] = []
    headed = False
    for word in words:
        bare = re.match(r"\w+(?:-\w+)*", word)
        if headed or bare is None or not re.search("[а-яё]", word, re.IGNORECASE):
            found.append(re.escape(folded(word, "ru")))
            continue
        forms, headed = _forms(bare[0].lower())
        found.append(f"(?:{'|'.join(map(re.escape, forms))}){re.escape(word[bare.end() :])}")
    return _GAP.join(found)


@cache
def _forms(word: str) -> tuple[tuple[str, ...], bool]:
    """The word in all its forms, the longest first, and whether it is a noun."""
    parsed = _dictionary().parse(word)
    if not parsed[0].is_known:  # a new word: it is guessed to be a verb as easily as a noun, and terms are nouns
        parsed = [one for one in parsed if str(one.tag.POS) in _NAMING] or parsed
    first = next((one for one in parsed if "nomn" in one.tag), parsed[0]) if parsed[0].tag.POS in _NAMING else parsed[0]
    noun = str(first.tag.POS) == "NOUN"
    if first.tag.POS in _FIXED:
        return (word,), False
    if first.tag.POS not in _NAMING and not first.is_known:
        return tuple(word + ending for ending in ("ами", "ах", "ов", "ам", "ом", "а", "у", "е", "ы", "")), True
    if first.tag.POS in _NAMING and "nomn" not in first.tag and str(first.tag.POS) not in {"ADJS", "PRTS"}:
        return (word,), noun
    kept = _SAME.get(str(first.tag.POS))
    found = {one.word for one in first.lexeme if kept is None or str(one.tag.POS) in kept}
    return tuple(sorted({folded(one, "ru") for one in {*found, word}}, key=lambda one: (-len(one), one))), noun


@cache
def _dictionary() -> Any:
    from pymorphy3 import MorphAnalyzer  # a tenth of a second, and only where a text may hold a forbidden form

    return MorphAnalyzer()
