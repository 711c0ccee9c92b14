"""XLIFF 2 as it comes back from a tool: read without a document type, entities, or anything from elsewhere."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import cast

from lxml import etree

from atlas.fault import Fault, FaultyInputError, shown
from atlas.handoff.delivery import LARGEST, Code, Content, Delivery, Row
from atlas.handoff.note import EXPORTED
from atlas.handoff.xliff import CORE

_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']+)[\"']")
_PROPER = re.compile(r"[A-Za-z0-9._:-]{1,400}")
_AGAIN = "Export it again, or ask for the file as XLIFF 2.0."
_DONE = {"translated", "reviewed", "final"}


def text_of(content: bytes, path: str) -> str:
    """The text of a file that came back: UTF-8, or UTF-16 with its mark. Raises :class:`~atlas.fault.FaultyInputError`."""
    if len(content) > LARGEST:
        raise _faulty(path, 1, "this file is too large", f"{len(content) // 1024**2} MiB", "Take it apart, or export fewer pages at once.")
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if utf16 else "utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        mend = "Save it as UTF-8; other encodings lose letters of one language or another."
        raise _faulty(path, line, "this is not UTF-8 text", "other bytes", mend) from None


def read_xliff(text: str, path: str) -> Delivery:
    """What an XLIFF file brings. Raises :class:`~atlas.fault.FaultyInputError` where it cannot be read as XLIFF 2."""
    declared = _DECLARATION.match(text)
    if declared and (named := _ENCODING.search(declared[0])) and not named[1].lower().startswith(("utf-8", "utf8", "utf-16", "us-ascii")):
        mend = 'Save it as UTF-8, with encoding="UTF-8" in the first line.'
        raise _faulty(path, 1, "this file says that it is in another encoding", named[1], mend)
    bare = text[declared.end() :] if declared else text
    if match := re.search(r"<!(?:DOCTYPE|ENTITY)", bare, re.IGNORECASE):
        line = text.count("\n", 0, match.start() + len(text) - len(bare)) + 1
        raise _faulty(path, line, "a document type or an entity stands here", match[0], "Take it out: XLIFF has none.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(bare.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise _faulty(path, error.lineno or 1, "this is not XML", shown(error.msg), _AGAIN) from None
    if root.tag != f"{{{CORE}}}xliff" or not str(root.get("version", "")).startswith("2."):
        got = shown(f"{etree.QName(root).localname} {root.get('version', '')}".strip())
        raise _faulty(
            path, 1, "this is not XLIFF 2", got, "Export the translation from your tool as XLIFF 2.0 or 2.1; 1.2 is another format."
        )
    faults: list[Fault] = []
    rows = tuple(row for file in root.iterfind(_name("file")) for row in _rows(file, path, faults))
    return Delivery(path, str(root.get("srcLang", "")), str(root.get("trgLang", "")), rows, tuple(faults))


def _name(name: str) -> str:
    return f"{{{CORE}}}{name}"


def _faulty(path: str, line: int, what: str, got: str, mend: str) -> FaultyInputError:
    return FaultyInputError([Fault(path, line, 1, "file", what, got, mend)])


def _rows(file: etree._Element, path: str, faults: list[Fault]) -> Iterator[Row]:
    file_id = str(file.get("id", ""))
    for unit in file.iter(_name("unit")):
        unit_id, line = str(unit.get("id", "")), _line(unit)

        def fault(what: str, got: str, mend: str, at: int = line, field: str = unit_id) -> None:
            faults.append(Fault(path, at, 1, field or "unit", what, shown(got), mend))

        passage_id, _, segment_id = unit_id.rpartition(":")
        if not (_PROPER.fullmatch(file_id) and _PROPER.fullmatch(unit_id) and passage_id and segment_id):
            fault(
                "this unit has no id of ours", unit_id, "Bring the file back as it was exported: its ids say where a translation belongs."
            )
            continue
        notes = unit.iterfind(f"{_name('notes')}/{_name('note')}")
        was = next((str(note.text) for note in notes if note.get("category") == EXPORTED), None)
        source: list[str | Code] = []
        target: list[str | Code] = []
        there, confirmed = False, True
        for part in unit:
            if part.tag not in {_name("segment"), _name("ignorable")}:
                continue
            said, own = part.find(_name("source")), part.find(_name("target"))
            if said is None:
                fault("a segment has no source", "nothing", _AGAIN)
                continue
            if own is not None and own.get("order"):
                fault("the segments of this unit were put in another order", str(own.get("order")), "Keep them in the order of the source.")
            source += _content(said, fault)
            if own is not None:
                target += _content(own, fault)
                there = True
            elif part.tag == _name("ignorable"):
                target += _content(said, fault)
            if part.tag == _name("segment"):
                confirmed = confirmed and part.get("state", "initial") in _DONE and own is not None
        yield Row(
            file_id, passage_id, segment_id, line, _merged(source), _merged(target) if there else None, True if confirmed else None, was
        )


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 1


def _content(element: etree._Element, fault: Callable[..., None]) -> list[str | Code]:
    """Texts and codes of a source or target; marks of comments and terms that tools put in are left out."""
    found: list[str | Code] = [element.text or ""]
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) and child.tag.startswith(f"{{{CORE}}}") else ""
        number = str(child.get("copyOf") or child.get("id") or "")
        match name:
            case "ph":
                found.append(Code(number, "alone"))
            case "pc":
                found += [Code(number, "start"), *_content(child, fault), Code(number, "close")]
            case "sc":
                found.append(Code(number, "start"))
            case "ec":
                found.append(Code(str(child.get("startRef") or child.get("copyOf") or child.get("id") or ""), "close"))
            case "mrk":
                found += _content(child, fault)
            case "sm" | "em":
                pass
            case _:
                what = "a character is written as a code" if name == "cp" else "something stands here that is no code of XLIFF"
                fault(what, name or str(child.tag), "Take it out.", _line(child))
        found.append(child.tail or "")
    return found


def _merged(found: list[str | Code]) -> Content:
    """Neighbouring texts as one."""
    made: list[str | Code] = []
    for part in found:
        if isinstance(part, str) and made and isinstance(made[-1], str):
            made[-1] += part
        elif part != "":
            made.append(part)
    return tuple(made)
