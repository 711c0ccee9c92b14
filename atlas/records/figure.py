"""Figures that a text names as ``{name}``: amounts, numbers of things, dates, and what another record says."""

from __future__ import annotations

import re
import string
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from atlas.records.date import PartialDate
from atlas.records.email import EmailAddress
from atlas.records.localised import Localised
from atlas.records.phone import Phone
from atlas.records.record import CountryListId, FeeId, HelplineId, OfficialSiteId, Record, wrong

Currency = Literal["KRW", "USD", "CNY", "SGD", "IDR", "PHP"]
"""ISO 4217."""


class Money(Record):
    """An amount, e.g. 100 million won."""

    amount: Annotated[int, Field(gt=0)]
    currency: Currency


class Quantity(Record):
    """A number of things, percent or years."""

    number: Annotated[int | float, Field(ge=0)]
    unit: Literal[
        "percent",
        "year",
        "month",
        "week",
        "day",
        "working-day",
        "hour",
        "person",
        "patient",
        "institution",
        "hospital",
        "agent",
        "country",
        "bed",
        "item",
        "number",
    ]


class Day(Record):
    """A date."""

    date: PartialDate


class StartOf(Record):
    """The first day of the current period of a list of countries."""

    start_of: CountryListId


class EndOf(Record):
    """The last day of the current period of a list of countries."""

    end_of: CountryListId


class StayOf(Record):
    """The days that one may stay by a list of countries."""

    stay_of: CountryListId


class CountOf(Record):
    """How many countries are on a list."""

    count_of: CountryListId


class FeeOf(Record):
    """A fee."""

    fee: FeeId


class SiteOf(Record):
    """The host name of an official web site."""

    site: OfficialSiteId


class PhoneNumber(Record):
    """A telephone number."""

    phone: Phone


class LineOf(Record):
    """The number of a public helpline, as dialled in Korea."""

    line: HelplineId


class Email(Record):
    """An e-mail address."""

    email: EmailAddress


class Code(Record):
    """What is printed as it stands: the number of a law, a time of day, a gate."""

    code: Annotated[str, Field(min_length=1, max_length=40)]


class LawArticle(Record):
    """An article of a law: ``16``, ``27-2``."""

    article: Annotated[str, Field(pattern=r"^[0-9]+(-[0-9]+)?$")]


_FORMS: tuple[type[Record], ...] = (
    Money,
    Quantity,
    Day,
    StartOf,
    EndOf,
    StayOf,
    CountOf,
    FeeOf,
    SiteOf,
    PhoneNumber,
    LineOf,
    Email,
    Code,
    LawArticle,
)
_KEYS = {name: form.__name__ for form in _FORMS for name in form.model_fields}


def _form(value: Any) -> str | None:
    if isinstance(value, Record):
        return type(value).__name__
    return next((_KEYS[key] for key in value if key in _KEYS), "Quantity") if isinstance(value, dict) else None


Figure = Annotated[
    Annotated[Money, Tag("Money")]
    | Annotated[Quantity, Tag("Quantity")]
    | Annotated[Day, Tag("Day")]
    | Annotated[StartOf, Tag("StartOf")]
    | Annotated[EndOf, Tag("EndOf")]
    | Annotated[StayOf, Tag("StayOf")]
    | Annotated[CountOf, Tag("CountOf")]
    | Annotated[FeeOf, Tag("FeeOf")]
    | Annotated[SiteOf, Tag("SiteOf")]
    | Annotated[PhoneNumber, Tag("PhoneNumber")]
    | Annotated[LineOf, Tag("LineOf")]
    | Annotated[Email, Tag("Email")]
    | Annotated[Code, Tag("Code")]
    | Annotated[LawArticle, Tag("LawArticle")],
    Discriminator(_form),
]
Figures = dict[str, Figure]

FORMS = frozenset(form.__name__ for form in _FORMS)
"""The names of the forms, which stand in the places of errors but not in the files."""

FORMS_OF_WORDS = ("genitive", "prepositional")


def has_form(value: Any, form: str) -> bool:
    """Whether a figure can be printed in a grammatical case: numbers of things in the genitive, months without a day in both."""
    if isinstance(value, Day):
        return form in FORMS_OF_WORDS and len(value.date) == len("2026-11")
    return form == "genitive" and isinstance(value, Quantity | StayOf)


_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_CODES = re.compile(r"\b[A-Z]-[0-9]{1,2}(-[0-9]{1,2})?\b", re.ASCII)
"""Codes of statuses of stay, such as C-3-3."""


def named(text: str) -> set[str]:
    """The names of the figures in a text. Raises when a brace stands alone."""
    try:
        found = [part for part in string.Formatter().parse(text) if part[1] is not None]
        if any(conversion or not _NAME.fullmatch(name or "") for _, name, _, conversion in found):
            raise ValueError(text)
        return {str(name) for _, name, _, _ in found}
    except ValueError:
        raise wrong("a brace stands alone", "Write {name}, or no brace at all.") from None


def figures_fault(texts: tuple[Localised, ...], values: Figures, *, spare: bool = False) -> None:
    """Raises unless each language of each text names its figures alike, all figures are named, and no digit is typed.

    ``spare``: figures may be left that these texts do not name.
    """
    used: set[str] = set()
    for text in texts:
        measure: set[str] | None = None
        for language, passage in text.root.items():
            names = named(passage)
            if not names <= set(values) or (measure is not None and names != measure):
                raise wrong(
                    f"the figures in the {language} text ({', '.join(sorted(names)) or 'none'}) are not those in values "
                    f"({', '.join(sorted(values)) or 'none'})",
                    "Name each value once in every language as {name}.",
                )
            measure = names
            for _, name, form, _ in string.Formatter().parse(passage):
                if form and not has_form(values[name or ""], form):
                    raise wrong(
                        f"the figure {name} has no form {form} in the {language} text",
                        "Numbers of things have one, {name:genitive}; months have {name:genitive} and {name:prepositional}.",
                    )
            plain = _CODES.sub("", passage)
            for name in names:
                plain = re.sub(r"\{" + re.escape(name) + r"(:[a-z]+)?\}", "", plain)
            if any(character.isdigit() for character in plain):
                raise wrong(f"a number is typed into the {language} text", "Put it into values and name it as {name}.")
        used |= measure or set()
    if used != set(values) and not spare:
        raise wrong(
            f"no text names these figures: {', '.join(sorted(set(values) - used))}",
            "Name each value in every language as {name}, or take it out of values.",
        )
