"""A new written page, or the translation of one that is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atlas.article import Article
from atlas.drafting.draft import Draft
from atlas.message import said

_HEADING = re.compile(r"^(#{2,6})\s+.*?(\{#[a-z0-9-]+\})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """What is known of it: ``path`` below the language without its ending, such as ``rights/consent``."""

    path: str
    language: str
    checked_on: str
    section: str = ""
    critical_class: str = ""
    of_record: bool = False
    """The page of a record has its title already."""
    source: Article | None = None
    """The page that it is a translation of."""


def page(given: Page) -> Draft:
    """The file of a page: front matter, and a first heading; of a translation, the headings of its source."""
    draft = Draft(f"docs/{given.language}/{given.path}.md")
    source = given.source
    draft.line("---")
    if not given.of_record:
        draft.gap("title:", "title", "the heading of the page")
        draft.gap("description:", "description", "one sentence for search engines: what one finds here")
        draft.gap("lead:", "lead", "the sentence under the title")
    what = "where it stands in the menu: hospitals, treatments, visa, plan, rights, remote-care, programmes, numbers, north-korea or about"
    draft.either("section:", source.section if source else given.section, "section", what)
    if source and source.order:
        draft.line(f"order: {source.order}")
    what = "A: visa, medical, legal, money or emergency matter, where a wrong word is a wrong fact; B: everything else"
    draft.either("critical_class:", source.critical_class if source else given.critical_class, "critical_class", what)
    if source and source.needs:
        draft.line("needs:")
        for place, _ in enumerate(source.needs):
            draft.gap("-", f"needs.{place}", "what one needs, as the source page says it")
    if source and source.leads_to:
        draft.gap("leads_to:", "leads_to", "what this step leads to, as the source page says it")
    if source and source.records:
        draft.line(f"records: {source.records}")
    draft.line(f'checked_on: "{given.checked_on}"')
    if source:
        draft.line(f"translated_from: {source.language}")
    draft.line("---")
    draft.line("")
    _body(draft, source)
    draft.then = ["atlas check", f"atlas accept {given.language} {given.path}" if source else "atlas serve"]
    return draft


def _body(draft: Draft, source: Article | None) -> None:
    if source is None:
        draft.line(f"## {said('First heading')} {{#first}}")
        draft.line("")
        draft.line(said("Write here. Figures, dates and prices come from records: CONTRIBUTING.md tells how to name them."))
        return
    for match in _HEADING.finditer(source.body):
        draft.passage(f"{match[1]} … {match[2]}", match[2], "the heading in this language, and the text below it")
        draft.line("")
