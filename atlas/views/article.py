"""Pages that editors write in ``docs/<language>/``: Markdown, with the records that belong to them below the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from atlas.article import Article, in_language
from atlas.records.scheme import Scheme
from atlas.trace import Articles
from atlas.translation.state import source_of
from atlas.views.figure import statements
from atlas.views.institution import helplines
from atlas.views.numbers import NUMBERS, series_views
from atlas.views.page import Page
from atlas.views.prose import Prose
from atlas.views.reader import Citations, Reader
from atlas.views.translated import Translated

JOURNEY = "plan/"
"""The folder of the journey."""


def article_page(reader: Reader, article: Article, articles: Articles) -> Page:
    """A written page for one reader; ``article`` may be in another language where a translation is missing."""
    words, citations = reader.words, Citations(reader)
    prose = Prose(reader, article, citations, children(reader, article.path, articles))
    view: dict[str, Any] = {"heading": article.title, "lead": article.lead, **_journey(reader, article, articles)}
    if article.path.startswith(NUMBERS):  # charts stand above the text: their sources come first
        view["series"] = series_views(reader, article.path, citations)
    body = Translated(reader, article, _source(reader, article, articles), prose, citations).body()
    view |= _RECORDS[article.records](reader, citations) if article.records else {}
    if prose.expires:
        view["expires"] = True
    view["sources"] = citations.listed()
    if view["sources"]:
        view["sources_note"] = words.say("two-sentences", first=citations.note(), second=words.say("sources-dates"))
    view["checked"] = {"date": article.checked_on, "text": words.date(article.checked_on)}
    if article.read_again_on:
        view["read_again"] = words.say("read-again", date=words.date(article.read_again_on))
    return Page(
        path=article.path,
        language=reader.language,
        template="article.html",
        title=article.title,
        description=article.description,
        view=view,
        crumbs=crumbs(reader, article.path, articles),
        section=article.section,
        changed_on=article.checked_on,
        body=body,
        written_in=article.language,
        source=article.file,
        feedback=article.path.rstrip("/"),
    )


def record_text(reader: Reader, page: Page, article: Article, articles: Articles) -> Page:
    """The page of a record with the text that an editor has added to it."""
    citations = Citations(reader)
    prose = Prose(reader, article, citations)
    body = Translated(reader, article, _source(reader, article, articles), prose, citations).body()
    return replace(page, body=body, body_in=article.language, source=article.file)


def _source(reader: Reader, article: Article, articles: Articles) -> Article | None:
    """The page that this one was translated from; none where it is the source itself."""
    source = source_of(articles[article.path], reader.atlas.default_language)
    return None if source.language == article.language else source


def children(reader: Reader, path: str, articles: Articles) -> tuple[Article, ...]:
    """The written pages one level below ``path``, in their order."""
    known = tuple(reader.atlas.known_in(reader.language))
    own = (in_language(found, reader.language, known) for found in articles.below(path))
    return tuple(sorted((one for one in own if one.stands_alone), key=lambda one: (one.order, one.path)))


def crumbs(reader: Reader, path: str, articles: Articles) -> tuple[tuple[str, str], ...]:
    """The pages above: the home page, and those written pages, in the reader's language, whose folder this one lies in."""
    parts = path.rstrip("/").split("/")[:-1]
    above = ["/".join([*parts[: place + 1], ""]) for place in range(len(parts))]
    found = [(articles[one][reader.language].title, one) for one in above if reader.language in articles.get(one, {})]
    return ((reader.words.say("nav-home"), ""), *found)


def journey(reader: Reader, articles: Articles, here: str) -> list[dict[str, Any]]:
    """The steps of the journey, with what one needs at each; ``here`` is the path of the page that shows them."""
    steps = []
    for number, one in enumerate(children(reader, JOURNEY, articles), start=1):
        said = (_source(reader, one, articles) if reader.translations.top_is_outdated(one.language, one.path) else None) or one
        prose = Prose(reader, replace(said, path=here), Citations(reader))
        steps.append(
            {
                "number": reader.words.number(number),
                "path": one.path,
                "title": reader.marked(one.title, one.language),
                "leads_to": prose.line(said.leads_to),
                "needs": [prose.line(need) for need in said.needs],
                "here": one.path == here,
            }
        )
    return steps


def _journey(reader: Reader, article: Article, articles: Articles) -> dict[str, Any]:
    """On the pages of the journey: all steps, and of a step its place, what one needs and what comes next."""
    if not article.path.startswith(JOURNEY):
        return {}
    steps = journey(reader, articles, article.path)
    place = next((place for place, step in enumerate(steps) if step["here"]), None)
    if place is None:
        return {"steps": steps, "whole": True}
    step = steps[place]
    view: dict[str, Any] = {
        "step": reader.words.say("journey-step", number=step["number"], count=reader.words.number(len(steps))),
        "needs": step["needs"],
        "leads_to": step["leads_to"],
        "steps": [{"path": one["path"], "title": one["title"], "here": one["here"]} for one in steps],
    }
    if place:
        view["before"] = steps[place - 1]
    if place + 1 < len(steps):
        view["after"] = steps[place + 1]
    return view


def _registration(reader: Reader, citations: Citations) -> dict[str, Any]:
    topics = ("registration", "agents", "commission", "penalty", "count", "help")
    rules = sorted(reader.atlas.rules.values(), key=lambda rule: rule.order)
    return {
        "topics": [
            {
                "id": f"rules-{topic}",
                "heading": reader.words.say(f"rules-{topic}"),
                "rules": statements(reader, (rule for rule in rules if rule.topic == topic), citations),
            }
            for topic in topics
        ],
        "helplines": helplines(reader, citations),
    }


def _evidence(reader: Reader, citations: Citations) -> dict[str, Any]:
    schemes = sorted(reader.atlas.schemes.values(), key=lambda scheme: scheme.order)
    return {"schemes": [_scheme(reader, scheme, citations) for scheme in schemes]}


def _scheme(reader: Reader, scheme: Scheme, citations: Citations) -> dict[str, Any]:
    view: dict[str, Any] = {
        "id": scheme.id,
        "name": reader.passage(scheme.name),
        "run_by": reader.passage(scheme.run_by),
        "level": reader.words.say(f"evidence-{scheme.level}"),
        "what": reader.passage(scheme.what),
        "what_not": reader.passage(scheme.what_not),
        "facts": [{"passage": reader.passage(fact.text), "refs": citations.cite(fact.sources)} for fact in scheme.facts],
        "refs": citations.cite(scheme.sources),
    }
    if scheme.short and scheme.short not in reader.text(scheme.name):
        view["short"] = scheme.short
    return view


_RECORDS: dict[str, Callable[[Reader, Citations], dict[str, Any]]] = {
    "registration": _registration,
    "evidence": _evidence,
}
