"""What institutions do: specialties and licensed departments, and kinds of institution."""

from __future__ import annotations

from atlas.records.localised import Localised
from atlas.records.record import Record, Slug


class Specialty(Record):
    """A field of medicine; also used for departments on a licence."""

    id: Slug
    name: Localised
    """In running text and in lists."""
    heading: Localised
    """As the title of its list."""
    listed: bool = True
    """``false``: appears only among licensed departments and has no list of its own."""


class InstitutionKind(Record):
    """A level or type of institution, such as *tertiary general hospital*."""

    id: Slug
    order: int
    name: Localised
    """One institution: “eye clinic or hospital”."""
    plural: Localised
    note: Localised | None = None
    """What the word means in Korean law, or that it is our grouping."""
