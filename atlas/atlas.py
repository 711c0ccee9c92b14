"""All records together: loaded, checked, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from atlas.outline import Outline
from atlas.records.claim import Claim, ClaimLanguage
from atlas.records.country import Country, CountryList
from atlas.records.decision import Decision, Outcome
from atlas.records.entry import Checklist, Document, EntryScheme, Fee, Notice, OfficialSite, Status
from atlas.records.fact import Fact
from atlas.records.helpline import Helpline
from atlas.records.institution import Institution
from atlas.records.language import Language, SiteLanguage
from atlas.records.patients import Event, PatientCount
from atlas.records.place import District, Province
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
from atlas.trace import Noted, Trace


@dataclass(frozen=True)
class Atlas:
    """The records by id, each kind in the order of its file names and lines; ``wordings`` are the interface texts by language."""

    site: Site
    languages: Mapping[str, Language]
    sources: Mapping[str, Source]
    provinces: Mapping[str, Province]
    districts: Mapping[str, District]
    institution_kinds: Mapping[str, InstitutionKind]
    specialties: Mapping[str, Specialty]
    schemes: Mapping[str, Scheme]
    rules: Mapping[str, Rule]
    helplines: Mapping[str, Helpline]
    treatments: Mapping[str, Treatment]
    institutions: Mapping[str, Institution]
    countries: Mapping[str, Country]
    country_lists: Mapping[str, CountryList]
    statuses: Mapping[str, Status]
    entry_schemes: Mapping[str, EntryScheme]
    entry_rules: Mapping[str, EntryRule]
    official_sites: Mapping[str, OfficialSite]
    documents: Mapping[str, Document]
    checklists: Mapping[str, Checklist]
    fees: Mapping[str, Fee]
    notices: Mapping[str, Notice]
    outcomes: Mapping[str, Outcome]
    decisions: Mapping[str, Decision]
    patient_counts: Mapping[str, PatientCount]
    facts: Mapping[str, Fact]
    series: Mapping[str, Series]
    events: Mapping[str, Event]
    wellness_kinds: Mapping[str, SpotKind]
    experience_kinds: Mapping[str, SpotKind]
    works: Mapping[str, Work]
    wellness_sites: Mapping[str, WellnessSite]
    experiences: Mapping[str, Experience]
    rounds: Mapping[str, Round]
    airports: Mapping[str, Airport]
    clusters: Mapping[str, Cluster]
    special_zones: Mapping[str, SpecialZone]
    programmes: Mapping[str, Programme]
    advice: Mapping[str, Advice]
    terms: Mapping[str, Term]
    claims: Mapping[str, Claim]
    claim_languages: Mapping[str, ClaimLanguage]
    search_words: Mapping[str, SearchWords]
    wordings: Mapping[str, Mapping[str, str | Mapping[str, str]]]
    outline: Outline
    written: dict[str, dict[str, dict[str, Any]]]
    """The records as they are written, by name of the kind and id: what ``atlas.loading.raw_records`` gives."""
    translated: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What translations were made from: what ``atlas.translation.memory.stored`` gives."""
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """How languages say numbers and *must*, as it is written: by name of the file and language; :mod:`atlas.fidelity.table` reads it."""

    def noted(self, trace: Trace) -> Atlas:
        """The same, of which is noted which records are asked for: as ``("fees", "c-3-90")``, or as ``("fees",)``."""
        noted: dict[str, Any] = {name: Noted(name, getattr(self, name), trace) for name in COLLECTIONS}
        return replace(self, **noted)

    @property
    def site_languages(self) -> dict[str, SiteLanguage]:
        """The languages of the site by code, in the order of the header."""
        spoken = [(code, record.site) for code, record in self.languages.items() if record.site]
        return {code: site for code, site in sorted(spoken, key=lambda pair: pair[1].order) if site}

    @property
    def grown_languages(self) -> dict[str, SiteLanguage]:
        """The languages that are offered on every page: those that are not growing."""
        return {code: site for code, site in self.site_languages.items() if not site.growing}

    def known_in(self, language: str) -> dict[str, SiteLanguage]:
        """The languages that pages in ``language`` know of: a growing one is known to its own pages only."""
        return {code: site for code, site in self.site_languages.items() if code == language or not site.growing}

    @property
    def default_language(self) -> str:
        """The language at the root of the site."""
        return next(iter(self.site_languages))


COLLECTIONS = tuple(one.name for one in fields(Atlas) if one.name not in {"site", "wordings", "outline", "written", "translated", "tables"})
"""The fields that hold records by id."""
