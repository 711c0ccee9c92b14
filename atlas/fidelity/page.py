"""A written page and its translation, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.article import Article
from atlas.fault import shown
from atlas.fidelity.block import Section, sections_of
from atlas.fidelity.counted import ITEM, ROW, differing, linked_in, places
from atlas.fidelity.finding import Finding
from atlas.fidelity.modality import Exchange, Marker
from atlas.fidelity.number import Number
from atlas.fidelity.number import differing as differing_numbers
from atlas.fidelity.sentence import pairs, words_of
from atlas.fidelity.table import Tables
from atlas.terms.context import Contexts, Doubt

TOP = "top"
"""The section of what stands before the first heading, with the fields of the front matter."""


def page_findings(source: Article, article: Article, tables: Tables, contexts: Contexts) -> Iterator[tuple[str, Finding]]:
    """Where a translation does not say what its source says, each with the id of its section."""
    theirs, ours = sections_of(source), sections_of(article)
    yield from ((TOP, finding) for finding in _fields(source, article, tables))
    if [(one.level, one.id) for one in theirs] != [(one.level, one.id) for one in ours]:
        yield _headings(source, theirs, article, ours)
    linked = linked_in(source), linked_in(article)
    parts = _parts(ours)
    for above, found in _parts(theirs).items():
        own = parts.get(above, [])
        if [(one.level, one.id) for one in found] == [(one.level, one.id) for one in own]:
            for one, other in zip(found, own, strict=True):
                yield from ((above, finding) for finding in _counted(source, one, article, other, linked))
                yield from ((above, finding) for finding in _said(source, one, article, other, tables, contexts))


def _parts(found: tuple[Section, ...]) -> dict[str, list[Section]]:
    """The sections under each heading of level 2, which are translated as one, by its id."""
    parts: dict[str, list[Section]] = {}
    above = TOP
    for section in found:
        above = section.id if section.level == 2 else above
        parts.setdefault(above, []).append(section)
    return parts


def _headings(source: Article, theirs: tuple[Section, ...], article: Article, ours: tuple[Section, ...]) -> tuple[str, Finding]:
    """The first heading that is not that of the source."""
    same = [(one.level, one.id) == (other.level, other.id) for one, other in zip(theirs, ours, strict=False)]
    place = same.index(False) if False in same else len(same)
    wanted = f"{'#' * theirs[place].level} … {{#{theirs[place].id}}}" if place < len(theirs) else ""
    line, column = article.place(ours[place].start if place < len(ours) else len(article.body.rstrip()))
    got = shown(article.body[ours[place].start :].split("\n", 1)[0]) if place < len(ours) else "nothing"
    what = f"its headings are not those of {source.file}"
    mend = f"Here stands {wanted} there." if wanted else "There is no such heading there: take it out, or add it there."
    section = list(_parts((theirs if place < len(theirs) else ours)[: place + 1]))[-1]
    return section, Finding(article.file, line, column, "heading", what, got, mend, certain=True)


def _counted(
    source: Article, one: Section, article: Article, other: Section, linked: tuple[dict[int, str], dict[int, str]]
) -> Iterator[Finding]:
    theirs, ours = places(source, one, linked[0]), places(article, other, linked[1])
    for name, wanted, got in differing(theirs, ours):
        start = ours[name][-1] if got > wanted else _beside(one, other, theirs[name][-1])
        line, column = article.place(start)
        what = f"{name} stands {_times(got)} here and {_times(wanted)} in {source.file}"
        mend = {ITEM: "Give the list as many items.", ROW: "Give the table as many rows."}.get(name)
        mend = mend or ("Take one out." if got > wanted else "Put it where the source has it.")
        yield Finding(article.file, line, column, other.id or TOP, what, str(got), mend, certain=True)


def _beside(one: Section, other: Section, place: int) -> int:
    """Where in the translation the paragraph begins in which the source has something at ``place``."""
    if len(one.blocks) != len(other.blocks):
        return other.start
    found = [ours.start for theirs, ours in zip(one.blocks, other.blocks, strict=True) if theirs.start <= place]
    return found[-1] if found else other.start


def _times(count: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _said(source: Article, one: Section, article: Article, other: Section, tables: Tables, contexts: Contexts) -> Iterator[Finding]:
    for pair in pairs(source, one, article, other):
        theirs, ours = words_of(pair.source), words_of(pair.text)
        exchange = tables.modality.exchange(theirs, source.language, ours, article.language, counted=pair.alike)
        lost, new = differing_numbers(tables.counting(source.language), theirs, tables.counting(article.language), ours)
        for doubt in contexts.doubts(theirs, source.language, ours, article.language):
            yield doubt_finding(article.file, *article.place(pair.start + doubt.start), other.id or TOP, doubt, article.language)
        if exchange:
            line, column = article.place(pair.start + exchange.said.start)
            yield exchange_finding(article.file, line, column, other.id or TOP, exchange, certain=pair.alike and exchange.alone)
        elif pair.alike and (duty := tables.modality.vanished(theirs, source.language, ours, article.language)):
            line, column = article.place(pair.start + _margin(pair.text))
            yield vanished_finding(article.file, line, column, other.id or TOP, duty)
        if lost or new:
            line, column = article.place(pair.start + (new[0].start if new else _margin(pair.text)))
            yield number_finding(article.file, line, column, other.id or TOP, lost, new)


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip())


def _fields(source: Article, article: Article, tables: Tables) -> Iterator[Finding]:
    """The texts of the front matter: as many, with the same references and numbers."""
    theirs, ours = dict(source.fields()), dict(article.fields())
    if len(source.needs) != len(article.needs):
        last = article.places.get(f"needs.{len(article.needs) - 1}", (1, 1))
        what = f"the list has {len(article.needs)} entries, in {source.file} {len(source.needs)}"
        yield Finding(article.file, *last, "needs", what, str(len(article.needs)), "Give the list as many entries.", certain=True)
        theirs = {name: text for name, text in theirs.items() if not name.startswith("needs.")}
    for name, text in theirs.items():
        own, (line, column) = ours.get(name, ""), article.places.get(name, (1, 1))
        if bool(text) != bool(own):
            what = f"this field is {'filled' if own else 'empty'} here and not in {source.file}"
            yield Finding(article.file, line, column, name, what, shown(own), "Translate it, or take it out of both.", certain=True)
            continue
        if exchange := tables.modality.exchange(text, source.language, own, article.language):
            yield exchange_finding(article.file, line, column, name, exchange, certain=False)
        elif duty := tables.modality.vanished(text, source.language, own, article.language):
            yield vanished_finding(article.file, line, column, name, duty)
        lost, new = differing_numbers(tables.counting(source.language), words_of(text), tables.counting(article.language), words_of(own))
        if lost or new:
            yield number_finding(article.file, line, column, name, lost, new)


def exchange_finding(file: str, line: int, column: int, field: str, exchange: Exchange, *, certain: bool) -> Finding:
    """What is said of *may* where the source has *must*."""
    what = f"this says that one {exchange.said.force}, where the source says {exchange.meant.force} (“{exchange.meant.text}”)"
    mend = f"Say that one {exchange.meant.force}. If it is said, data/modality.yaml does not know the form: put it there."
    return Finding(file, line, column, field, what, shown(exchange.said.text), mend, certain, exchange.said.text)


def vanished_finding(file: str, line: int, column: int, field: str, duty: Marker) -> Finding:
    """What is said of a *must* that the translation has left out."""
    what = f"the source says that one {duty.force} here (“{duty.text}”), and this does not"
    mend = f"Say that one {duty.force}. If it is said, data/modality.yaml does not know the form: put it there."
    return Finding(file, line, column, field, what, "nothing", mend, certain=False)


def doubt_finding(file: str, line: int, column: int, field: str, doubt: Doubt, language: str) -> Finding:
    """What is said of a form that is wrong if the source means the concept that it names."""
    right = doubt.term.forms.get(language)
    mend = f"Write {right}, if that is meant." if right else "Write another word, if that is meant."
    return Finding(file, line, column, field, doubt.what(), shown(doubt.text), mend, certain=False, form=doubt.text)


def number_finding(file: str, line: int, column: int, field: str, lost: list[Number], new: list[Number]) -> Finding:
    """What is said of a number that the source has not."""
    there, here = ", ".join(one.text for one in lost), ", ".join(one.text for one in new)
    what = f"the source has {there} here" if lost else "the source does not have this number"
    mend = f"Write {there} instead." if lost and new else f"Write {there}." if lost else "Take it out, or add it to the source."
    certain = all(one.typed for one in (*lost, *new))
    return Finding(file, line, column, field, what, shown(here) if here else "nothing", mend, certain, new[0].text if new else "")
