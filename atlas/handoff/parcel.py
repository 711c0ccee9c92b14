"""What is handed to a translator: the sections of pages and the texts of records that need work, cut into segments.

A *passage* is what is accepted as a whole (:class:`atlas.translation.state.Unit`); its *segments* are what a translator sees one by one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale

from atlas.article import Article, FrontMatter
from atlas.atlas import Atlas
from atlas.handoff.block import blocks
from atlas.handoff.code import bare, tokens
from atlas.handoff.glossary import Glossary, Pair
from atlas.intake.limits import LONGEST_TEXT
from atlas.kinds import KINDS
from atlas.translation.leaf import WORDING
from atlas.translation.section import TOP, sections
from atlas.translation.state import PAGE, Unit

_PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The plural forms of CLDR in their usual order."""
Pieces = dict[str, tuple[str, str]]
"""The segments of a text by id: what each is, and what it says."""


@dataclass(frozen=True)
class Segment:
    """One text of a passage: a paragraph, heading, list item, cell, field, or plural form.

    ``target`` is the translation that stands there now, ``done`` whether it was made from this very source. ``earlier`` is the source
    that it was made from and that has changed since, with the translation of that time.
    """

    id: str
    kind: str
    source: str
    target: str | None
    done: bool
    earlier: tuple[str, str] | None
    limit: int | None
    """Characters that the place holds at most (code points)."""
    terms: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A section of a page, or a text of a record, in one language."""

    unit: Unit
    file_id: str
    """Names the page or kind of record: ``page.rights.disputes``; an NMTOKEN of XML."""
    id: str
    """Names it within: the id of the section, or the record and the way to the text."""
    segments: tuple[Segment, ...]
    original: str
    """The file of the source."""
    loose: str | None = None
    """The translation that stands there, where it is built otherwise than the source and cannot be told apart."""

    @property
    def name(self) -> str:
        """How it is called in messages: ``rights/disputes/#first``, ``institution ajou-university-hospital address.text``."""
        unit = self.unit
        return f"/{unit.path}#{unit.key}" if unit.kind == PAGE else f"{unit.kind} {unit.path} {unit.key}".rstrip()


def passage_of(unit: Unit, atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], glossary: Glossary | None = None) -> Passage:
    """The passage of a unit; with a ``glossary``, its segments carry the terms that occur in them."""
    if unit.kind == PAGE:
        versions = articles[unit.path]
        article = versions[unit.source_language]
        source = page_pieces(article, unit.key)
        target = page_pieces(versions[unit.language], unit.key) if unit.text is not None else {}
        file_id, passage_id, original = f"page.{unit.path.strip('/').replace('/', '.') or 'index'}", unit.key, article.file
    else:
        source, target = _leaf_pieces(unit, atlas)
        original = next((f"data/{kind.files}" for kind in KINDS if kind.name == unit.kind), f"data/wordings/{unit.source_language}.yaml")
        file_id, passage_id = unit.kind, f"{unit.path}:{unit.key}"
    made = tuple(_segments(unit, source, target, _old_pieces(unit, source), glossary))
    loose = unit.text if unit.text and unit.text.strip() and not any(one.target or one.earlier for one in made) else None
    return Passage(unit, file_id, passage_id, made, original, loose)


def page_pieces(article: Article, key: str) -> Pieces:
    """The segments of a section of a page; of ``top`` the fields before the blocks."""
    fields = {name: text for name, text in article.fields() if text} if key == TOP else {}
    return _pieces(fields, section_text(article, key) or "")


def section_text(article: Article, key: str) -> str | None:
    """The Markdown of a section as it stands in the body; None where the page does not have it."""
    found = sections(article)
    for one, after in zip(found, [*found[1:], None], strict=True):
        if one.id == key:
            return article.body[one.offset : after.offset if after else len(article.body)]
    return None


def _pieces(fields: Mapping[str, str], body: str) -> Pieces:
    return {**{name: (f"field {name.partition('.')[0]}", text) for name, text in fields.items()}, **_blocks(body)}


def _blocks(body: str) -> Pieces:
    return {str(number): (block.kind, body[block.start : block.end]) for number, block in enumerate(blocks(body), 1)}


def _split(text: str) -> tuple[dict[str, str], str]:
    """The fields and the Markdown of the text of ``top``: a field a line, an empty line, the rest."""
    head, _, body = text.partition("\n\n") if not text.startswith("\n") else ("", "", text[1:])
    fields: dict[str, str] = {}
    for line in head.split("\n"):
        name, _, said = line.partition(": ")
        fields[f"needs.{sum(key.startswith('needs.') for key in fields)}" if name == "needs" else name] = said
    return fields, body


