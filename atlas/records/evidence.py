"""What the statement rests on that an institution serves patients from abroad."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ValidationInfo, model_validator

from atlas.records.date import Date, PartialDate, period_fault
from atlas.records.localised import Localised
from atlas.records.record import Known, Record, SchemeId, SourceId, wrong

Level = Literal["registered", "designated", "accredited", "self-declared"]
"""*unknown* is not written: it is what no evidence means."""


class Evidence(Record):
    """One piece of evidence, with its period.

    ``standing``: *stated* (a source says that it holds), *past* (it ended, or a later list leaves the institution out),
    *disputed* (sources contradict each other), *unclear* (a source says that it was given, none says for how long).
    """

    level: Level
    scheme: SchemeId | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    """``null``: no source names an end."""
    standing: Literal["stated", "past", "disputed", "unclear"] = "stated"
    weak: bool = False
    """Rests only on a list without a named author: shown with that remark, and not enough to leave *unknown*."""
    note: Localised | None = None
    sources: tuple[SourceId, ...]
    checked_on: Date

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        level = info.context.level_of.get(self.scheme or "") if isinstance(info.context, Known) else None
        if level is not None and level != self.level:
            raise wrong(f"the scheme {self.scheme} does not give this level", f"Write level: {level}.")
        period_fault(self.valid_from, self.valid_to)
        if not self.sources:
            raise wrong("evidence without a source is no evidence", "Name the source, or take this entry out.")
        if self.scheme == "jci" and self.standing == "stated":
            raise wrong(
                "no institution is shown as JCI accredited: sources contradict each other on whether any still is",
                "Use standing: past or standing: disputed.",
            )
        if (self.scheme is None) == (self.level in {"designated", "accredited"}):
            raise wrong(
                f"a scheme does not fit the level {self.level}",
                "Name a scheme for designated and accredited, and none for registered and self-declared.",
            )
        return self
