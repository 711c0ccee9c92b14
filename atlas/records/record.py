"""The base of every record, and references between records."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

_GIVEN: dict[frozenset[str], set[str]] = {}


class Record(BaseModel):
    """Frozen, strict, and without room for a field that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    def model_post_init(self, _: object) -> None:
        """The names of the fields that were given are the same for many records: a set for each would be a third of their memory."""
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))


@dataclass(frozen=True)
class Known:
    """What a record may refer to while it is validated: ids by kind, and the languages of the site."""

    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    province_of: dict[str, str | None] = field(default_factory=dict)
    """The province of each district."""
    level_of: dict[str, str | None] = field(default_factory=dict)
    """The level of evidence that each scheme gives."""
    languages: tuple[str, ...] = ()


def wrong(what: str, mend: str) -> PydanticCustomError:
    """An error whose two sentences reach the editor as they stand."""
    return PydanticCustomError("atlas", "{what} {mend}", {"what": what, "mend": mend})


@dataclass(frozen=True)
class Refers:
    """Checks that there is a record of one of these kinds with the id; forms offer them to choose from."""

    kinds: tuple[str, ...]

    def __call__(self, value: str, info: ValidationInfo) -> str:
        known = info.context.ids if isinstance(info.context, Known) else None
        if known is not None and not any(value in known.get(kind, frozenset()) for kind in self.kinds):
            named = " or ".join(self.kinds)
            ids = sorted(set().union(*(known.get(kind, ()) for kind in self.kinds)))
            if near := difflib.get_close_matches(value, ids, n=1, cutoff=0.75):
                raise wrong(f"there is no {named} with this id", f"Did you mean {near[0]}?")
            raise wrong(f"there is no {named} with this id", f"Use an id that exists in data/, or add the {named} first.")
        return value


def _reference(*kinds: str) -> AfterValidator:
    return AfterValidator(Refers(kinds))


SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, Field(pattern=SLUG, max_length=80)]
SourceId = Annotated[str, _reference("source")]
ProvinceCode = Annotated[str, _reference("province")]
DistrictId = Annotated[str, _reference("district")]
InstitutionKindId = Annotated[str, _reference("institution-kind")]
SpecialtyId = Annotated[str, _reference("specialty")]
SchemeId = Annotated[str, _reference("scheme")]
LanguageCode = Annotated[str, _reference("language")]
CountryCode = Annotated[str, _reference("country")]
CountryListId = Annotated[str, _reference("country-list")]
StatusId = Annotated[str, _reference("status")]
SubjectId = Annotated[str, _reference("status", "entry-scheme")]
"""What a statement about entry is about: a status of stay or a scheme of entry."""
OfficialSiteId = Annotated[str, _reference("official-site")]
DocumentId = Annotated[str, _reference("document")]
ChecklistId = Annotated[str, _reference("checklist")]
FeeId = Annotated[str, _reference("fee")]
OutcomeId = Annotated[str, _reference("outcome")]
PatientCountId = Annotated[str, _reference("patient-count")]
HelplineId = Annotated[str, _reference("helpline")]
InstitutionId = Annotated[str, _reference("institution")]
TreatmentId = Annotated[str, _reference("treatment")]
WellnessKindId = Annotated[str, _reference("wellness-kind")]
ExperienceKindId = Annotated[str, _reference("experience-kind")]
WellnessSiteId = Annotated[str, _reference("wellness-site")]
WorkId = Annotated[str, _reference("work")]
RoundId = Annotated[str, _reference("round")]
AirportId = Annotated[str, _reference("airport")]