def _leaf_pieces(unit: Unit, atlas: Atlas) -> tuple[Pieces, Pieces]:
    """The text of a record in both languages; an interface text with plural forms has a segment for each form of the language."""
    if unit.kind == WORDING:
        entry, own = (atlas.wordings[code].get(unit.path) for code in (unit.source_language, unit.language))
        if isinstance(entry, Mapping):
            tags = {*Locale.parse(atlas.site_languages[unit.language].locale).plural_form.tags, "other"}
            source = {tag: (f"plural form {tag}", entry.get(tag, entry["other"])) for tag in _PLURALS if tag in tags}
            return source, {tag: (f"plural form {tag}", own[tag]) for tag in source if tag in own} if isinstance(own, Mapping) else {}
    return {"text": ("text", unit.new)}, {} if unit.text is None else {"text": ("text", unit.text)}


def _old_pieces(unit: Unit, source: Pieces) -> Pieces | None:
    """The segments of what the translation was made from; None where nobody knows."""
    if unit.state in {"current", "unreviewed"}:
        return source
    if unit.old is None:
        return None
    if unit.kind == PAGE:
        return _pieces(*_split(unit.old)) if unit.key == TOP else _blocks(unit.old)
    if list(source) == ["text"]:
        return {"text": ("text", unit.old)}
    found = dict(line.split(": ", 1) for line in unit.old.split("\n") if ": " in line)
    return {tag: (kind, found.get(tag, found.get("other", ""))) for tag, (kind, _) in source.items()}


def _segments(unit: Unit, source: Pieces, target: Pieces, old: Pieces | None, glossary: Glossary | None) -> Iterator[Segment]:
    """Each segment with the translation that belongs to it, as far as that can be told."""
    belongs = _paired(source if old is None else old, target)
    same, near = _carried(source if old is None else old, source)
    # Where every segment has stayed, something else changed: somebody must say that what is left still fits.
    known = old is not None and (unit.state in {"current", "unreviewed"} or any(key not in same for key in source))
    for key, (kind, text) in source.items():
        own = belongs.get(same[key]) if key in same else None
        earlier = ((old or {})[near[key]][1], belongs.get(near[key], "")) if key in near else None
        terms = glossary.pairs(bare(tokens(text))) if glossary else ()
        yield Segment(key, kind, text, own, own is not None and known, earlier, limit(unit, kind), terms)


def _paired(source: Pieces, target: Pieces) -> dict[str, str]:
    """The translation of each segment: of fields and forms by name, of blocks by their order where both texts are built alike."""
    found = {key: target[key][1] for key in source if key in target and not key.isdigit()}
    rows = [[(key, kind, text) for key, (kind, text) in pieces.items() if key.isdigit()] for pieces in (source, target)]
    if [kind for _, kind, _ in rows[0]] == [kind for _, kind, _ in rows[1]]:
        found |= {key: text for (key, _, _), (_, _, text) in zip(*rows, strict=True)}
    return found


def _carried(old: Pieces, new: Pieces) -> tuple[dict[str, str], dict[str, str]]:
    """For each segment the old one that it still is, or else the old one in whose place it stands."""
    before, after = list(old.items()), list(new.items())
    same: dict[str, str] = {}
    near: dict[str, str] = {}
    matcher = difflib.SequenceMatcher(None, [piece for _, piece in before], [piece for _, piece in after], autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        pairs = zip(before[start:end], after[begin:stop], strict=False)
        if tag == "equal":
            same |= {key: key_before for (key_before, _), (key, _) in pairs}
        elif tag == "replace":
            near |= {key: key_before for (key_before, (was, _)), (key, (kind, _)) in pairs if was == kind}
    return same, near


def limit(unit: Unit, kind: str) -> int | None:
    """How many characters a place holds at most."""
    if kind.startswith("field "):
        return _limits().get(kind.removeprefix("field "))
    return LONGEST_TEXT if unit.kind != PAGE else None


@cache
def _limits() -> dict[str, int]:
    """The longest text of each field of the front matter, or of each entry of a list."""
    fields: dict[str, Any] = FrontMatter.model_json_schema()["properties"]
    found = {name: field.get("maxLength") or field.get("items", {}).get("maxLength") for name, field in fields.items()}
    return {name: most for name, most in found.items() if most}
