"""The kinds of record and where their files lie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atlas.records.claim import Claim, ClaimLanguage
from atlas.records.country import Country, CountryList
from atlas.records.decision import Decision, Outcome
from atlas.records.entry import Checklist, Document, EntryScheme, Fee, Notice, OfficialSite, Status
from atlas.records.fact import Fact
from atlas.records.helpline import Helpline
from atlas.records.institution import Institution
from atlas.records.language import Language
from atlas.records.patients import Event, PatientCount
from atlas.records.place import District, Province
from atlas.records.record import SLUG, Record
from atlas.records.recovery import Advice
from atlas.records.region import Airport, Cluster, Programme, Round, SpecialZone
from atlas.records.rule import EntryRule, Rule
from atlas.records.scheme import Scheme
from atlas.records.searchwords import SearchWords
from atlas.records.series import Series
from atlas.records.site import Site
from atlas.records.source import Source
from atlas.records.specialty import InstitutionKind, Specialty
from atlas.records.spot import Experience, SpotKind, WellnessSite, Work
from atlas.records.term import Term
from atlas.records.treatment import Treatment


@dataclass(frozen=True)
class Kind:
    """One kind of record. ``files`` is a pattern below ``data/``; a *table* file holds many records by id, any other holds one."""

    name: str
    model: type[Record]
    files: str
    table: bool
    id_form: str = SLUG
    id_words: str = "lower-case letters, digits and single hyphens, such as asan-medical-center"

    @property
    def schema(self) -> str:
        """The name of its file in ``data/schemas/``."""
        return f"{self.name}.table.json" if self.table else f"{self.name}.json"

    def id_fits(self, record_id: str) -> bool:
        """Whether ``record_id`` has the form that ids of this kind have."""
        return re.fullmatch(self.id_form, record_id) is not None


KINDS = (
    Kind("site", Site, "site.yaml", table=False),
    Kind(
        "language",
        Language,
        "languages.yaml",
        table=True,
        id_form=r"^[a-z]{2,3}$",
        id_words="an ISO 639 code such as ru",
    ),
    Kind("source", Source, "sources/*.yaml", table=True),
    Kind(
        "province",
        Province,
        "provinces.yaml",
        table=True,
        id_form=r"^KR-[0-9]{2}$",
        id_words="an ISO 3166-2 code such as KR-11",
    ),
    Kind("district", District, "districts.yaml", table=True),
    Kind("institution-kind", InstitutionKind, "institution-kinds.yaml", table=True),
    Kind("specialty", Specialty, "specialties.yaml", table=True),
    Kind("scheme", Scheme, "schemes.yaml", table=True),
    Kind("rule", Rule, "rules/*.yaml", table=True),
    Kind("helpline", Helpline, "helplines.yaml", table=True),
    Kind("treatment", Treatment, "treatments/*.yaml", table=False),
    Kind("institution", Institution, "hospitals/*.yaml", table=False),
    Kind(
        "country",
        Country,
        "entry/countries.yaml",
        table=True,
        id_form=r"^[A-Z]{2}$",
        id_words="an ISO 3166-1 code such as KZ",
    ),
    Kind("country-list", CountryList, "entry/lists.yaml", table=True),
    Kind("status", Status, "entry/statuses.yaml", table=True),
    Kind("entry-scheme", EntryScheme, "entry/schemes.yaml", table=True),
    Kind("entry-rule", EntryRule, "entry/rules/*.yaml", table=True),
    Kind("official-site", OfficialSite, "entry/sites.yaml", table=True),
    Kind("document", Document, "entry/documents.yaml", table=True),
    Kind("checklist", Checklist, "entry/checklists.yaml", table=True),
    Kind("fee", Fee, "entry/fees.yaml", table=True),
    Kind("notice", Notice, "entry/notices/*.yaml", table=True),
    Kind("outcome", Outcome, "entry/outcomes.yaml", table=True),
    Kind("decision", Decision, "entry/decisions.yaml", table=True),
    Kind("patient-count", PatientCount, "patients.yaml", table=True),
    Kind("fact", Fact, "facts/*.yaml", table=True),
    Kind("series", Series, "series.yaml", table=True),
    Kind("event", Event, "events.yaml", table=True),
    Kind("wellness-kind", SpotKind, "wellness-kinds.yaml", table=True),
    Kind("experience-kind", SpotKind, "experience-kinds.yaml", table=True),
    Kind("work", Work, "works.yaml", table=True),
    Kind("wellness-site", WellnessSite, "wellness/*.yaml", table=False),
    Kind("experience", Experience, "experiences/*.yaml", table=False),
    Kind("round", Round, "rounds.yaml", table=True),
    Kind(
        "airport",
        Airport,
        "airports.yaml",
        table=True,
        id_form=r"^[a-z]{3}$",
        id_words="an IATA code in lower case such as icn",
    ),
    Kind("cluster", Cluster, "clusters.yaml", table=True),
    Kind("special-zone", SpecialZone, "special-zones.yaml", table=True),
    Kind("programme", Programme, "programmes.yaml", table=True),
    Kind("advice", Advice, "recovery.yaml", table=True),
    Kind("term", Term, "terms/*.yaml", table=True),
    Kind("claim", Claim, "claims/*.yaml", table=False),
    Kind(
        "claim-language",
        ClaimLanguage,
        "claim-languages.yaml",
        table=True,
        id_form=r"^[a-z]{2,3}$",
        id_words="an ISO 639 code such as ru",
    ),
    Kind(
        "search-word",
        SearchWords,
        "search.yaml",
        table=True,
        id_form=r"^([a-z0-9-]+/)*$",
        id_words="the address of a page below the language, such as treatments/ivf/",
    ),
)


def plural(name: str) -> str:
    """The field of an :class:`~atlas.atlas.Atlas` that holds the records of a kind: ``entry-rule`` → ``entry_rules``."""
    name = name.replace("-", "_")
    if name in {"series", "advice"}:
        return name
    if name.endswith("y"):
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith("s") else f"{name}s"
