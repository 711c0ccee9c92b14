"""How each translation stands: every section of every page and every text of every record, in every language but its source's."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from atlas.article import Article, Remark
from atlas.atlas import Atlas
from atlas.fault import Fault
from atlas.memory import Memory
from atlas.translation.digest import same
from atlas.translation.leaf import WORDING, Leaf, Wordings, Written, leaves
from atlas.translation.memory import Kept, leaf_sources, leaf_texts, page_texts
from atlas.translation.place import Places
from atlas.translation.review import review_of
from atlas.translation.section import TOP, Section, sections

State = Literal["current", "stale", "missing", "unreviewed"]
STATES: tuple[State, ...] = ("current", "stale", "missing", "unreviewed")
PAGE = "page"
_ALIKE = 0.6
"""How much of a text must have stayed for it to be taken for the same text at another place (the ratio of difflib)."""


@dataclass(frozen=True)
class Unit:
    """One section or text in one language.

    ``unreviewed``: it is current, but of class A, and no review holds. ``old`` is the source text that it was made from, None where nobody
    knows; ``new`` is what stands in the source now, ``""`` where that section has gone; ``text`` is the translation, None where it is
    missing.
    """

    language: str
    kind: str
    """``page``, or the kind of the record; ``wording`` for texts of the interface."""
    path: str
    """The address of the page, or the id of the record."""
    key: str
    """The id of the section, or the way to the text in the record without the language: ``facts.0.text``."""
    critical: bool
    """Of class A: visa, medicine, money, emergency."""
    state: State
    source_language: str
    old: str | None
    new: str
    text: str | None
    file: str
    line: int
    """Where the translation stands, or where its source stands if it is missing."""


def units(root: Path, atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], memory: Memory | None = None) -> tuple[Unit, ...]:
    """Every section of every written page and every text of every record, in every language of the site but its source's.

    Raises :class:`~atlas.fault.FaultyInputError` where what is stored of the sources cannot be read.
    """
    return units_of(root, tuple(atlas.site_languages), articles, atlas.written, atlas.wordings, memory)


def units_of(
    root: Path,
    languages: Sequence[str],
    articles: Mapping[str, Mapping[str, Article]],
    written: Written,
    wordings: Wordings,
    memory: Memory | None = None,
) -> tuple[Unit, ...]:
    """The same of pages and records as they are written; ``languages`` are those of the site, the default first."""
    memory, languages = memory or Memory(), tuple(languages)
    found = [unit for path in articles for unit in page_units(root, articles[path], languages)]
    places = Places(root)
    for kind, records in (*written.items(), (WORDING, wordings)):
        found += units_of_kind(root, languages, kind, records, memory, places)
    return tuple(found)


def units_of_kind(
    root: Path, languages: tuple[str, ...], kind: str, records: Mapping[str, Any], memory: Memory, places: Places
) -> tuple[Unit, ...]:
    """The texts of the records of one kind as they are written; for :data:`~atlas.translation.leaf.WORDING`, of the catalogues."""
    stored = leaf_sources(root, kind, memory)
    return memory.made(("units", kind), (records, stored, languages), partial(_units, root, kind, records, languages, places))


def _units(root: Path, kind: str, records: Mapping[str, Any], languages: tuple[str, ...], places: Places) -> tuple[Unit, ...]:
    wordings = records if kind == WORDING else {languages[0]: {}}
    found = list(leaves({} if kind == WORDING else {kind: records}, wordings, languages))
    return tuple(leaf_units(found, leaf_texts(root, kind), languages, places)) if found else ()


def source_of(versions: Mapping[str, Article], default: str) -> Article:
    """The version of a page that the others are translations of: the one that names no other.

    Where there are several, or none, which :func:`source_faults` tells: the one that is named, or else that in ``default``.
    """
    sources = [one for one in versions.values() if one.translated_from is None]
    if len(sources) == 1:
        return sources[0]
    named = [one.translated_from for one in versions.values() if one.translated_from]
    order = (*named, default, *(one.language for one in sources), *versions)
    return next(versions[code] for code in order if code in versions)


def source_faults(articles: Mapping[str, Mapping[str, Article]]) -> Iterator[Fault]:
    """Pages that do not have exactly one version that the others were made from."""
    for path, versions in articles.items():
        sources = [one for one in versions.values() if one.translated_from is None]
        first = source_of(versions, next(iter(versions)))
        if not sources:
            named = first.translated_from or ""
            what = "every version of this page says that it is a translation, and none is the source"
            mend = f"Put the page in {named} back, or take translated_from and made_from out of the one that is the source."
            yield Fault(first.file, *first.places["translated_from"], "translated_from", what, named, mend)
        for one in sources:
            if len(sources) > 1 and one is not first:
                what = f"this page and {first.file} both say that they are the source"
                mend = f"When it is translated, run: atlas accept {one.language} {path or '/'}"
                yield Fault(one.file, 1, 1, "translated_from", what, "nothing", mend)


def page_units(root: Path, versions: Mapping[str, Article], languages: Sequence[str]) -> Iterator[Unit]:
    """The sections of one page in the languages that it has to be translated into."""
    source = source_of(versions, languages[0])
    present = sections(source)
    stored: dict[str, str] | None = None
    for language in languages:
        if language == source.language:
            continue
        article = versions.get(language)
        if article is None:
            file = f"docs/{language}/{source.relative}"
            for section in present:
                critical = source.critical_class == "A"
                line = _line(source, section)
                yield Unit(
                    language, PAGE, source.path, section.id, critical, "missing", source.language, None, section.text, None, file, line
                )
            continue
        own = {section.id: section for section in sections(article)}
        critical = "A" in {source.critical_class, article.critical_class}
        gone = [Section(one.id, one.heading, "", 0) for one in own.values() if one.id not in {section.id for section in present}]
        for section in (*present, *gone):
            translation, made_from = own.get(section.id), article.made_from.get(section.id)
            state: State = "stale"
            if translation is None:
                state = "missing"
            elif section.text and made_from == section.digest:
                state = "unreviewed" if critical and review_of(article, translation) is None else "current"
            old = section.text if state in {"current", "unreviewed"} else None
            if state != "missing" and old is None and made_from:
                stored = page_texts(root, source.path) if stored is None else stored
                old = stored.get(made_from)
            yield Unit(
                language,
                PAGE,
                source.path,
                section.id,
                critical,
                state,
                source.language,
                old,
                section.text,
                translation.text if translation else None,
                article.file,
                _line(article, translation) if translation else 1,
            )


def _line(article: Article, section: Section) -> int:
    return 1 if section.id == TOP else article.place(section.offset)[0]


def leaf_units(found: Iterable[Leaf], stored: Mapping[str, Mapping[str, Kept]], languages: Sequence[str], places: Places) -> Iterator[Unit]:
    """The texts of the records of one kind in the languages that they have to be translated into."""
    by_record: dict[str, list[Leaf]] = {}
    for leaf in found:
        by_record.setdefault(leaf.record, []).append(leaf)
    for record, rows in by_record.items():
        kept = assigned(rows, stored.get(record, {}))
        for leaf in rows:
            yield from _leaf_units(leaf, kept[leaf.key], languages, places)


def _leaf_units(leaf: Leaf, kept: Kept | None, languages: Sequence[str], places: Places) -> Iterator[Unit]:
    main = source_language(leaf, kept, languages[0])
    for language in languages:
        origin = kept.of(language) if kept else None
        text = leaf.texts.get(language)
        source = origin[0] if origin and origin[0] in leaf.texts and origin[0] != language else main
        if language == source:
            continue
        new = leaf.texts[source]
        state: State = "missing" if text is None else "current" if origin and same(new, origin[1]) else "stale"
        old = origin[1] if origin and text is not None else None
        file, line = places.of(leaf, language if text is not None else source)
        yield Unit(language, leaf.kind, leaf.record, leaf.key, leaf.critical, state, source, old, new, text, file, line)


def source_language(leaf: Leaf, kept: Kept | None, default: str) -> str:
    """The language in which a text is written first: the one that its translations were made from, or else the usual one."""
    if kept and kept.origin and kept.origin[0] in leaf.texts:
        return kept.origin[0]
    return leaf.source(default)


def assigned(rows: Sequence[Leaf], stored: Mapping[str, Kept]) -> dict[str, Kept | None]:
    """What is stored for each text of a record, by key.

    The places of a list move when an entry is put in or taken out; what is stored follows the text: first at its own place, then the same
    text at another place of the same list, then what stood at this place, then the text there that is most like it.
    """
    left = dict(stored)
    found: dict[str, Kept | None] = {leaf.key: left.pop(leaf.key) for leaf in rows if leaf.key in left and _fits(leaf, left[leaf.key])}
    open_ = [leaf for leaf in rows if leaf.key not in found]
    for choose in (_same_elsewhere, _same_place, _most_alike):
        for leaf in [leaf for leaf in open_ if leaf.key not in found]:
            if (key := choose(leaf, {key: kept for key, kept in left.items() if _form(key) == _form(leaf.key)})) is not None:
                found[leaf.key] = left.pop(key)
    return {leaf.key: found.get(leaf.key) for leaf in rows}


def _fits(leaf: Leaf, kept: Kept) -> bool:
    return kept.origin is not None and kept.origin[0] in leaf.texts and same(leaf.texts[kept.origin[0]], kept.origin[1])


def _same_elsewhere(leaf: Leaf, left: Mapping[str, Kept]) -> str | None:
    return next((key for key, kept in left.items() if _fits(leaf, kept)), None)


def _same_place(leaf: Leaf, left: Mapping[str, Kept]) -> str | None:
    return leaf.key if leaf.key in left and (_likeness(leaf, left[leaf.key]) >= _ALIKE or _form(leaf.key) == leaf.key) else None


def _most_alike(leaf: Leaf, left: Mapping[str, Kept]) -> str | None:
    rated = sorted(((_likeness(leaf, kept), key) for key, kept in left.items()), reverse=True)
    if rated and rated[0][0] >= _ALIKE:
        return rated[0][1]
    return leaf.key if leaf.key in left else None


def _likeness(leaf: Leaf, kept: Kept) -> float:
    if kept.origin is None or kept.origin[0] not in leaf.texts:
        return 0.0
    return difflib.SequenceMatcher(None, kept.origin[1], leaf.texts[kept.origin[0]], autojunk=False).ratio()


def _form(key: str) -> str:
    """The way to a text without the places in lists."""
    return re.sub(r"(?<=\.)\d+(?=\.|$)", "*", key)


def outdated(found: Iterable[Unit]) -> Iterator[Remark]:
    """Where translations wait for a look, one remark for a file."""
    by_file: dict[str, list[Unit]] = {}
    changed: set[str] = set()
    for unit in found:
        if unit.state == "stale":
            by_file.setdefault(unit.file, []).append(unit)
            changed |= {unit.kind} if unit.old is not None else set()
    for file, waiting in by_file.items():
        first = min(unit.line for unit in waiting)
        named = waiting[0].path.rstrip("/") if waiting[0].kind == PAGE else f"{waiting[0].kind}/{waiting[0].path}"
        languages = ", ".join(dict.fromkeys(unit.language for unit in waiting))
        if all(unit.old is None for unit in waiting):
            if len({unit.path for unit in waiting}) > 1 and waiting[0].kind not in changed:
                named = waiting[0].kind  # nothing else of this kind is taken with it
            yield Remark(file, first, f"nobody has said yet that the translations ({languages}) are made: atlas accept --all-of {named}")
            continue
        if len(waiting) == 1:
            what = f"a text ({languages}) was translated from something else than stands there now: atlas diff {named}"
        else:
            what = f"{len(waiting)} texts ({languages}) were translated from something else than stands there now: atlas diff {named}"
        yield Remark(file, first, what)
