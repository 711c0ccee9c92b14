"""Words of names by their first and, turned round, last letters: a word with one slip still has the one or the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from atlas.search.analysis import LEAST, is_run

TOGETHER = 200
"""How many words of names stand under the same letters."""


def groups(words: Iterable[str]) -> set[str]:
    """What begins the keys under which words stand: a sign and a letter."""
    return {start for word in words if _forgiven(word) for start in (f"~{word[0]}", f"<{word[-1]}")}


def slips(words: Iterable[str], wanted: Collection[str] | None = None) -> dict[str, list[str]]:
    """The words of all groups, or of those that are wanted, by the keys under which they stand.

    Those with digits are codes, in which nothing is forgiven.
    """
    known = [word for word in words if _forgiven(word)]
    filed: dict[str, list[str]] = {}
    for runs in (True, False):
        kept = [word for word in known if is_run(word) == runs]
        ahead = {word: word for word in kept if wanted is None or f"~{word[0]}" in wanted}
        behind = {word[::-1]: word for word in kept if wanted is None or f"<{word[-1]}" in wanted}
        for sign, turned in (("~", ahead), ("<", behind)):
            filed |= _filed(sign, turned, 1 if runs else 2)
    return filed


def _forgiven(word: str) -> bool:
    return len(word) > (2 if is_run(word) else LEAST) and word.isalpha()


def _filed(sign: str, words: Mapping[str, str], size: int) -> dict[str, list[str]]:
    """Words by so many letters of their keys; where too many share these, by one more, and at the third step those stay out."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for key, word in words.items():
        groups[key[:size]][key] = word
    filed: dict[str, list[str]] = {}
    for start, found in groups.items():
        if len(found) <= TOGETHER:
            filed[sign + start] = sorted(found.values())
        elif size <= LEAST:
            filed |= _filed(sign, found, size + 1)
    return filed
