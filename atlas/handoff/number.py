"""The numbers in a text, so that those of a translation can be held against those of its source: 36만 4,189 is 364,189 and 364 189.

Words of scale (*million*, 만, тыс.) and the names of months come from CLDR (Unicode Technical Standard 35), for any language.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.dates import format_date

from atlas.handoff.code import bare, tokens

_NOT_ORDINAL = r"(?<!제\d)(?<!제\d\d)(?<!제\d\d\d)(?<!第\d)(?<!第\d\d)(?<!第\d\d\d)"
"""Behind 제 and 第, no word of scale follows: 제58조 is article 58, not 58 times 10 to the 12th."""
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?P<mark>[,.\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*(?!\d|[.,]\d)")


def numbers(text: str, locale: str) -> Counter[str]:
    """The numbers that a text writes in digits, and how often each stands there; those within codes (``{{fact.y2015}}``) are left out."""
    plain = _GROUPED.sub(lambda match: match[0].replace(match["mark"], ""), bare(tokens(text)))
    whole, part, scales = _forms(locale)
    return Counter(_summed([_read(one, scales) for one in part.finditer(match[0])]) for match in whole.finditer(plain))


def _read(part: re.Match[str], scales: dict[str, int]) -> tuple[str, str, int]:
    """Whole digits, decimals, and the power of ten of the words of scale."""
    words = re.split(r"[\s\u00a0\u202f]+", part[4] or "")
    powers = [scales[word] for word in map(_folded, words) if word in scales] or [scales[sign] for sign in part[4] or ""]
    return part[1], part[3] or "", sum(powers)


def _summed(parts: list[tuple[str, str, int]]) -> str:
    """A number that is written in several parts: 4억 5,000만."""
    if len(parts) == 1 and not parts[0][2]:
        return ".".join(filter(None, parts[0][:2]))  # 09 is not 9: what is no amount may be a code
    return str(sum(int(f"{digits}{decimals}") * 10 ** max(0, power - len(decimals)) for digits, decimals, power in parts))


def months(text: str, locale: str) -> Counter[str]:
    """The months that a text names beside a number, as numbers: *November 2026* is 11."""
    form, order = _months(locale)
    return Counter(order[match[1] or match[2]] for match in form.finditer(bare(tokens(text))))


@cache
def writes_months_in_digits(locale: str) -> bool:
    """Whether a date written in full has its month in digits, as 2026년 11월 30일."""
    return "11" in format_date(dt.date(2026, 11, 30), "long", locale)


@cache
def _forms(locale: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, int]]:
    """A number with its words of scale, one part of it, and the power of ten of each word."""
    scales = dict(_scale_words(locale))
    words = "|".join(map(re.escape, sorted(scales, key=len, reverse=True))) or "(?!)"
    signs = "".join(word for word in scales if len(word) == 1)  # 천만 is a thousand times ten thousand
    scale = rf"[\s\u00a0\u202f]?([{signs}]+|(?:{words})(?![a-zа-яё]))" if signs else rf"[\s\u00a0\u202f]?((?:{words})(?![a-zа-яё]))"
    one = rf"(\d+)(?:([.,])(\d+))?(?:{_NOT_ORDINAL}{scale})?"
    unbound = re.sub(r"(?<!\\)\((?!\?)", "(?:", rf"(?:(\d+)(?:([.,])(\d+))?{_NOT_ORDINAL}{scale}[\s\u00a0\u202f]?)*{one}")
    return re.compile(unbound, re.IGNORECASE), re.compile(one, re.IGNORECASE), scales


def _scale_words(locale: str) -> Iterator[tuple[str, int]]:
    for width in ("long", "short"):
        for by_power in Locale.parse(locale).compact_decimal_formats.get(width, {}).values():
            for number, pattern in by_power.items():
                word = _folded(re.sub(r"[0'\s\u00a0]+", "", pattern.pattern))
                if len(word) > 1 or word > "\u1100":  # not the K and M of English, which may be anything
                    yield word, len(number) - pattern.pattern.count("0")


def _folded(word: str) -> str:
    return word.casefold().strip("\u00a0\u202f .")


@cache
def _months(locale: str) -> tuple[re.Pattern[str], dict[str, str]]:
    named = Locale.parse(locale).months
    order = {
        name.strip("."): str(number)
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in named[form][width].items()
        if not re.search(r"\d", name)
    }
    names = "|".join(map(re.escape, sorted(order, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?<=\d[\s\u00a0])({names})\b|\b({names})\.?(?=[\s\u00a0]\d)"), order
