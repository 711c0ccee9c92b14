"""Opening hours."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from atlas.records.record import Record, SourceId, wrong

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _clock(value: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise wrong("this is not a time of day", 'Write it in quotes with 24 hours: "08:30".')
    return value


Time = Annotated[str, AfterValidator(_clock)]


class Opening(Record):
    """On these days, open from one time to another (Korean time); several openings on a day mean a break between them."""

    days: tuple[Day, ...]
    opens: Time
    closes: Time

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.closes <= self.opens:
            raise wrong(f"this closes ({self.closes}) before it opens ({self.opens})", "Swap or correct the two times.")
        return self


class Hours(Record):
    """The weekly hours of the international desk, or of the whole institution."""

    of: Literal["desk", "institution"]
    openings: tuple[Opening, ...]
    closed: tuple[Day, ...] = ()
    """Days that the source itself calls closed."""
    sources: tuple[SourceId, ...]
    weak: bool = False
