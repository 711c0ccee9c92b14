"""``data/``: the records as files, with their sizes; how to read, cite and restore them stands in the text of the page."""

from __future__ import annotations

from typing import Any

from atlas import address
from atlas.due import KINDS as WORDED
from atlas.opendata.kinds import VERSION
from atlas.opendata.publication import File, Files, Publication
from atlas.views.page import Page
from atlas.views.reader import Reader

PATH = address.DATA
GROUPS = (
    ("care", ("institution", "institution-kind", "specialty", "treatment", "scheme", "rule", "helpline", "advice")),
    (
        "entry",
        (
            "country",
            "country-list",
            "status",
            "entry-scheme",
            "entry-rule",
            "fee",
            "checklist",
            "document",
            "outcome",
            "decision",
            "notice",
            "official-site",
        ),
    ),
    (
        "places",
        (
            "province",
            "outline",
            "district",
            "airport",
            "cluster",
            "round",
            "special-zone",
            "programme",
            "wellness-site",
            "wellness-kind",
            "experience",
            "experience-kind",
            "work",
        ),
    ),
    ("numbers", ("fact", "series", "patient-count", "event")),
    (
        "words",
        (
            *("source", "language", "term", "claim", "claim-language", "modality", "numerals"),
            *("interface-text", "translation-source", "search-word", "site"),
        ),
    ),
)
"""The kinds in the order of the page, under a heading each."""


def data_page(reader: Reader, published: Publication, origin: str) -> Page:
    """The page of the files that are published at ``origin``."""
    words, released = reader.words, reader.atlas.site.released
    by_name = {files.kind.name: files for files in published.kinds}
    title = words.say("data-title")
    name = reader.text(reader.atlas.site.name)
    description = words.say("data-description")
    sizes = sum(file.size for files in published.kinds for file in files.all)
    view: dict[str, Any] = {
        "heading": title,
        "lead": words.say("data-lead", date=words.date(released), size=_size(reader, sizes)),
        "cite": words.say("data-cite", name=name, version=VERSION, date=words.date(released), address=f"{origin}{PATH}"),
        "whole": [_link(reader, file) for file in published.about],
        "groups": [
            {
                "id": group,
                "heading": words.say(f"data-group-{group}"),
                "kinds": [_kind(reader, by_name[kind]) for kind in kinds],
            }
            for group, kinds in GROUPS
        ],
        "dataset": {
            "name": words.say("label-value", label=name, value=title),
            "description": description,
            "version": VERSION,
            "released": released,
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "distribution": [
                {"name": file.name, "encodingFormat": file.media_type, "contentUrl": file.address}
                for files in published.kinds
                for file in (files.json, *files.csv, *([files.geojson] if files.geojson else []))
            ],
        },
    }
    return Page(
        path=PATH,
        language=reader.language,
        template="data.html",
        title=title,
        description=description,
        view=view,
        crumbs=((words.say("nav-home"), ""),),
        section="about",
        changed_on=released,
        feedback="data",
    )


def _kind(reader: Reader, files: Files) -> dict[str, Any]:
    """One kind: what it is called, how many records there are, and its files; tables of parts that hold something apart."""
    name = files.kind.name
    known = {kind for kind, _ in WORDED}
    parts = [file for file in files.csv[1:] if file.rows]
    view: dict[str, Any] = {
        "name": reader.words.say(f"status-kind-{name}" if name in known else f"data-kind-{name}"),
        "count": reader.words.say("data-count", count=files.count),
        "files": [_link(reader, file) for file in (files.json, *files.csv[:1], files.geojson, files.schema) if file],
    }
    if parts:
        view["parts"] = {
            "heading": reader.words.say("data-parts", count=len(parts)),
            "files": [_link(reader, file) for file in parts],
        }
    return view


def _link(reader: Reader, file: File) -> dict[str, str]:
    return {"name": file.name, "path": file.address, "size": _size(reader, file.size)}


def _size(reader: Reader, size: int) -> str:
    """Kilobytes of a thousand bytes, with one decimal below ten."""
    kilobytes = size / 1000
    number = round(kilobytes, 1) if kilobytes < 10 else round(kilobytes)
    return reader.words.say("data-size", kilobytes=reader.words.number(number))
