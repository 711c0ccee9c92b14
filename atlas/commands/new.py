"""The commands ``new``: they begin a file, complete as far as can be known, and say what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from atlas.commands.asking import Form
from atlas.commands.command import AtlasGroup, FailedError, command
from atlas.commands.project import quickly
from atlas.commands.report import ROOT
from atlas.commands.typed import (
    DISTRICT,
    INSTITUTION_KIND,
    LANGUAGE,
    PAGE,
    PROVINCE,
    SOURCE,
    SPECIALTY,
    Offered,
)

_EXAMPLES = (
    ("atlas new hospital", "it asks; Enter leaves a question open"),
    ("atlas new page rights/consent --lang ru", "the translation of a page, with the headings of its source"),
)
_SITE_KIND = Offered("KIND", "table:*-kinds.yaml")
_SECTIONS = ("hospitals", "treatments", "visa", "plan", "rights", "remote-care", "programmes", "numbers", "north-korea", "about")


@click.group("new", cls=AtlasGroup, examples=_EXAMPLES)
def new_command() -> None:
    """Begin a hospital, a treatment, a site, a page or a country.

    It writes a file with all that can be known, and a comment at each place that is still to be filled in. On a terminal it asks for what
    no option gives. What exists already is never touched.
    """


def _options(*wanted: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Options that several of the commands have."""
    made = {
        "names": (
            click.option("--name-en", "name_en", metavar="NAME", default="", help="The English name."),
            click.option("--name-ko", "name_ko", metavar="NAME", default="", help="The Korean name."),
        ),
        "place": (
            click.option("--district", type=DISTRICT, default="", help="Its district, as in data/districts.yaml."),
            click.option("--province", type=PROVINCE, default="", help="Its province, such as KR-11."),
        ),
        "reach": (
            click.option("--website", metavar="ADDRESS", default="", help="Its website: https://…"),
            click.option("--phone", metavar="NUMBER", default="", help="Its telephone, with the country code: +82-2-…"),
        ),
        "specialties": (click.option("--specialty", "specialties", type=SPECIALTY, multiple=True, help="A specialty; may be repeated."),),
        "sources": (
            click.option("--as-of", metavar="DATE", default="", help="The date of the newest source: YYYY-MM-DD, YYYY-MM or YYYY."),
            click.option("--source", "sources", type=SOURCE, multiple=True, help="A source, as in data/sources/; may be repeated."),
        ),
        "ask": (
            click.option("--ask/--no-ask", default=None, help="Ask for what is not given; by default where there is a terminal."),
            click.option(
                "--checked-on", metavar="DATE", default="", help="The day on which you compared it with its sources; today if left out."
            ),
        ),
    }

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(wanted):
            for option in made[name]:
                function = option(function)
        return function

    return add


@command(
    "hospital",
    reports=True,
    examples=(("atlas new hospital seoul-eye-clinic --kind eye --province KR-11 --specialty ophthalmology", "without questions"),),
)
@click.argument("id_", metavar="[ID]", default="", help="Its id: lower-case letters, digits and hyphens; it never changes.")
@click.option("--kind", type=INSTITUTION_KIND, default="", help="What it is, such as clinic.")
@_options("names", "place", "specialties", "reach", "sources", "ask")
def hospital_command(id_: str, *, kind: str, ask: bool | None, **given: Any) -> int:
    """Begin a hospital or clinic: data/hospitals/ID.yaml."""
    from atlas.drafting.hospital import Hospital, hospital

    with quickly():
        form = Form(ask)
        given["names"] = form.names(given)
        record_id = form.new_id(id_, "institution", "hospitals", given["names"])
        known = Hospital(
            id=record_id,
            kind=form.one_of("Kind", kind, "institution-kind"),
            province=(province := form.one_of("Province", given["province"], "province")),
            district=form.district(given["district"], province),
            specialties=form.some_of("Specialties", given["specialties"], "specialty"),
            sources=form.some_of("Sources", given["sources"], "source"),
            phone=form.phone(given["phone"]),
            website=form.website(given["website"]),
            **_dated(form, given),
        )
        return form.write("institution", hospital(known, form.languages))


@command("treatment", reports=True, examples=(("atlas new treatment cataract-surgery --specialty ophthalmology", "without questions"),))
@click.argument("id_", metavar="[ID]", default="", help="Its id: lower-case letters, digits and hyphens; it never changes.")
@_options("names", "specialties", "ask")
def treatment_command(id_: str, *, ask: bool | None, **given: Any) -> int:
    """Begin a treatment: data/treatments/ID.yaml."""
    from atlas.drafting.treatment import Treatment, treatment

    with quickly():
        form = Form(ask)
        given["names"] = form.names(given)
        record_id = form.new_id(id_, "treatment", "treatments", given["names"])
        known = Treatment(
            id=record_id,
            names=given["names"],
            specialties=form.some_of("Specialties", given["specialties"], "specialty"),
            checked_on=form.checked_on(given["checked_on"]),
        )
        return form.write("treatment", treatment(known, form.languages))


