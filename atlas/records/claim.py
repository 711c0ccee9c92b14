"""What medical advertising must not say in Korea: by which article, in which words, and what to write instead."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from atlas.claims.form import FormError, parsed
from atlas.records.localised import Localised
from atlas.records.record import LanguageCode, Record, Slug, SourceId, wrong


def _checked(value: str) -> str:
    try:
        parsed(value)
    except FormError as error:
        raise wrong(str(error), "Write words, word* for any ending, (one/two) for either, … for words between, ~ for a number.") from None
    return value


Form = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_checked)]
"""Words as they stand in a text; see :mod:`atlas.claims.form`."""


class Law(Record):
    """A place in a law: article, paragraph (항) and item (호)."""

    source: SourceId
    article: Annotated[str, Field(pattern=r"^[0-9]+(-[0-9]+)?$")]
    paragraph: Annotated[int, Field(ge=1)] | None = None
    item: Annotated[int, Field(ge=1)] | None = None


class Forms(Record):
    """The forms of a claim in one language."""

    found: Annotated[tuple[Form, ...], Field(min_length=1)]
    clean: tuple[Form, ...] = ()
    """What looks like the claim and is none: a found form that overlaps one of these does not count."""
    unless: tuple[Form, ...] = ()
    """With one of these in the same paragraph there is no claim."""


class Claim(Record):
    """A kind of claim that the law forbids."""

    id: Slug
    law: Annotated[tuple[Law, ...], Field(min_length=1)]
    negatable: bool = True
    """Whether *not* before the words makes them harmless. *No side effects* is a claim because of its *no*."""
    reason: Localised
    instead: Localised
    """An example of what may be written."""
    forms: dict[LanguageCode, Forms]


class ClaimLanguage(Record):
    """How a language denies a claim, or speaks about it."""

    id: str
    spaced: bool
    """Whether spaces stand between words; if not, forms are found inside words."""
    gap: Annotated[int, Field(ge=1, le=60)]
    """The most characters that … stands for."""
    denied_before: tuple[Form, ...] = ()
    denied_after: tuple[Form, ...] = ()
    denies_nothing: tuple[Form, ...] = ()
    """What looks like a denial and is none: *not only*."""
    about: tuple[Form, ...] = ()
    """A sentence with one of these speaks about claims, and makes none: *the law forbids*."""
