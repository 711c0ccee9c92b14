"""What options and arguments may be, and what the shell offers for them: languages, pages, ids of records.

Completion must answer while one types: it lists names of files and first columns, and loads nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from atlas.message import said

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(r"^[\"']?([A-Za-z0-9][A-Za-z0-9-]*)[\"']?:", re.MULTILINE)


def keys(path: Path) -> Iterator[str]:
    """The ids of the rows of a table, as they stand in the first column."""
    if path.is_file():
        yield from _ROW.findall(path.read_text(encoding="utf-8", errors="replace"))


def stems(folder: str) -> Iterator[str]:
    """The ids of the records that have a file each in a folder of ``data/``."""
    yield from sorted(path.stem for path in (ROOT / "data" / folder).glob("*.yaml"))


def written_pages() -> Iterator[str]:
    """The paths of written pages below the language: ``visa/index``."""
    found = {path.relative_to(folder).with_suffix("").as_posix() for folder in (ROOT / "docs").glob("*") for path in folder.rglob("*.md")}
    yield from sorted(found)


def site_languages() -> Iterator[str]:
    """The languages that pages are written in."""
    yield from sorted(path.name for path in (ROOT / "docs").iterdir() if path.is_dir())


class Offered(click.ParamType[str]):
    """A text for which the shell offers what there is; what is given is not judged here."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source

    def offers(self) -> Iterator[str]:
        """All that can be given."""
        kind, _, where = self.source.partition(":")
        if kind == "translated":
            yield from (
                *written_pages(),
                *(one for folder in ("hospitals", "treatments", "wellness", "experiences") for one in stems(folder)),
            )
        elif kind == "folder":
            yield from stems(where)
        elif kind == "table":
            for path in sorted((ROOT / "data").glob(where)):
                yield from keys(path)
        else:
            yield from written_pages() if kind == "pages" else site_languages()

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        return [CompletionItem(one) for one in self.offers() if one.startswith(incomplete)]


class Day(click.DateTime):
    """A day, written YYYY-MM-DD."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' does not match the format YYYY-MM-DD.", param, ctx)


DAY = Day()
LANGUAGE = Offered("LANGUAGE", "languages")
PAGE = Offered("PAGE", "pages")
PAGE_OR_RECORD = Offered("PAGE|RECORD", "translated")
INSTITUTION = Offered("ID", "folder:hospitals")
TREATMENT = Offered("ID", "folder:treatments")
PROVINCE = Offered("PROVINCE", "table:provinces.yaml")
DISTRICT = Offered("DISTRICT", "table:districts.yaml")
SPECIALTY = Offered("SPECIALTY", "table:specialties.yaml")
SOURCE = Offered("SOURCE", "table:sources/*.yaml")
INSTITUTION_KIND = Offered("KIND", "table:institution-kinds.yaml")
WELLNESS_KIND = Offered("KIND", "table:wellness-kinds.yaml")
EXPERIENCE_KIND = Offered("KIND", "table:experience-kinds.yaml")
COUNTRY = Offered("COUNTRY", "table:entry/countries.yaml")


class _Part(click.ParamType[tuple[int, int]]):
    """One of so many parts: ``3/8``."""

    name = "part"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Its number, from 1, and how many there are."""
        found = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", str(value))
        if not found or int(found[1]) > int(found[2]):
            self.fail(said("write which part of how many: 3/8"), param, ctx)
        return int(found[1]), int(found[2])


PART = _Part()