@command("site", reports=True, examples=(("atlas new site jeju-forest --kind forest-healing --province KR-49", "without questions"),))
@click.argument("id_", metavar="[ID]", default="", help="Its id: lower-case letters, digits and hyphens; it never changes.")
@click.option("--kind", type=_SITE_KIND, default="", help="What it is, as in data/wellness-kinds.yaml or data/experience-kinds.yaml.")
@click.option(
    "--of", "folder", type=click.Choice(["wellness", "experiences"]), default=None, help="Which of the two; told by the kind if left out."
)
@_options("names", "place", "reach", "sources", "ask")
def site_command(id_: str, *, kind: str, folder: str | None, ask: bool | None, **given: Any) -> int:
    """Begin a place to go besides hospitals: a wellness site or an experience.

    Wellness sites are those that the Korea Tourism Organization selected (data/wellness/); everything else to see or do is an
    experience (data/experiences/).
    """
    from atlas.drafting.site import Site, site

    with quickly():
        form = Form(ask)
        folder = form.folder(folder, kind)
        name = "wellness-site" if folder == "wellness" else "experience"
        given["names"] = form.names(given)
        record_id = form.new_id(id_, name, folder, given["names"])
        known = Site(
            id=record_id,
            folder="wellness" if folder == "wellness" else "experiences",
            kind=form.one_of("Kind", kind, "wellness-kind" if folder == "wellness" else "experience-kind"),
            province=(province := form.one_of("Province", given["province"], "province")),
            district=form.district(given["district"], province),
            sources=form.some_of("Sources", given["sources"], "source"),
            phone=form.phone(given["phone"]),
            website=form.website(given["website"]),
            **_dated(form, given),
        )
        return form.write(name, site(known, form.languages))


@command("country", reports=True, examples=(("atlas new country GL --status b-1 --days 90", "visa-free for 90 days, by an agreement"),))
@click.argument("id_", metavar="[CODE]", default="", help="Its ISO 3166-1 code, such as GL.")
@click.option("--status", metavar="STATUS", default="", help="Of visa-free entry: b-1 (an agreement) or b-2-1 (a decision of Korea).")
@click.option("--days", type=click.IntRange(min=0), default=None, help="How many days for each entry; 0: a visa is needed.")
@_options("sources", "ask")
def country_command(id_: str, *, status: str, days: int | None, ask: bool | None, **given: Any) -> int:
    """Begin a passport: a row of data/entry/countries.yaml, at its place in the order of codes."""
    from atlas.drafting.country import FILE, Country, country

    with quickly():
        form = Form(ask)
        code = form.new_country(id_)
        dated = _dated(form, given)
        dated.pop("names")
        known = Country(
            id=code,
            status=form.one_of("Status", status, "status"),
            days=days,
            sources=form.some_of("Sources", given["sources"], "source"),
            **dated,
        )
        draft, whole = country(known, (ROOT / FILE).read_text(encoding="utf-8"))
        return form.write("country", draft, whole)


@command(
    "page",
    reports=True,
    examples=(
        ("atlas new page plan/insurance --section plan --class B", "a page of its own, in English"),
        ("atlas new page rights/consent --lang ru", "a translation: its headings are those of the source"),
    ),
)
@click.argument("path", type=PAGE, metavar="[PATH]", default="", help="Its path below the language, such as rights/consent.")
@click.option("--lang", "language", type=LANGUAGE, default="", help="Its language; the default language of the site if left out.")
@click.option("--section", type=click.Choice(_SECTIONS), default=None, help="Where it stands in the menu; told by the folder if left out.")
@click.option(
    "--class",
    "critical_class",
    type=click.Choice(["A", "B"]),
    default=None,
    help="A: visa, medical, legal, money or emergency matter; B: everything else.",
)
@_options("ask")
def page_command(path: str, *, language: str, section: str | None, critical_class: str | None, ask: bool | None, **given: Any) -> int:
    """Begin a written page, or the translation of one that is there: docs/LANGUAGE/PATH.md."""
    from atlas.article import read_articles
    from atlas.drafting.page import Page, page

    with quickly():
        form = Form(ask)
        language = form.language(language)
        path = form.new_path(path, language)
        address = path.removesuffix("index").rstrip("/")
        address = f"{address}/" if address else ""
        articles, _ = read_articles(ROOT, form.languages)
        found = articles.get(address, {})
        if language in found:
            raise FailedError(f"{found[language].file} exists already. Change that file.")
        source = next((one for one in found.values() if not getattr(one, "translated_from", None)), None)
        folder = path.split("/")[0]
        known = Page(
            path=path,
            language=language,
            checked_on=form.checked_on(given["checked_on"]),
            section=section or (folder if folder in _SECTIONS else ""),
            critical_class=critical_class or ("" if not form.asks or source else form.choice("Class", ("A", "B"))),
            of_record=form.records_page(address) and not (source and source.stands_alone),
            source=source,
        )
        return form.write_page(page(known))


for _one in (hospital_command, treatment_command, site_command, page_command, country_command):
    new_command.add_command(_one)


def _dated(form: Form, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"names": given.get("names", {}), "as_of": form.as_of(given["as_of"]), "checked_on": form.checked_on(given["checked_on"])}
