"""References in prose: ``{{caps.tertiary}}``, ``{{^consent-form}}``, ``{{status:c-3-3}}``, ``{{=24}}``, and what they lead to.

==========================  ======================================================================
``{{id.name}}``             a figure of a fact or rule, or a row of a series, as of the day of the site
``{{id.name@2025-12-31}}``  the figure that holds on that day
``{{id.name:genitive}}``    in a grammatical case, where the language has one
``{{^id}}``                 the sources of a fact or rule, here and not at the end of the paragraph
``{{status:c-3-3}}``        a record by its name, as a link; the kinds are those of :data:`LINKED`
``{{count:sources}}``       how many records of a kind there are
``{{=24}}``                 a number or code that is meant as it stands
``{{pages}}``               on a line of its own: one of :data:`BLOCKS`
==========================  ======================================================================

In Korean one of the pairs of :data:`atlas.particle.PAIRS` may follow: ``{{caps.clinic}}을/를``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

from atlas.atlas import Atlas
from atlas.particle import PAIRS
from atlas.records.date import is_date, last_day
from atlas.records.fact import Fact
from atlas.records.figure import Figure, Figures, Money, Quantity, has_form
from atlas.records.localised import Localised
from atlas.records.period import first_day
from atlas.records.rule import EntryRule, FiguredPeriod, Rule
from atlas.records.series import Row, Series

LINKED = {
    "status": "statuses",
    "scheme": "entry_schemes",
    "hospital": "institutions",
    "treatment": "treatments",
    "from": "countries",
    "line": "helplines",
    "site": "official_sites",
}
"""Kinds of record that prose names as links, and where an atlas holds them."""
COUNTED = ("institutions", "sources", "treatments", "countries", "provinces", "facts", "helplines")
"""What ``{{count:…}}`` can count."""
BLOCKS = ("pages", "helplines")
"""What stands on a line of its own: the pages below this one; the public helplines."""

_MARK = re.compile(r"\{\{([^{}]*)\}\}(" + "|".join(map(re.escape, PAIRS)) + ")?")
_LINK_TEXT = re.compile(r"\[([^\[\]]*)\]\(")
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_VALUE = re.compile(rf"({_ID})\.({_ID})(?::([a-z]+))?(?:@([0-9]{{4}}(?:-[0-9][0-9]){{0,2}}))?")
_CITE = re.compile(rf"\^({_ID})(?:@([0-9]{{4}}(?:-[0-9][0-9]){{0,2}}))?")
_RECORD = re.compile(rf"({'|'.join((*LINKED, 'count'))}):([A-Za-z0-9-]+)")


class Reference(NamedTuple):
    """One reference and its place in the text, from ``start`` to ``end``, with the Korean particle behind it."""

    kind: Literal["value", "cite", "record", "count", "literal", "block", "malformed"]
    start: int
    end: int
    written: str
    """What stands between the braces."""
    id: str = ""
    name: str = ""
    """Of a value its name; of a record its kind, as a key of :data:`LINKED`."""
    form: str = ""
    day: str = ""
    particle: str = ""
    in_link: bool = False
    """Inside the text of a link: printed without one of its own."""


def references(text: str) -> list[Reference]:
    """All references in a text, in their order."""
    marks = [*_MARK.finditer(text)]
    links = [match.span(1) for match in _LINK_TEXT.finditer(text)] if marks else []
    return [_reference(match, any(start <= match.start() < end for start, end in links)) for match in marks]


def _reference(match: re.Match[str], in_link: bool) -> Reference:
    written, particle = match[1].strip(), match[2] or ""
    made = partial(Reference, start=match.start(), end=match.end(), written=written, particle=particle, in_link=in_link)
    if written.startswith("="):
        return made(kind="literal", name=written[1:].strip())
    if (found := _VALUE.fullmatch(written)) and is_date(found[4] or "2000"):
        return made(kind="value", id=found[1], name=found[2], form=found[3] or "", day=found[4] or "")
    if (found := _CITE.fullmatch(written)) and is_date(found[2] or "2000"):
        return made(kind="cite", id=found[1], day=found[2] or "")
    if found := _RECORD.fullmatch(written):
        return made(kind="count" if found[1] == "count" else "record", id=found[2], name=found[1])
    if written in BLOCKS:
        return made(kind="block", name=written)
    return made(kind="malformed")


@dataclass(frozen=True)
class Found:
    """What a value or citation leads to."""

    name: str
    """The id of the record, of a series with the key of its row: what a doubt is said of."""
    value: Figure | None
    sources: tuple[str, ...]
    as_of: str | None
    doubt: Localised | None = None
    values: Figures = field(default_factory=dict)
    """The figures that the doubt may name."""
    basis: str | None = None
    period: FiguredPeriod | None = None
    followed: bool = False
    """Whether it is known what holds after the period."""


class NotFoundError(Exception):
    """A reference leads nowhere; carries what is wrong and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


