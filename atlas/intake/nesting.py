"""YAML that is too deep for its parser, and what is not used of YAML, found before a document is put together.

The composer of libyaml calls itself for each level and overflows the stack of the process; its events come one by one.
"""

from __future__ import annotations

import re
from itertools import accumulate

import yaml

from atlas.fault import Fault, shown
from atlas.intake.limits import DEEPEST

_BRACKETS = re.compile(r"[\[\]{}]")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
_LEVELS = re.compile(r"[-?:][ \t]+(?:[-?:][ \t]+){5}")
_ANCHOR = re.compile(r"&(?<![^\s,\[{:-]&)[^\s&,\[\]{}]")


def structure_fault(text: str, path: str) -> Fault | None:
    """The first place that is nested too deep, or has an anchor, a directive or a second document. Costs little where none is in sight."""
    deepest = max(accumulate(_STEP[bracket] for bracket in _BRACKETS.findall(text)), default=0)
    if deepest <= DEEPEST and not _suspect(text):
        return None
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            line, column = (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    return Fault(path, line, column, "file", "directives are not used", "%", "Take the line that begins with % out.")
            if depth > DEEPEST:
                return Fault(path, line, column, "file", f"nested more than {DEEPEST} deep", "a deeper level", "Flatten the structure.")
            anchor = getattr(event, "anchor", None)
            if anchor and not isinstance(event, yaml.AliasEvent):
                mend = "Take the anchor out and write values out where they are meant, or put the text in quotes."
                return Fault(path, line, column, "file", "anchors are not used", shown(f"&{anchor}"), mend)
    except yaml.YAMLError:
        return None  # told by who composes the document: the composer stops at the same place
    return None


def _suspect(text: str) -> bool:
    """Deep indentation, many levels on one line, an anchor, a directive: perhaps only in a text, so that the events decide."""
    return (
        text.startswith("%")
        or "\n%" in text
        or "\n" + " " * 60 in text
        or "\n\t" in text
        or ("&" in text and _ANCHOR.search(text) is not None)
        or _LEVELS.search(text) is not None
    )
