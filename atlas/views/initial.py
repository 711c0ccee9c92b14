"""The heading under which a name stands in an index: its first letter, in Chinese that of its pinyin, in Korean its first consonant."""

from __future__ import annotations

from bisect import bisect_right

from atlas.records.language import SiteLanguage

_CONSONANTS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The first consonants in the order of Unicode; doubled ones stand with the single."""
_SYLLABLES, _EACH = 0xAC00, 588
_PINYIN = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST = tuple(letter.encode("gb2312") for letter in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝")
_LAST = "座".encode("gb2312")
"""GB 2312 has its 3,755 common characters in the order of pinyin: the first of each letter, and the last of all."""
OTHER = "#"


def initial(name: str, language: SiteLanguage) -> str:
    """``Severance`` → ``S``, ``세브란스`` → ``ㅅ``, ``首尔`` → ``S``; ``#`` for what has no place in the order of the language."""
    first = next((letter for letter in name if letter.isalnum()), "")
    if language.alphabet:
        return first.upper() if first and first.casefold() in language.alphabet else OTHER
    if language.script == "Kore" and _SYLLABLES <= ord(first or " ") < _SYLLABLES + _EACH * len(_CONSONANTS):
        return _CONSONANTS[(ord(first) - _SYLLABLES) // _EACH]
    if language.script == "Hans" and "\u4e00" <= first <= "\u9fff":
        code = first.encode("gb18030")[:2]
        return _PINYIN[bisect_right(_FIRST, code) - 1] if _FIRST[0] <= code <= _LAST else OTHER
    own = "\u0400" <= first <= "\u052f" if language.script == "Cyrl" else first.isascii() and first.isalpha()
    return first.upper().replace("Ё", "Е") if own else OTHER
