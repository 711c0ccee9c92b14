"""Addresses of pages below their language, which the check needs to know before any page is made."""

from __future__ import annotations

from typing import get_args

from atlas.atlas import Atlas
from atlas.base import bases
from atlas.records.evidence import Level

CALENDAR = "k-culture/calendar/"
COMPARE = "compare/"
DATA = "data/"
GENTLE = "gentle-days/"
OFFLINE = "offline/"
SEARCH = "search/"
LEVELS = (*get_args(Level), "reported", "unknown")
"""Every level of evidence that a list names, in the order of the card."""


def country_path(code: str) -> str:
    """The page of a country."""
    return f"from/{code.lower()}/"


def gentle_path(treatment: str, base: str = "") -> str:
    """The page of a treatment, or of a treatment at a base."""
    return f"{GENTLE}{treatment}/" + (f"{base}/" if base else "")


def record_paths(atlas: Atlas) -> frozenset[str]:
    """The addresses of the pages that are made from records, to which an editor may add a text."""
    ids = (
        ("hospitals", atlas.institutions),
        ("treatments", atlas.treatments),
        ("visa", atlas.statuses),
        ("visa", atlas.entry_schemes),
        ("wellness", atlas.wellness_sites),
        ("k-culture", atlas.experiences),
        ("clusters", atlas.clusters),
        ("clusters/zones", atlas.special_zones),
    )
    found = {f"{folder}/{record_id}/" for folder, records in ids for record_id in records}
    found |= {country_path(code) for code in atlas.countries}
    found |= {f"hospitals/in/{province.slug}/" for province in atlas.provinces.values()}
    found |= {f"hospitals/for/{key}/" for key, specialty in atlas.specialties.items() if specialty.listed}
    found |= {
        f"hospitals/speaking/{code}/"
        for one in atlas.institutions.values()
        for code in (one.desk.languages.codes if one.desk.languages else ())
    }
    found |= {f"hospitals/kind/{key}/" for key in atlas.institution_kinds}
    found |= {f"regions/{province.slug}/" for province in atlas.provinces.values()}
    found |= {f"{base.path}cards/" for base in bases(atlas).values()}
    found |= {f"wellness/kind/{key}/" for key in atlas.wellness_kinds} | {f"k-culture/kind/{key}/" for key in atlas.experience_kinds}
    found |= {f"hospitals/evidence/{level}/" for level in LEVELS} | {f"hospitals/near/{base}/" for base in bases(atlas)}
    found |= {gentle_path(treatment, base) for treatment in atlas.treatments for base in ("", *bases(atlas))}
    lists = {f"{folder}{name}/" for folder in ("wellness/", "k-culture/") for name in ("doors", "effort")}
    lists |= {"k-culture/province/", "treatments/stay/", "treatments/price/", "treatments/language/", "from/entry/", "from/days/"}
    lists |= {"regions/", "clusters/", "clusters/zones/", "wellness/", "k-culture/", CALENDAR, GENTLE, "programmes/all/"}
    return frozenset(found | lists | {"", "hospitals/", "treatments/", "visa/", "from/", "status/", COMPARE, SEARCH, DATA, OFFLINE})
