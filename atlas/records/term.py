"""The term base: one concept, one main form in each language."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from atlas.records.record import Record, Slug


class ForbiddenForm(Record):
    """A form that must not be written for this concept, and why."""

    form: str
    why: str
    scope: Literal["always", "context"]
    within: tuple[str, ...] = ()
    """Longer words that hold the form by chance and are right: 检查证明 holds 查证."""


class Term(Record):
    """A concept: its main forms, what readers type instead, and what is not to be written."""

    id: Slug
    forms: dict[str, str]
    part_of_speech: Literal["noun", "proper noun", "adj", "verb", "phrase", "label"]
    critical_class: Literal["A", "B"]
    """A: a wrong word is a wrong fact (medical, visa, legal, money, emergency)."""
    critical: bool = False
    synonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    forbidden: dict[str, tuple[ForbiddenForm, ...]] = Field(default_factory=dict)
    inflection: dict[str, str] = Field(default_factory=dict)
    note: str | None = None
    basis: dict[str, Literal["official", "usage", "own"]] = Field(default_factory=dict)
    references: tuple[str, ...] = ()
    """Ids in the list of sources of the term base."""
