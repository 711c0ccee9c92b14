"""A new treatment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from atlas.drafting.draft import Draft, scalar, sequence

_SUMMARY = {"en": "one sentence in English: what it is", "ko": "one sentence in Korean: what it is"}
_NAMES = {"en": "the English name", "ko": "the Korean name"}


@dataclass(frozen=True)
class Treatment:
    """What is known of it: ``names`` by language, ``checked_on`` as YYYY-MM-DD, ids of specialties."""

    id: str
    checked_on: str
    names: Mapping[str, str] = field(default_factory=dict)
    specialties: Sequence[str] = ()


def treatment(given: Treatment, languages: Sequence[str]) -> Draft:
    """The file of a treatment."""
    draft = Draft(f"data/treatments/{given.id}.yaml")
    others = [code for code in languages if code not in {"en", "ko"}]
    draft.line("# yaml-language-server: $schema=../schemas/treatment.json")
    draft.line(f"id: {given.id}")
    draft.line("name:")
    for code in ("en", "ko"):
        draft.either(f"  {code}:", scalar(given.names[code]) if given.names.get(code) else "", f"name.{code}", _NAMES[code])
    for code in others:
        if given.names.get(code):
            draft.line(f"  {code}: {scalar(given.names[code])}")
        else:
            draft.hint(f"  {code}: …", "until it is there, the page shows the English name")
    draft.line("name_basis: {en: own, ko: own}")
    draft.hint("  name_basis: …", "for each language: source (as a source prints it), term (from the term base) or own")
    draft.line("summary:")
    for code in ("en", "ko"):
        draft.gap(f"  {code}:", f"summary.{code}", _SUMMARY[code])
    for code in others:
        draft.hint(f"  {code}: …", "until it is there, the page shows the English text")
    draft.either(
        "specialties:",
        sequence(given.specialties),
        "specialties",
        "ids from data/specialties.yaml: hospitals that treat it are found by them",
    )
    draft.hint("stay: {span: {least: 7, most: 10, unit: day}, source: …}", "the usual stay in Korea, and who says so")
    draft.hint("flying: [{span: {least: 2, most: 4, unit: week}, source: …}]", "how long to wait before a flight, and who says so")
    draft.line(f'checked_on: "{given.checked_on}"')
    draft.then = ["atlas check", "atlas serve", f"atlas accept --all-of treatment/{given.id}"]
    return draft
