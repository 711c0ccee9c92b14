"""A parcel as XLIFF 2.0 (OASIS standard of 5 August 2014), which tools for 2.1 read too.

A page or kind of record is a ``file``, a section or record a ``group``, a segment a ``unit``. Codes are ``ph`` and ``pc`` with what they
stand for in ``originalData``. Terms are in the glossary module, the translation before a change in the translation candidates module,
length limits in the size and length restriction module (code points).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from lxml import etree

from atlas.handoff.code import Mark, Token, marks, numbered, tokens
from atlas.handoff.note import Notes
from atlas.handoff.parcel import Passage, Segment
from atlas.translation.state import PAGE

CORE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MIXED = {f"{{{CORE}}}{name}" for name in ("source", "target", "data", "note")} | {
    f"{{{GLOSSARY}}}{name}" for name in ("term", "translation")
}


def source_tokens(segment: Segment) -> tuple[Token, ...]:
    """The source of a segment with its codes numbered."""
    return numbered(tokens(segment.source))


def target_tokens(segment: Segment) -> tuple[Token, ...]:
    """The translation of a segment, its codes numbered as in the source."""
    return numbered(tokens(segment.target or ""), marks(source_tokens(segment)))


def xliff(passages: Iterable[Passage], source_tag: str, target_tag: str, notes: Notes) -> bytes:
    """The hand-off as one XLIFF file in UTF-8. The same passages give the same bytes."""
    namespaces: dict[str | None, str] = {None: CORE, "mtc": MATCHES, "gls": GLOSSARY, "slr": SIZES}
    root = etree.Element(
        _core("xliff"), nsmap=cast("dict[str, str]", namespaces), attrib={"version": "2.0", "srcLang": source_tag, "trgLang": target_tag}
    )
    root.set(_SPACE, "preserve")
    for file_id, found in groupby(passages, key=lambda passage: passage.file_id):
        rows = list(found)
        file = etree.SubElement(root, _core("file"), id=file_id, original=rows[0].original, canResegment="no")
        etree.SubElement(file, f"{{{SIZES}}}profiles", generalProfile="xliff:codepoints")
        for name, grouped in groupby(rows, key=_group):
            group = etree.SubElement(file, _core("group"), id=name)
            members = list(grouped)
            if members[0].unit.kind == PAGE:
                _notes(group, notes.of_passage(members[0]))
            for passage in members:
                for segment in passage.segments:
                    _unit(group, passage, segment, notes)
    _indent(root, 0)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _core(name: str) -> str:
    return f"{{{CORE}}}{name}"


def _group(passage: Passage) -> str:
    return passage.id if passage.unit.kind == PAGE else f"{passage.unit.path or 'record'}"


def unit_id(passage: Passage, segment: Segment) -> str:
    """Names a segment within its file."""
    return f"{passage.id}:{segment.id}"


def _unit(group: etree._Element, passage: Passage, segment: Segment, notes: Notes) -> None:
    unit = etree.SubElement(group, _core("unit"), id=unit_id(passage, segment), name=f"{passage.name} {segment.kind}")
    if segment.limit:
        unit.set(f"{{{SIZES}}}sizeRestriction", str(segment.limit))
    source, target = source_tokens(segment), target_tokens(segment) if segment.target is not None else None
    if segment.earlier and all(segment.earlier):
        _match(unit, segment.earlier, _Data(passage, notes), marks(source))
    if segment.terms:
        glossary = etree.SubElement(unit, f"{{{GLOSSARY}}}glossary")
        for pair in segment.terms:
            entry = etree.SubElement(glossary, f"{{{GLOSSARY}}}glossEntry")
            etree.SubElement(entry, f"{{{GLOSSARY}}}term").text = pair.term
            etree.SubElement(entry, f"{{{GLOSSARY}}}translation").text = pair.translation
    said = [] if passage.unit.kind == PAGE else list(notes.of_passage(passage))
    _notes(unit, [*said, *notes.of_segment(passage, segment)])
    data = _Data(passage, notes)
    state = "translated" if segment.done else "initial"
    holder = etree.Element(_core("segment"), id="s1", state=state)
    data.into(etree.SubElement(holder, _core("source")), source)
    if target is not None:
        data.into(etree.SubElement(holder, _core("target")), target)
    data.written(unit)
    unit.append(holder)


def _match(unit: etree._Element, earlier: tuple[str, str], data: _Data, known: tuple[Mark, ...]) -> None:
    """The source of before the change with its translation, as a candidate."""
    found = etree.SubElement(unit, f"{{{MATCHES}}}matches")
    match = etree.SubElement(found, f"{{{MATCHES}}}match", ref="#s1", origin="before the source changed", type="tm")
    was = numbered(tokens(earlier[0]), known)
    holder = etree.Element("x")
    data.into(etree.SubElement(holder, _core("source")), was)
    data.into(
        etree.SubElement(holder, _core("target")),
        numbered(tokens(earlier[1]), (*known, *(mark for mark in marks(was) if mark not in known))),
    )
    data.written(match)
    match.extend(holder)


class _Data:
    """The original data of one unit: each distinct text once."""

    def __init__(self, passage: Passage, notes: Notes) -> None:
        self._ids: dict[str, str] = {}
        self._passage, self._notes = passage, notes

    def _id(self, data: str) -> str:
        return self._ids.setdefault(data, f"d{len(self._ids) + 1}")

    def into(self, element: etree._Element, found: Iterable[Token]) -> None:
        """Writes texts and codes into a source or target."""
        at, open_ = element, list[tuple[etree._Element, etree._Element]]()
        for token in found:
            if isinstance(token, str):
                if len(at):
                    at[-1].tail = (at[-1].tail or "") + token
                else:
                    at.text = (at.text or "") + token
            elif token.end == "alone":
                name = token.key.strip("`{}")
                shown = self._notes.prints(token.data, self._passage) or name
                etree.SubElement(at, _core("ph"), id=token.id, dataRef=self._id(token.data), equiv=name, disp=shown, canDelete="no")
            elif token.end == "start":
                pair = etree.SubElement(at, _core("pc"), id=token.id, dataRefStart=self._id(token.data), canDelete="no")
                pair.set("type", "link" if token.key.startswith("link") else "fmt" if token.key in {"strong", "emphasis"} else "other")
                if token.key == "emphasis":
                    pair.set("subType", "xlf:i")
                if token.key == "strong":
                    pair.set("subType", "xlf:b")
                open_.append((at, pair))
                at = pair
            else:
                at.set("dataRefEnd", self._id(token.data))
                at = open_.pop()[0]

    def written(self, parent: etree._Element) -> None:
        """Appends the original data, if there is any."""
        if self._ids:
            holder = etree.SubElement(parent, _core("originalData"))
            for text, number in self._ids.items():
                etree.SubElement(holder, _core("data"), id=number).text = text


def _notes(parent: etree._Element, said: Iterable[tuple[str, str]]) -> None:
    rows = list(said)
    if rows:
        holder = etree.SubElement(parent, _core("notes"))
        for category, text in rows:
            etree.SubElement(holder, _core("note"), category=category, appliesTo="source").text = text


def _indent(element: etree._Element, level: int) -> None:
    """Breaks lines between elements, never within a text."""
    if element.tag in _MIXED or not len(element):
        return
    element.text = "\n" + " " * (level + 1)
    for child in element:
        _indent(child, level + 1)
        child.tail = "\n" + " " * (level + 1)
    element[-1].tail = "\n" + " " * level
