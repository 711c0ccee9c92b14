"""Marks the language of what stands inside a text in another language (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atlas.records.language import SiteLanguage
from atlas.views.quoting import QUOTE

_NAMED = re.compile(rf"\[([^\[\]]+)\]\{{lang=([A-Za-z-]+)\}}|{QUOTE.pattern}")
"""A bracketed span, as Pandoc writes it: ``[Yeouido St. Mary's Hospital]{lang=en}``; or what a view quotes."""

RUNS = {
    "Hang": r"[\uac00-\ud7a3]+(?:[ ·-]?[\uac00-\ud7a3]+)*",
    "Cyrl": r"[\u0400-\u052f]+(?:[ -]?[\u0400-\u052f]+)*",
    "Hani": r"[\u4e00-\u9fff]+(?:[·（）]?[\u4e00-\u9fff]+)*",
    "Kana": r"[\u3040-\u30ff]+(?: ?[\u3040-\u30ff]+)*",
    "Arab": r"[\u0600-\u06ff]+(?:[ -]?[\u0600-\u06ff]+)*",
    "Thai": r"[\u0e00-\u0e7f]+(?: ?[\u0e00-\u0e7f]+)*",
}
"""Runs of the letters of a script (ISO 15924), as Python and JavaScript both read them. Latin ones stand in texts of all languages."""
_LETTERS = {"Kore": ("Hang",), "Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Kana", "Hani")}
"""The scripts that the script of a language is made of."""


@dataclass(frozen=True)
class Tongues:
    """What the letters of a script are taken for: the language of the text, or else the first of the site that is written in them."""

    own: Mapping[str, tuple[str, ...]]
    """The scripts of each language."""
    taken_for: Mapping[str, str]
    """By script, a language."""
    forms: Mapping[str, re.Pattern[str]]

    def runs(self, language: str) -> Iterator[tuple[str, re.Pattern[str]]]:
        """In a text in ``language``: the other languages, each with the runs of letters that are taken for it."""
        for script, code in self.taken_for.items():
            if script not in self.own.get(language, ()):
                yield code, self.forms[script]


def tongues(languages: Mapping[str, SiteLanguage]) -> Tongues:
    """By the scripts of the languages of a site, in their order: where two are written in one script, its letters are the first one's.

    A growing language comes last: it changes nothing on pages of the others.
    """
    ordered = sorted(languages.items(), key=lambda one: one[1].growing)
    own = {code: _LETTERS.get(site.script, (site.script,)) for code, site in ordered}
    taken_for: dict[str, str] = {}
    for code, scripts in own.items():
        for script in scripts:
            if script in RUNS:
                taken_for.setdefault(script, code)
    return Tongues(own, taken_for, {script: re.compile(RUNS[script]) for script in taken_for})


def parts(text: str, language: str, known: Tongues) -> list[tuple[str, str | None]]:
    """The text in pieces, each with the language that it is in where that is not ``language``."""
    found: list[tuple[str, str | None]] = []
    end = 0
    for match in _NAMED.finditer(text):
        found += _by_script(text[end : match.start()], language, known)
        found.append((match[1], match[2]) if match[1] else (match[4], match[3]))
        end = match.end()
    found += _by_script(text[end:], language, known)
    return found


def unmarked(text: str) -> str:
    """The text without the marks of the languages that it quotes."""
    return _NAMED.sub(lambda match: match[1] or match[4], text)


def _by_script(text: str, language: str, known: Tongues) -> Iterator[tuple[str, str | None]]:
    foreign = [(match.start(), match.end(), code) for code, form in known.runs(language) for match in form.finditer(text)]
    end = 0
    for start, stop, code in sorted(foreign):
        if start > end:
            yield text[end:start], None
        yield text[start:stop], code
        end = stop
    if end < len(text):
        yield text[end:], None
