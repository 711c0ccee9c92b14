"""How each language says numbers and *must*, *may*, *need not*: ``data/numerals.yaml`` and ``data/modality.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from atlas.fault import Fault, shown
from atlas.fidelity.modality import Modality
from atlas.fidelity.number import Counting
from atlas.intake.encoding import read_text
from atlas.yamltext import Document, Loc, read_yaml

FILES = ("modality.yaml", "numerals.yaml")
Row = TypeVar("Row")


class Modals(BaseModel):
    """The forms of one language by what they say; see the top of ``data/modality.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    begins_words: bool = False
    """Whether each form begins where a word begins: so in every language that has spaces between words."""
    other: tuple[str, ...] = ()
    need_not: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    """How the forms of *must* and *must not* begin that no translation may leave out."""


class Numerals(BaseModel):
    """How one language writes numbers; see the top of ``data/numerals.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    whole_words: bool = False
    """Whether the words are matched as whole words: so in every language that has spaces between words."""
    decimal: str = Field(default=".", pattern=r"^[.,]$")
    times: Mapping[str, int] = Field(default_factory=dict)
    months: tuple[str, ...] = ()
    words: Mapping[Annotated[str, Field(pattern=r"^[0-9]+$")], tuple[str, ...]] = Field(default_factory=dict)
    maybe: Mapping[Annotated[str, Field(pattern=r"^[0-9]+$")], tuple[str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """The tables of a project by language; a language without one has only its digits compared."""

    modals: Mapping[str, Modals]
    numerals: Mapping[str, Numerals]

    @cached_property
    def modality(self) -> Modality:
        return Modality(self.modals)

    @cached_property
    def _counting(self) -> dict[str, Counting]:
        return {language: Counting(found) for language, found in self.numerals.items()}

    def counting(self, language: str) -> Counting:
        """What reads the numbers of a language."""
        if language not in self._counting:
            self._counting[language] = Counting(Numerals())
        return self._counting[language]


def read_tables(root: Path) -> tuple[Tables, list[Fault]]:
    """The tables of a project, and what is wrong with them."""
    faults: list[Fault] = []
    modals = dict(_languages(root, FILES[0], Modals.model_validate, faults))
    numerals = dict(_languages(root, FILES[1], Numerals.model_validate, faults))
    return Tables(modals, numerals), faults


def _languages(root: Path, name: str, made: Callable[[Any], Row], faults: list[Fault]) -> Iterator[tuple[str, Row]]:
    path = f"data/{name}"
    if not (root / path).is_file():
        return
    text, found = read_text(root, path)
    faults += found
    document, found = read_yaml(text or "", path)
    faults += found
    for language, value in document.value.items() if isinstance(document.value, dict) else ():
        faults += _unreadable(document, value, (language,))
        try:
            yield language, made(value)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                loc = (language, *details["loc"])
                what = details["msg"][0].lower() + details["msg"][1:]
                mend = "Write it like the language above it."
                faults.append(Fault(path, *document.place(loc), ".".join(map(str, loc)), what, shown(details["input"]), mend))


def _unreadable(document: Document, value: Any, loc: Loc) -> Iterator[Fault]:
    """Forms that are no regular expressions."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _unreadable(document, item, (*loc, key))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _unreadable(document, item, (*loc, place))
    elif isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            field = ".".join(map(str, loc))
            what = f"this is not a regular expression: {error}"
            mend = "Close brackets, and write a backslash before a sign that is meant."
            yield Fault(document.path, *document.place(loc), field, what, shown(value), mend)
