"""What the command line says, in the language of whoever reads it.

The engine writes English: that is what tests, logs and other programs rely on. Where a person reads, each sentence is turned into her
language as it is printed, by the catalogues in ``atlas/messages/<language>/*.yaml``: the English sentence, then the other. What a sentence
fills in stands as ``${name}`` in both; as ``${Name}`` where it is a sentence or a word of the catalogue itself. In Korean one of the pairs
of :data:`atlas.particle.PAIRS` may follow it. A sentence that no catalogue has is printed in English; a test finds each one in the code.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from atlas.particle import PAIRS, with_particle

CATALOGUES = Path(__file__).resolve().parent / "messages"
BLANK = re.compile(r"\$\{(\w+)\}")
_FILLED = re.compile(r"\$\{(\w+)\}(?:([\"'’”)]*)(" + "|".join(map(re.escape, PAIRS)) + "))?")
_NUMBERS = {"count": r"\d+", "day": r"\d[\d-]*"}
"""What some blanks can only hold, so that a form of few words is not found where it is not."""
ENGLISH = "en"


def reader_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language of messages: ``ATLAS_LANG``, or the locale (POSIX: ``LC_ALL``, ``LC_MESSAGES``, ``LANG``), or else English.

    >>> reader_language({"LANG": "ko_KR.UTF-8"})
    'ko'
    """
    named = next((environ[name] for name in ("ATLAS_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), ENGLISH)
    code = re.split(r"[_.@-]", named, maxsplit=1)[0].lower()
    return code if code in languages() else ENGLISH


@cache
def languages() -> tuple[str, ...]:
    """The languages that messages can be told in."""
    return (ENGLISH, *sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir()))


def filled(template: str, values: Mapping[str, object]) -> str:
    """A sentence with its ``${name}`` filled in, each with the particle that its value needs."""

    def fill(match: re.Match[str]) -> str:
        value = str(values[match[1]])
        return f"{value}{match[2]}{with_particle(value, match[3])}" if match[3] else value

    return _FILLED.sub(fill, template)


def said(template: str, /, **values: object) -> str:
    """A sentence in the language of the reader: ``said("${count} pages in ${folder}.", count=3, folder="site/")``."""
    language = reader_language()
    known = catalogue(language) if language != ENGLISH else None
    return filled(known.exact(template) if known else template, values)


def translated(text: str, language: str | None = None) -> str:
    """A sentence that the engine has written in English, in another language; as it is where the catalogue has no such sentence."""
    language = language or reader_language()
    return text if language == ENGLISH else catalogue(language).translated(text)


@dataclass(frozen=True)
class Catalogue:
    """The sentences of one language: those without blanks by their English text, the others with the form that recognises them."""

    plain: Mapping[str, str]
    forms: tuple[tuple[re.Pattern[str], str], ...]

    def exact(self, template: str) -> str:
        """The sentence for a template that is known as it stands."""
        return self.plain.get(template, template)

    def translated(self, text: str) -> str:
        """The sentence for an English sentence whose blanks are filled in; what fills them is translated where it is a sentence itself."""
        if text in self.plain:
            return self.plain[text]
        for form, template in self.forms:
            if (match := form.fullmatch(text)) and (values := self._blanks(match)) is not None:
                return filled(template, values)
        return text

    def _blanks(self, match: re.Match[str]) -> dict[str, str] | None:
        """What fills the blanks; ``None``: a form without words of its own stands only for sentences whose parts are known."""
        values = {name: self._blank(name, value) for name, value in match.groupdict().items()}
        unknown = any(name[0].isupper() and values[name] == value for name, value in match.groupdict().items())
        words = re.sub(r"\(\?P<\w+>.*?\)", "", match.re.pattern)
        return None if unknown and not re.search(r"[^\W\d_]{2}", words) else values

    def _blank(self, name: str, value: str) -> str:
        if name == "Choices":  # 'high', 'medium' or 'low'
            return value.replace(" or ", ", ")
        return self.translated(value) if name[0].isupper() else value


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, of all its files."""
    plain = dict(entries(language))
    blanks = sorted((key for key in plain if BLANK.search(key)), key=lambda key: (-len(BLANK.sub("", key)), key))
    return Catalogue(plain, tuple((_form(key), plain[key]) for key in blanks))


def entries(language: str) -> Iterator[tuple[str, str]]:
    """The sentences of all catalogues of a language, English and other, in the order of files and lines."""
    import yaml  # only for those who do not read English

    for file in sorted((CATALOGUES / language).glob("*.yaml")):
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        if node is not None:
            yield from ((str(key.value), str(value.value)) for key, value in node.value)


def _form(template: str) -> re.Pattern[str]:
    """What recognises a sentence whose blanks are filled in."""
    seen: set[str] = set()

    def group(name: str) -> str:
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>{_NUMBERS.get(name, '.*?')})"

    parts = BLANK.split(template)
    return re.compile("".join(group(part) if place % 2 else re.escape(part) for place, part in enumerate(parts)), re.DOTALL)
