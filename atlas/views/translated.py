"""What a translated page says of itself, section by section: outdated, not reviewed, missing; and what the source says now.

Of class A (visa, medicine, money, emergency) the source stands behind a fold wherever the translation is outdated or nobody has reviewed
it; of other pages a quiet line tells that the source has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from html import escape

from atlas.article import Article
from atlas.reference import references
from atlas.translation.difference import change
from atlas.translation.review import review_of
from atlas.translation.section import TOP, Section, sections
from atlas.translation.state import Unit
from atlas.views.prose import Prose
from atlas.views.reader import Citations, Reader

_HEADING = re.compile(r"^#{2,6}[ \t]+(.*?)[ \t]*(?:\{#[a-z0-9-]+\})?[ \t]*$", re.MULTILINE)
_BLOCK = re.compile(r"^\{\{[a-z]+\}\}\s*$", re.MULTILINE)
_FIELD = re.compile(r"^(title|description|lead|needs|leads_to): (.*)$")
_SHOWN = {"title", "lead"}
_MOST = 5
"""Figures that a notice names; of more it gives the number."""


class Translated:
    """Makes the text of one page with its notices. ``source`` is the page that it was made from; ``prose`` makes the text itself."""

    def __init__(self, reader: Reader, article: Article, source: Article | None, prose: Prose, citations: Citations) -> None:
        self._reader, self._article, self._prose, self._citations = reader, article, prose, citations
        self._source = source
        self._units = reader.translations.of_page(article.language, article.path) if source else {}

    def body(self) -> str:
        """The text as Markdown, with a notice below the heading of each section that needs one, and the sections that are missing."""
        if not any(self._notable(unit) for unit in self._units.values()) and not self._article.reviewed:
            return self._prose.body()
        body, found = self._article.body, sections(self._article)
        ends = [*(section.offset for section in found[1:]), len(body)]
        pieces = [] if found and found[0].id == TOP else [body[: found[0].offset] if found else ""]
        for section, end in zip(found, ends, strict=True):
            heading, text = ("", body[:end]) if section.id == TOP else _after_heading(body[section.offset : end])
            pieces += [heading, *self._notices(section), self._prose.markdown(text), *self._beside(section)]
        pieces += [piece for unit in self._units.values() if unit.state == "missing" for piece in self._missing(unit)]
        return "".join(pieces)

    def _notable(self, unit: Unit) -> bool:
        return unit.state == "stale" or (unit.critical and unit.state != "current")

    def _notices(self, section: Section) -> Iterator[str]:
        unit, words = self._units.get(section.id), self._reader.words
        review = review_of(self._article, section)
        if review and (unit is None or unit.state == "current"):
            said = words.say("section-reviewed", by=review.by, date=words.date(review.on))
            yield f'\n<p class="small muted">{escape(said)}</p>\n\n'
        if unit is None:
            return
        if unit.state == "stale" and not unit.critical:
            yield f'\n<p class="small muted">{escape(words.say("section-changed-quiet"))}</p>\n\n'
        elif unit.state == "stale":
            said = reduce(lambda first, second: words.say("two-sentences", first=first, second=second), self._told(unit))
            yield f'\n<p class="ends">{escape(said)}</p>\n\n'
            if unit.new:
                yield self._fold(unit, words.say("section-now", language=words.language(unit.source_language)))

    def _beside(self, section: Section) -> Iterator[str]:
        """Below a section of class A that nobody has reviewed, its source."""
        unit, words = self._units.get(section.id), self._reader.words
        if unit and unit.state == "unreviewed":
            yield self._fold(unit, words.say("section-unreviewed", language=words.language(unit.source_language)), plain=True)

    def _missing(self, unit: Unit) -> Iterator[str]:
        """A section that the source has and the translation has not: on pages of class A nothing may be left out silently."""
        words = self._reader.words
        said = escape(words.say("section-missing"))
        if not unit.critical:
            yield f'\n\n<p class="small muted">{said}</p>\n\n'
            return
        if unit.key != TOP and self._source:
            heading = _HEADING.match(unit.new)
            tag = self._reader.atlas.site_languages[self._source.language].tag
            yield f'\n\n## <span lang="{tag}">{heading[1] if heading else ""}</span> {{#{unit.key}}}'
        yield f'\n\n<p class="ends">{said}</p>\n\n'
        yield self._fold(unit, words.say("section-now", language=words.language(unit.source_language)))

    def _told(self, unit: Unit) -> Iterator[str]:
        """That the source has changed, and what in it."""
        words = self._reader.words
        if not unit.new:
            yield words.say("section-gone")
            return
        yield words.say("section-changed")
        if unit.old is None:
            return
        found = change(unit.old, unit.new)
        counts = {"changed": found.sentences_changed, "added": found.sentences_added, "removed": found.sentences_removed}
        told = [words.say(f"sentences-{name}", count=count) for name, count in counts.items() if count]
        if told:
            yield words.say("section-how", what=words.say("semicolon").join(told))
        for key, named in (("section-names", found.added), ("section-no-longer", found.gone)):
            said = [text for one in named if (text := self._said(one))]
            if said:
                yield words.say(key, what=words.say("list-comma").join(said[:_MOST]) + (" …" if len(said) > _MOST else ""))

    def _said(self, written: str) -> str:
        """A figure or record as the page prints it, without markup; nothing where the records no longer have it."""
        return self._prose.said(references(f"{{{{{written}}}}}")[0])

    def _fold(self, unit: Unit, summary: str, *, plain: bool = False) -> str:
        """The passage of the source that stands there now, in its language."""
        source = self._source
        assert source is not None
        tag = self._reader.atlas.site_languages[source.language].tag
        text = _HEADING.sub(r"**\1**\n", _BLOCK.sub("", _passage(unit)))
        prose = Prose(self._reader, replace(source, body=text), self._citations, plain=plain)
        return (
            f'\n\n<details class="src"><summary class="small muted">{escape(summary)}</summary>\n'
            f'<div lang="{tag}">\n\n{prose.body().strip()}\n\n</div>\n</details>\n\n'
        )


def _passage(unit: Unit) -> str:
    """The source of a section as Markdown; of ``top`` the title and the lead, then the text."""
    if unit.key != TOP:
        return unit.new
    fields, _, text = unit.new.partition("\n\n") if not unit.new.startswith("\n") else ("", "", unit.new)
    found = [match for line in fields.split("\n") if (match := _FIELD.match(line))]
    needs = [f"- {match[2]}" for match in found if match[1] in {"needs", "leads_to"}]
    said = [f"**{match[2]}**" if match[1] == "title" else match[2] for match in found if match[1] in _SHOWN]
    return "\n\n".join([*said, "\n".join(needs), text])


def _after_heading(text: str) -> tuple[str, str]:
    """The heading with the line below it, and the text of a section."""
    heading, _, rest = text.partition("\n")
    return f"{heading}\n\n", rest.lstrip("\n")