Named = Fact | Rule | EntryRule | Series


def named_records(atlas: Atlas) -> Mapping[str, Named]:
    """Facts, rules (on entry too) and series by id: what prose can take figures and sources from."""
    return {**atlas.entry_rules, **atlas.rules, **atlas.series, **atlas.facts}


def look_up(atlas: Atlas, named: Mapping[str, Named], reference: Reference) -> Found:
    """What a value or a citation leads to on its day, or else on the day of the site. Raises :class:`NotFoundError`."""
    record = named.get(reference.id)
    if record is None:
        raise NotFoundError("there is no fact, rule or series with this id", _near(reference.id, named))
    if isinstance(record, Series):
        return _row(atlas, record, reference)
    day = reference.day or atlas.site.released
    first, last = first_day(day), last_day(day)
    touched = [period for period in record.periods if period.first <= last and first <= period.last]
    if len(touched) > 1:
        raise NotFoundError(f"two values hold within {day}", f"Name the day, such as @{touched[-1].valid_from}.")
    if not touched:
        ended = record.periods[-1].valid_to if record.periods[-1].last < first else None
        when = f"it ended on {ended}" if ended else f"it begins on {record.periods[0].valid_from}"
        written = f"{reference.id}.{reference.name}" if reference.kind == "value" else f"^{reference.id}"
        known = ended or record.periods[0].valid_from
        raise NotFoundError(f"no value holds on {day}: {when}", f"Write {{{{{written}@{known}}}}} where that time is meant.")
    [part] = touched
    value = part.values.get(reference.name)
    if value is None and reference.kind == "value":
        raise NotFoundError(f"{reference.id} has no figure of this name then", _near(reference.name, part.values))
    if reference.form and not has_form(value, reference.form):
        raise NotFoundError("this figure has no such form", "Take the part after the colon out.")
    return Found(
        name=record.id,
        value=value,
        sources=part.sources,
        as_of=part.as_of,
        doubt=record.doubt,
        values=part.values,
        basis=record.basis if isinstance(record, Fact) else None,
        period=part,
        followed=part is not record.periods[-1],
    )


def _row(atlas: Atlas, series: Series, reference: Reference) -> Found:
    keys = {row.key: row for row in series.rows}
    row = keys.get(reference.name)
    if row is None:
        mend = f"Name a row: {{{{{series.id}.{next(iter(keys))}}}}}." if reference.kind == "cite" else _near(reference.name, keys)
        raise NotFoundError("this series has no row with this key", mend)
    if reference.day or reference.form:
        raise NotFoundError("a row of a series has no day and no form", "Take the part after @ or the colon out.")
    counted = counted_row(atlas, series, row)
    value: Figure = (
        Quantity(number=counted.number, unit=series.unit) if series.unit != "KRW" else Money(amount=int(counted.number), currency="KRW")
    )
    return Found(f"{series.id}.{row.key}", value, counted.sources, counted.as_of, counted.doubt, counted.values)


@dataclass(frozen=True)
class Counted:
    """What a row of a series says, by itself or by the patient record that it names."""

    number: float
    country: str | None
    sources: tuple[str, ...]
    as_of: str | None
    rounded: bool
    doubt: Localised | None
    values: Figures


def counted_row(atlas: Atlas, series: Series, row: Row) -> Counted:
    """A row with its number and who says it; the date of the newest source is its own, or that of the series."""
    if row.count:
        one = atlas.patient_counts[row.count]
        return Counted(one.patients, one.country, one.sources, one.as_of, one.rounded, one.doubt, one.values)
    assert row.value is not None
    return Counted(row.value, row.country, row.sources, series.as_of, row.rounded, row.doubt, row.values)


def _near(name: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(sorted(known)[:6])}{' …' if len(known) > 6 else ''}."


def record_trouble(atlas: Atlas, reference: Reference) -> tuple[str, str] | None:
    """What is wrong with the name of a record or of a count, and how to mend it."""
    if reference.kind == "count":
        return None if reference.id in COUNTED else ("this is not counted", f"Use one of: {', '.join(COUNTED)}.")
    held: Mapping[str, Any] = getattr(atlas, LINKED[reference.name])
    return None if reference.id in held else (f"there is no {reference.name} with this id", _near(reference.id, held))


def cited(text: str) -> Iterator[Reference]:
    """The references of a text that stand on sources."""
    return (reference for reference in references(text) if reference.kind in {"value", "cite"})
