"""SVG drawings: a picture and nothing else. A drawing that is opened by itself would run its scripts with the rights of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from atlas.fault import Fault, shown

_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan clipPath mask pattern linearGradient "
        "radialGradient stop marker style metadata",
    )
)
_REFERS = re.compile(r"(?:url\s*\(|@import|expression|javascript:|data:)(?!\s*['\"]?#)", re.IGNORECASE)
_MEND = "Export it as plain SVG, without scripts, links, images and effects."


def drawing_faults(content: bytes, path: str) -> list[Fault]:
    """What may not stand in the SVG file at ``path``: scripts, handlers, links, other files, entities, and XML that cannot be read."""
    return list(dict.fromkeys(_faults(content, path)))


def _faults(content: bytes, path: str) -> Iterator[Fault]:
    parser = expat.ParserCreate(namespace_separator="}")
    found: list[Fault] = []

    def fault(what: str, got: str) -> None:
        found.append(Fault(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, "drawing", what, shown(got), _MEND))

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition("}")
        if (space == "http://www.w3.org/2000/svg" and element not in _ELEMENTS) or (
            space != "http://www.w3.org/2000/svg" and element in {"script", "iframe", "foreignObject", "svg"}
        ):
            fault("this element may not stand in a drawing", f"<{element}>")
        for attribute, value in attributes.items():
            own = attribute.rpartition("}")[2].lower()
            if own.startswith("on"):
                fault("a drawing runs no scripts", own)
            elif (own in {"href", "src"} and not value.startswith("#")) or _REFERS.search(value):
                fault("a drawing leads to no other file", value)

    def doctype(name: str, *_: object) -> None:
        fault("a drawing declares no document type and no entities", name)

    def text(data: str) -> None:
        if _REFERS.search(data):
            fault("a drawing leads to no other file", data)

    def instruction(target: str, _: str) -> None:
        fault("a drawing has no instructions for programs", target)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.CharacterDataHandler = text
    parser.ProcessingInstructionHandler = instruction
    parser.buffer_text = True
    if b"<!ENTITY" in content:
        yield Fault(path, 1, 1, "drawing", "a drawing declares no document type and no entities", "<!ENTITY>", _MEND)
        return
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        yield Fault(path, error.lineno, error.offset + 1, "drawing", "this is not SVG", shown(expat.ErrorString(error.code)), _MEND)
    yield from found
