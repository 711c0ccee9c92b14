"""Pages that editors write in ``docs/<language>/``: Markdown, with the records that belong to them below the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from atlas.article import Article
from atlas.records.scheme import Scheme
from atlas.views.figure import statements
from atlas.views.institution import helplines
from atlas.views.page import Page
from atlas.views.reader import Citations, Reader


def article_page(reader: Reader, article: Article) -> Page:
    """A written page for one reader; ``article`` may be in another language where a translation is missing."""
    words, citations = reader.words, Citations(reader)
    view: dict[str, Any] = {"heading": article.title, "lead": article.lead}
    view |= _RECORDS[article.records](reader, citations) if article.records else {}
    view["sources"] = citations.listed()
    if view["sources"]:
        view["sources_note"] = citations.note()
    view["checked"] = {"date": article.checked_on, "text": words.date(article.checked_on)}
    return Page(
        path=article.path,
        language=reader.language,
        template="article.html",
        title=article.title,
        description=article.description,
        view=view,
        crumbs=((words.say("nav-home"), ""),),
        section=article.section,
        changed_on=article.checked_on,
        body=article.body,
        written_in=article.language,
        feedback=article.path.rstrip("/"),
    )


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
