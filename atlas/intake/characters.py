"""Characters that are not what they seem: unseen, turning the direction of the text, or of another alphabet than their neighbours.

See Unicode Technical Report 36 (security considerations) and Technical Standard 39 (mechanisms); "Trojan Source", CVE-2021-42574.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_DIRECTION = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
_UNSEEN = {0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x3164, 0xFFA0, 0xFEFF, 0x2800}
"""Drawn as nothing although some of them are letters or marks (the Hangul fillers, the grapheme joiner, the blank Braille pattern)."""
_SPACES = {0x20, 0xA0, 0x202F, 0x3000}
"""A space, one that does not break, a narrow one (in French and Russian), and that of Chinese."""
_LATIN = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F"
_OTHER = r"\u0370-\u03FF\u0400-\u052F\u1F00-\u1FFF"
_MARKS = r"[\u0300-\u036F]*"
_GREEK, _CYRILLIC = r"\u0370-\u03FF\u1F00-\u1FFF", r"\u0400-\u052F"
MIXED = re.compile(
    rf"[{_OTHER}](?:(?<=[{_LATIN}].)|(?<=[{_LATIN}][\u0300-\u036F].)|(?={_MARKS}[{_LATIN}])"
    rf"|(?<=[{_GREEK}])(?={_MARKS}[{_CYRILLIC}])|(?<=[{_CYRILLIC}])(?={_MARKS}[{_GREEK}]))"
)
"""Two letters side by side of which one is Latin and one Cyrillic or Greek. A hyphen parts words: ``QR-код``."""
_MAYBE_MIXED = re.compile(rf"[{_GREEK}{_LATIN}\u0300-\u036F](?:(?<=[{_GREEK}])|(?<=[{_OTHER}].)|(?=[{_OTHER}]))")
"""What stands in every text in which :data:`MIXED` is found: it begins with letters that are few, in a Russian text too."""
_NOT_PRINTED = "\n\t\u00a0\u202f\u3000"
"""Of what texts are made of, all that :meth:`str.isprintable` does not count among what is printed."""
_PRINTED = re.compile(f"[{''.join(map(chr, sorted(_UNSEEN)))}\ufe00-\ufe0f\U000e0100-\U000e01ef\ufffd]")
"""Of what it does count, all that is strange."""
_LETTERS = re.compile(rf"[{_LATIN}{_OTHER}\u0300-\u036F]")
_ESCAPE = re.compile(r"\\[^n\" /]")
_REMOVE = "Delete it and type the text around it anew."


@cache
def strange(character: str) -> tuple[str, str] | None:
    """What is wrong with a character wherever it stands, and how to mend it; None for those that texts are made of."""
    code = ord(character)
    if character in "\n\t":
        return None
    if code == 0:
        return "there is a NUL character", "This is no text file, or it was damaged: save it as UTF-8 text."
    if code in _DIRECTION:
        return "a character that turns the direction of the text stands here", _REMOVE
    if character == "\r":
        return "a line ends as on an old Mac", "Save the file with line ends of the form LF."
    category = unicodedata.category(character)
    if category == "Cc":
        return "a control character stands here", _REMOVE
    if category == "Cf" or code in _UNSEEN or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return "a character that nobody can see stands here", _REMOVE
    if category in {"Zl", "Zp"} or (category == "Zs" and code not in _SPACES):
        return "an unusual space stands here", "Type an ordinary space."
    if category == "Cs":
        return "half a character stands here", _REMOVE
    if category == "Co" or category == "Cn":
        return "a character that Unicode does not define stands here", _REMOVE
    if code == 0xFFFD:
        return "a character was lost when this text was converted", "Compare it with the original and type it anew."
    return None


def troubles(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Each character of a text that is not allowed, and each word of two alphabets: place, what is wrong, what stands there, remedy.

    Reads each different character once: a text of which nothing is to be said costs a few milliseconds per million characters.
    """
    characters = set(text)
    for character in sorted(characters):
        if found := strange(character):
            place = text.index(character)
            yield place, found[0], named(character), found[1]
    if not unicodedata.is_normalized("NFC", text):
        place = next((at for at, line in _lines(text) if not unicodedata.is_normalized("NFC", line)), 0)
        end = text.find("\n", place)
        line = text[place : end if end >= 0 else len(text)]
        whole = unicodedata.normalize("NFC", line)
        first = next((at for at, (one, other) in enumerate(zip(line, whole, strict=False)) if one != other), 0)
        mend = "Type the word anew, or normalise the file to Unicode NFC."
        yield place + first, "an accent or a Korean letter is written in pieces", line[first : first + 12], mend
    for match in MIXED.finditer(text):
        before = text[max(match.start() - 2, 0) : match.start()]
        if before[:1] == "\\" and before[1:] in {"n", "r", "t"}:
            continue  # "\nДа": an escape of YAML, whose value is looked at again
        yield (
            match.start(),
            "letters of two alphabets stand in one word",
            word_at(text, match.start()),
            "Type the word anew with one keyboard, or put a hyphen.",
        )


def quick(text: str) -> bool:
    """Whether there can be nothing to say of a text: what almost every text comes to."""
    seen = text
    for character in _NOT_PRINTED:
        seen = seen.replace(character, "")
    if not seen.isprintable():
        return False
    if text.isascii():
        return True
    if _PRINTED.search(text) or (_MAYBE_MIXED.search(text) and MIXED.search(text)):
        return False
    return unicodedata.is_normalized("NFC", text)


def escaped(text: str) -> bool:
    """Whether a YAML text writes any character as a code, so that its values must be looked at too."""
    return "\\" in text and _ESCAPE.search(text) is not None


def named(character: str) -> str:
    """A character for a message: its code and its name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def word_at(text: str, place: int) -> str:
    """The word of Latin, Cyrillic and Greek letters around a place, with the alphabet of each run: ``p(Latin)аспорт``."""
    start = end = place
    while start > 0 and place - start < 40 and _LETTERS.match(text[start - 1]):
        start -= 1
    while end < len(text) and end - place < 40 and _LETTERS.match(text[end]):
        end += 1
    runs: list[list[str]] = []
    for letter in text[start:end]:
        script = unicodedata.name(letter, "?").split()[0].capitalize()
        if runs and (script == runs[-1][0] or script == "Combining"):
            runs[-1][1] += letter
        else:
            runs.append([script, letter])
    return " + ".join(f"{script} {letters}" for script, letters in runs)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
