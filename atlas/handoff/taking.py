"""What came back from a translator, held against the project as it is today: what is taken, what is left, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.fault import Fault, FaultyInputError, shown
from atlas.handoff.delivery import Delivery, Row, UnknownCodeError, source_said, target_said
from atlas.handoff.guard import Tongue, Trouble, troubles
from atlas.handoff.pagetext import misfits
from atlas.handoff.parcel import Passage, Segment, passage_of
from atlas.translation.digest import digest, same
from atlas.translation.section import TOP
from atlas.translation.state import PAGE, Unit

_EXPORT = "Export it again, and move what is translated over (CAT tools do it by themselves)."


@dataclass(frozen=True)
class Taken:
    """A passage whose translation can be written, and where it stands in the file that came back."""

    passage: Passage
    targets: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class Outcome:
    """What can be taken; how many passages came back as they went out; what is not finished; what is refused."""

    taken: tuple[Taken, ...]
    unchanged: int
    unfinished: tuple[tuple[Passage, int, int], ...]
    """Passages of which only some segments are translated: how many, of how many."""
    faults: tuple[Fault, ...]


def taken(delivery: Delivery, units: Sequence[Unit], atlas: Atlas, articles: Mapping[str, Mapping[str, Article]]) -> Outcome:
    """Holds every segment against its source. Raises :class:`~atlas.fault.FaultyInputError` where the file is not for this site."""
    source, into = _tongues(delivery, atlas)
    by_place = {_place(unit): unit for unit in units if (unit.language, unit.source_language) == (into.code, source.code)}
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in delivery.rows:
        rows.setdefault((row.file_id, row.passage_id), []).append(row)
    found, unfinished, faults, unchanged = list[Taken](), list[tuple[Passage, int, int]](), list(delivery.faults), 0
    for place, members in rows.items():
        unit = by_place.get(place)
        if unit is None or not unit.new:
            what = "the project has no such text to translate from this language (any more)"
            faults.append(Fault(delivery.path, members[0].line, 1, ":".join(place), what, shown(":".join(place)), _EXPORT))
            continue
        passage = passage_of(unit, atlas, articles)
        told = list(_misplaced(delivery.path, passage, members))
        if told:
            faults += told
            continue
        by_id = {row.segment_id: row for row in members}
        try:
            done = {segment.id: text for segment in passage.segments if (text := _done(by_id[segment.id], segment)) is not None}
        except UnknownCodeError:
            faults += _unknown(delivery.path, passage, members)
            continue
        told = [
            *_emptied(delivery.path, passage, by_id, done),
            *_checked(delivery.path, passage, by_id, done, source, into),
            *_misfitting(delivery.path, passage, by_id, done, articles),
        ]
        faults += told
        if told:
            continue
        if all(done.get(segment.id) == (segment.target if segment.done else None) for segment in passage.segments):
            unchanged += 1
        elif len(done) < len(passage.segments):
            unfinished.append((passage, len(done), len(passage.segments)))
        else:
            found.append(Taken(passage, done, members[0].line))
    found, told = without_a_page(found, articles, delivery.path)
    return Outcome(tuple(found), unchanged, tuple(unfinished), (*faults, *told))


def without_a_page(rows: Sequence[Taken], articles: Mapping[str, Mapping[str, Article]], path: str) -> tuple[list[Taken], list[Fault]]:
    """The sections of pages that are not translated yet cannot stand without the title; what is left without them, and what to tell."""
    tops = {one.passage.unit.path for one in rows if one.passage.unit.kind == PAGE and one.passage.id == TOP}
    homeless = [
        one
        for one in rows
        if (unit := one.passage.unit).kind == PAGE and unit.language not in articles[unit.path] and unit.path not in tops
    ]
    what, mend = (
        "the page has no translation yet, and its top is not among what is taken",
        "Bring its title, description and lead back too.",
    )
    faults = [Fault(path, one.line, 1, one.passage.name, what, shown(one.passage.unit.path), mend) for one in homeless]
    return [one for one in rows if one not in homeless], faults


def _place(unit: Unit) -> tuple[str, str]:
    if unit.kind == PAGE:
        return f"page.{unit.path.strip('/').replace('/', '.') or 'index'}", unit.key
    return unit.kind, f"{unit.path}:{unit.key}"


def _done(row: Row, segment: Segment) -> str | None:
    """The translation of a segment, if it is done: the tool says so, or, where it says nothing, the text is not what was exported.

    What nobody touched since it was exported is not put back over what stands in the project by now.
    """
    text = target_said(row, segment)
    if text and row.was == digest(text) and segment.target is not None and digest(segment.target) != row.was:
        return segment.target if segment.done else None
    done = row.confirmed if row.confirmed is not None else text != segment.target
    return text if text and done else None


def _tongues(delivery: Delivery, atlas: Atlas) -> tuple[Tongue, Tongue]:
    known = {site.tag.lower(): Tongue(code, site.tag, site.locale) for code, site in atlas.site_languages.items()}
    known |= {tongue.code: tongue for tongue in known.values()}
    found = [known.get(tag.lower()) for tag in (delivery.source_tag, delivery.target_tag)]
    for name, tag, tongue in zip(("source language", "target language"), (delivery.source_tag, delivery.target_tag), found, strict=True):
        if tongue is None:
            mend = f"Bring a file that was exported here; the languages of the site are {', '.join(atlas.site_languages)}."
            raise FaultyInputError([Fault(delivery.path, 1, 1, name, "the site has no such language", shown(tag), mend)])
    source, into = found
    assert source is not None
    assert into is not None
    if source == into:
        mend = "Bring a file that was exported here."
        fault = Fault(delivery.path, 1, 1, "target language", "source and translation are in one language", into.code, mend)
        raise FaultyInputError([fault])
    return source, into


def _misplaced(path: str, passage: Passage, rows: Sequence[Row]) -> Iterator[Fault]:
    """Where the segments that came back are not those of the source as it is today."""
    known = {segment.id: segment for segment in passage.segments}
    there = [row.segment_id for row in rows]
    for row in rows:
        segment = known.get(row.segment_id)
        try:
            as_today = segment is not None and same(source_said(row, segment), segment.source)
        except UnknownCodeError:
            as_today = False
        if not as_today:
            what = "the source has changed since this file was exported"
            got = shown(segment.source if segment else "no such segment any more")
            yield Fault(path, row.line, 1, f"{passage.name} {row.segment_id}", what, got, _EXPORT)
            return
        if there.count(row.segment_id) > 1:
            yield Fault(
                path, row.line, 1, f"{passage.name} {row.segment_id}", "this segment stands here twice", row.segment_id, "Keep one."
            )
            return
    for key, segment in known.items():
        if key not in there:
            mend = "Put the segment back with its id, or take the others of its section or text out too."
            yield Fault(path, rows[0].line, 1, f"{passage.name} {key}", "this segment is lost", shown(segment.source), mend)


def _unknown(path: str, passage: Passage, rows: Sequence[Row]) -> Iterator[Fault]:
    for row in rows:
        try:
            target_said(row, next(one for one in passage.segments if one.id == row.segment_id))
        except UnknownCodeError as error:
            yield _fault(path, passage, row, error.trouble)


def _fault(path: str, passage: Passage, row: Row, trouble: Trouble) -> Fault:
    return Fault(path, row.line, 1, f"{passage.name} {row.segment_id}", trouble.what, trouble.got, trouble.mend)


def _emptied(path: str, passage: Passage, rows: Mapping[str, Row], done: Mapping[str, str]) -> Iterator[Fault]:
    for segment in passage.segments:
        if segment.done and segment.id not in done and not target_said(rows[segment.id], segment):
            mend = "Put it back; who wants to take a text out does so in the source."
            yield _fault(path, passage, rows[segment.id], Trouble("the translation that stood here is gone", shown(segment.target), mend))


def _checked(
    path: str, passage: Passage, rows: Mapping[str, Row], done: Mapping[str, str], source: Tongue, into: Tongue
) -> Iterator[Fault]:
    """What is wrong with translations that are new, or whose source is."""
    for segment in passage.segments:
        if segment.id not in done or (segment.done and done[segment.id] == segment.target):
            continue
        was = rows[segment.id].was
        if was is not None and was != digest(segment.target or "") and done[segment.id] != segment.target:
            what, mend = "the translation was changed in the project since this file was exported", "Compare the two, and export it again."
            yield _fault(path, passage, rows[segment.id], Trouble(what, shown(segment.target), mend))
        for trouble in troubles(segment, done[segment.id], source, into):
            yield _fault(path, passage, rows[segment.id], trouble)


def _misfitting(
    path: str, passage: Passage, rows: Mapping[str, Row], done: Mapping[str, str], articles: Mapping[str, Mapping[str, Article]]
) -> Iterator[Fault]:
    if passage.unit.kind == PAGE:
        for key in misfits(articles[passage.unit.path][passage.unit.source_language], passage.unit.key, done):
            what = "the translation does not stay one text: it begins a list, heading or table, or has an empty line"
            yield _fault(
                path, passage, rows[key], Trouble(what, shown(done[key]), "Write it as one text; its frame is put back by itself.")
            )
