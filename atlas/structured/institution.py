"""An institution: ``Hospital``, ``MedicalClinic``, ``Dentist``, or ``MedicalOrganization`` where its kind does not say which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from atlas.records import hours
from atlas.structured.node import Node, coordinates, named, node
from atlas.views.reader import Reader

VOCABULARY = "https://schema.org/"
KINDS: Mapping[str, str] = {
    "tertiary-general": "Hospital",
    "general": "Hospital",
    "specialised": "Hospital",
    "rehabilitation": "Hospital",
    "clinic": "MedicalClinic",
    "plastic-surgery-dermatology": "MedicalClinic",
    "fertility": "MedicalClinic",
    "health-checkup": "MedicalClinic",
    "dental": "Dentist",
}
"""The type of an institution by its kind. A kind that means a hospital *or* a clinic has none of its own."""

SPECIALTIES: Mapping[str, tuple[str, ...]] = {
    "cancer": ("Oncologic",),
    "cardiology": ("Cardiovascular",),
    "dental": ("Dentistry",),
    "dermatology": ("Dermatology",),
    "ent": ("Otolaryngologic",),
    "gastroenterology": ("Gastroenterologic",),
    "haematology": ("Hematologic",),
    "obstetrics-gynaecology": ("Obstetric", "Gynecologic"),
    "ophthalmology": ("Ophthalmology",),
    "orthopaedics": ("Musculoskeletal",),
    "paediatrics": ("Pediatric",),
    "plastic-surgery": ("PlasticSurgery",),
    "urology": ("Urologic",),
}
"""The members of ``MedicalSpecialty`` that mean the same as a specialty of ours. The others have none: ``Surgical`` is more than robotic
surgery, ``Physiotherapy`` less than rehabilitation, ``PrimaryCare`` is not what a hospital calls general medicine."""

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS = {day: f"{VOCABULARY}{name}" for day, name in zip(hours.DAYS, _NAMES, strict=True)}
"""The members of ``DayOfWeek``."""


def institution(reader: Reader, view: Mapping[str, Any]) -> Node:
    """The institution of a page. Contact details are those of the page: none where it withholds them, none that it calls weak."""
    driver, desk = view["driver"], view.get("desk", {})
    closed = view.get("closed")
    opening = opening_hours(desk)
    website = next((row["link"] for row in view["more"] if row["key"] == "row-website"), None)
    return node(
        KINDS.get(view["kind_id"], ("MedicalOrganization", "Place")),
        **named(view),
        url=website["url"] if website and not website["weak"] else None,
        telephone=telephones([desk["main"]] if "main" in desk else []),
        address=driver.get("address"),
        geo=coordinates(driver.get("point")),
        medicalSpecialty=[f"{VOCABULARY}{found}" for one in view["specialties"] for found in SPECIALTIES.get(one["id"], ())],
        openingHoursSpecification=opening.get("institution"),
        contactPoint=None if closed else _desk(reader, view, desk, opening.get("desk")),
        dissolutionDate=closed["date"] if closed else None,
    )


def telephones(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """The telephone numbers as they stand on the page, without those that it calls weak."""
    return [line["text"] for line in lines if "weak" not in line]


def opening_hours(desk: Mapping[str, Any]) -> dict[str, list[Node]]:
    """The weekly hours, under ``desk`` or ``institution``: whose they are."""
    weekly = desk.get("hours")
    if not weekly or weekly["weak"]:
        return {}
    found = [
        node("OpeningHoursSpecification", dayOfWeek=[DAYS[day] for day in one["days"]], opens=one["opens"], closes=one["closes"])
        for one in weekly["openings"]
    ]
    return {weekly["whose"]: found}


def _desk(reader: Reader, view: Mapping[str, Any], desk: Mapping[str, Any], opening: list[Node] | None) -> Node | None:
    """The desk for patients from abroad."""
    spoken, page = view.get("languages"), desk.get("page")
    found = node(
        "ContactPoint",
        telephone=telephones(desk.get("phones", ())),
        email=desk["email"]["address"] if "email" in desk else None,
        url=page["url"] if page and not page["weak"] else None,
        availableLanguage=spoken["each"] if spoken and not spoken["weak"] else None,
        hoursAvailable=opening,
    )
    return {**found, "contactType": reader.words.say("row-desk")} if len(found) > 1 else None
