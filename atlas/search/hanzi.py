"""Traditional Chinese characters for the simplified ones that the site writes: readers in Taiwan, Hong Kong and Macau type those."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

_FIRST, _LAST = 0x4E00, 0x9FFF


@cache
def simplified_of() -> dict[str, str]:
    """The simplified character for each traditional one, by the dictionaries of OpenCC."""
    every = "\n".join(map(chr, range(_FIRST, _LAST + 1)))
    return {
        other: simple
        for other, simple in zip(every.split("\n"), str(OpenCC("t2s").convert(every)).split("\n"), strict=True)
        if other != simple
    }
