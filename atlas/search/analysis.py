"""How a text becomes terms: the same for what is indexed and what is typed (``overrides/assets/searching.js`` reads in the same way).

Words of Latin and Cyrillic letters stand as the beginning that all their forms share, found by the Snowball stemmers (snowballstem.org);
a browser needs no stemmer, because it tries the endings that were cut off here. A language that has no stemmer, such as Kazakh, is found by
whole words and their beginnings. Runs of Korean and Chinese letters stand as their pairs
(as in Lucene's CJKBigramFilter), which finds 암 in 위암 and needs no dictionary. Codes such as C-3-3 stand without hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

import Stemmer

_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe63]")
_TOKEN = re.compile(
    "[a-z0-9]+(?:-[a-z0-9]+)*"
    "|[\u0400-\u052f]+(?:-[\u0400-\u052f]+)*"
    "|[\uac00-\ud7a3]+"
    "|[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff]+"
    "|[^\\W\\d_]+"
)
_BETWEEN = {letter: " " for letter in range(0x80) if not re.match("[-a-z0-9]", chr(letter))}
_LOOSE_HYPHEN = re.compile("-(?:(?![a-z0-9])|(?<![a-z0-9]-))")
_CODE = re.compile("[0-9](?:(?<=[авсегкмнортх].)|(?<=[авсегкмнортх]-.))")
"""The digit of a code behind a Cyrillic letter: digits are few, and are found much sooner than letters."""
_LATIN = dict(zip("авсегкмнортх", "abcegkmhoptx", strict=True))
"""Cyrillic letters that are typed for the Latin ones of a code: С-3-3."""
_POSSESSIVE = re.compile("'s?(?![a-z])|'")
_WIDE = {"\uff0c": ",", "\uff1a": ":", "\uff1b": ";", "\uff08": "(", "\uff09": ")", "\uff01": "!", "\uff1f": "?"}
"""The signs of Chinese texts and their compatibility forms: replaced one by one they are replaced ten times as fast."""
_MARKED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_CJK = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
USUAL = {"Latn": "english", "Cyrl": "russian"}
"""The stemmer for words in a script, by its name in Snowball."""
_BARE = re.compile("(.{2,}[бвгджзйклмнпрстфхцчшщ])[ое]([кнцлтр])")
"""A stem with a vowel that other forms drop: клеток and клетка, казахстанец and казахстанцы."""
_NATIVE = re.compile("(.{2,}[ая]н)ин$")
"""россиянин and россияне."""
_OF_PLACE = re.compile("(.{4,}?)ь?ск")
"""пусанский and Пусан, сеульский and Сеул."""
LEAST = 3
"""The shortest beginning of a word that stands for its forms."""


def normalised(text: str) -> str:
    """Compatibility forms, case, ё, accents of Latin letters and apostrophes do not matter; every hyphen is the same."""
    if not text.isascii():
        if not unicodedata.is_normalized("NFKC", text):
            for sign, form in _WIDE.items():
                text = text.replace(sign, form)
            text = unicodedata.normalize("NFKC", text)
        text = _HYPHENS.sub("-", text).replace("\u2019", "'").replace("\u02bc", "'").replace("\u00ad", "").lower().replace("ё", "е")
        text = _MARKED.sub(lambda match: unicodedata.normalize("NFD", match[0])[0], text)
    else:
        text = text.lower()
    if "'" in text:
        text = _POSSESSIVE.sub("", text)
    return text if text.isascii() else _with_latin_codes(text)


def _with_latin_codes(text: str) -> str:
    """С-3-3 with a Latin letter."""
    pieces, done = [], 0
    for digit in [match.start() for match in _CODE.finditer(text)]:
        letter = digit - 2 if text[digit - 1] == "-" else digit - 1
        if letter == 0 or not "\u0400" <= text[letter - 1] <= "\u052f":
            pieces += [text[done:letter], _LATIN[text[letter]]]
            done = letter + 1
    return f"{''.join(pieces)}{text[done:]}" if pieces else text


def tokens(text: str) -> list[str]:
    """The words, codes and runs of letters of a normalised text, in order."""
    if text.isascii():  # in half the time
        return _LOOSE_HYPHEN.sub(" ", text.translate(_BETWEEN)).split()
    return _TOKEN.findall(text)


def joined(text: str) -> str:
    """A name written as one: spaces, hyphens and points do not matter. ``check-up`` → ``checkup``, ``C-3-3`` → ``c33``."""
    return "".join(tokens(normalised(text))).replace("-", "")


def is_run(token: str) -> bool:
    """Whether the token is a run of Korean or Chinese letters, which has no word boundaries of its own."""
    return "\u3005" <= token[:1] <= "\ud7a3" and _CJK.match(token) is not None


def parts(token: str) -> list[str]:
    """A hyphenated word: written as one, and its parts that are words. ``pet-ct`` → ``petct``, ``pet``, ``ct``; ``c-3-3`` → ``c33``."""
    if "-" not in token:
        return [token]
    found = [part for part in token.split("-") if len(part) > 1 and not (part.isdigit() and len(part) < LEAST)]
    return [token.replace("-", ""), *found]


def stemmers(name: str, script: str) -> dict[str, str]:
    """The stemmer for words in each script, in the index of a language with this English name and script (ISO 15924).

    Words in its own script are of that language, if they are of any: Cyrillic ones in a Kazakh text are not cut as Russian ones are.
    """
    own = name.lower()
    return {**USUAL, script: own if own in Stemmer.algorithms() else ""} if script in USUAL else dict(USUAL)


@cache
def beginning(word: str, latin: str = USUAL["Latn"], cyrillic: str = USUAL["Cyrl"]) -> str:
    """What all forms of a word begin with: ``surgeries`` → ``surger``, ``больницы`` → ``больниц``. Short words, codes: themselves.

    ``latin`` and ``cyrillic`` name the stemmers for words in these letters, ``""`` none.
    """
    if len(word) <= LEAST or any(letter.isdigit() for letter in word):
        return word
    name = latin if word[0] <= "z" else cyrillic if "\u0400" <= word[0] <= "\u052f" else ""
    stem = _russian_stem(word) if name == "russian" else _stem(word, name) if name else word
    return stem if len(stem) >= LEAST else word


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, 0)


def _stem(word: str, name: str) -> str:
    """As far as the stem is what the word begins with: *surgery* has the stem *surgeri*."""
    stem = str(_stemmer(name).stemWord(word))
    if name == "english" and stem.endswith("i") and len(stem) > LEAST + 1:
        stem = stem[:-1]
    same = next((place for place, (one, other) in enumerate(zip(word, stem, strict=False)) if one != other), len(stem))
    return stem[:same]


def _russian_stem(word: str) -> str:
    stem = str(_stemmer("russian").stemWord(word))
    if word.startswith(f"{stem}н") and stem[-1] in "аеоуяюи":  # Пусан and Пусана are no participles
        stem += "н"
    stem = _NATIVE.sub(lambda match: match[1], stem)
    if place := _OF_PLACE.fullmatch(stem):
        return place[1]
    bare = _BARE.fullmatch(stem)
    return bare[1] + bare[2] if bare else stem


def beginnings(word: str, endings: Collection[str]) -> Iterator[str]:
    """What a browser tries for a word, in this order: the word without each known ending, the shortest ending first."""
    for length in range(len(word), LEAST - 1, -1):
        if length == len(word) or word[length:] in endings:
            stem = word[:length]
            yield stem
            if bare := _BARE.fullmatch(stem):
                yield bare[1] + bare[2]
            if place := _OF_PLACE.fullmatch(stem):
                yield place[1]


def pairs(run: str) -> list[str]:
    """The pairs of letters of a run; a single letter stands for itself."""
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


@cache
def terms_of(token: str, latin: str = USUAL["Latn"], cyrillic: str = USUAL["Cyrl"]) -> tuple[str, ...]:
    """What a token is found by."""
    return tuple(pairs(token)) if is_run(token) else tuple(beginning(part, latin, cyrillic) for part in parts(token))
