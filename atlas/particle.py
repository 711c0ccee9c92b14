"""Korean particles after a word that is known only when the page is made: 은/는, 이/가, 을/를, 과/와, 으로/로, 이나/나 and the like.

The form depends on the last sound of the word as it is read aloud (National Institute of Korean Language, rules of the standard language).
"""

from __future__ import annotations

import re

PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로", "이나/나", "이라/라", "이며/며", "이고/고")
"""Written behind a reference; the first form follows a consonant."""
BARE = tuple(form for pair in PAIRS for form in pair.split("/") if form not in {"고", "며"})
"""Single forms, which must not follow a reference: the next value may need the other one."""

_DIGITS = {"0": "영", "1": "일", "2": "이", "3": "삼", "4": "사", "5": "오", "6": "육", "7": "칠", "8": "팔", "9": "구"}
_TENS = {1: "십", 2: "백", 3: "천", 4: "만", 8: "억", 12: "조"}
_LETTERS = {"L": "엘", "M": "엠", "N": "엔", "R": "알"}
"""Names of Latin letters that end in a consonant; all others end in a vowel."""
_SPELLED = {"ng": 21, "le": 8, "me": 16, "ne": 4, "l": 8, "m": 16, "n": 4, "k": 1, "p": 17, "b": 17}
"""The final consonant of a word in Latin letters by how it ends: the e of *title*, *name* and *line* is silent."""


def with_particle(word: str, pair: str) -> str:
    """The form of ``pair`` (one of :data:`PAIRS`) that follows ``word``: ``은`` after ``15일``, ``는`` after ``15%``."""
    after_consonant, after_vowel = pair.split("/")
    coda = _coda(word)
    if pair == "으로/로" and coda == 8:  # ㄹ takes 로
        return after_vowel
    return after_consonant if coda else after_vowel


def _coda(word: str) -> int:
    """The number of the final consonant of the last syllable in Unicode order, 0 for none (8 is ㄹ)."""
    bare = re.sub(r"[\s()\[\]「」『』‘’“”'\".,!?)）]+$", "", word)
    if not bare:
        return 0
    last = bare[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    if last in "0123456789":
        return _coda(_read(bare))
    if last == "%":
        return 0  # 퍼센트
    if last.isascii() and last.isalpha():
        spelled = re.search(r"[A-Za-z]+$", bare)
        assert spelled
        if spelled[0].isupper():
            return _coda(_LETTERS.get(last, "이"))
        return _SPELLED.get(spelled[0][-2:].lower(), _SPELLED.get(last.lower(), 0))
    return 0


def _read(text: str) -> str:
    """The last syllable of a number that ends a text, as it is read: ``15`` → ``오``, ``100`` → ``백``, ``3.20`` → ``영``."""
    number = re.search(r"\d[\d,]*(?:\.\d+)?$", text)
    assert number
    digits = number[0].replace(",", "")
    whole = digits.partition(".")
    if whole[1] or set(digits) == {"0"} or digits.startswith("0") or text.endswith("-" + number[0]):
        return _DIGITS[digits[-1]]
    zeros = len(digits) - len(digits.rstrip("0"))
    if not zeros:
        return _DIGITS[digits[-1]]
    return _TENS[max(power for power in _TENS if power <= zeros)]
