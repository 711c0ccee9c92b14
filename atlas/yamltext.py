"""YAML read strictly, with the place of every value.

YAML 1.1, which PyYAML reads, takes ``10:30`` for 630, ``no`` for false and ``010`` for 8, and lets a repeated key win silently.
Here a plain scalar is null, ``true``, ``false``, a decimal number or text (the core schema of YAML 1.2, chapter 10.3); what the two
versions read differently is refused, and so are repeated keys, anchors with aliases, and tags.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from atlas.fault import Fault, shown
from atlas.intake.characters import escaped, troubles
from atlas.intake.limits import DEEPEST, LONGEST_KEY, LONGEST_NUMBER, LONGEST_TEXT
from atlas.intake.nesting import structure_fault
from atlas.kept import is_keeping, made

Loc = tuple[str | int, ...]

_INT = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_FLOAT_OR_INT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AMBIGUOUS = (
    (re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"), "many YAML tools read this as a number to base 60"),
    (re.compile(r"y|n|yes|no|on|off", re.IGNORECASE), "many YAML tools read this word as true or false"),
    (re.compile(r"[-+]?0[0-9_]+"), "many YAML tools read this as a number to base 8"),
    (
        re.compile(r"[-+]?(0x[0-9a-f_]+|0b[01_]+|0o[0-7_]+)", re.IGNORECASE),
        "YAML tools read this as a number to another base",
    ),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?"), "many YAML tools drop the underscores and read a number"),
    (
        re.compile(r"[-+]?(\.inf|\.nan)|[-+]?[0-9.]+e[-+]?[0-9]+|\+[0-9]+", re.IGNORECASE),
        "YAML tools read this as a number",
    ),
    (re.compile(r"True|TRUE|False|FALSE|Null|NULL"), "only lower-case true, false and null are read as such"),
)
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}


@dataclass(frozen=True)
class Document:
    """One YAML file: its value (lists as tuples) and where each part of it stands."""

    path: str
    value: Any
    root: yaml.Node | None
    """The nodes of the file where it has faults; of others, which take ten times the memory of their values, when a place is asked for."""
    text: str | None = field(default=None, compare=False, repr=False)
    _names: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(default_factory=dict, compare=False, repr=False)
    """The fields of each group that a place was asked of: a file may have a hundred thousand faults."""

    @cached_property
    def node(self) -> yaml.Node | None:
        """What stands in the file; ``None``: nothing."""
        return self.root if self.text is None else yaml.compose(self.text, Loader=yaml.CBaseLoader)

    def place(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at ``loc``, or of the nearest thing around it that exists.

        Of a group or list, and of anything with ``key``, it is the place of its name.
        """
        node = self.node
        mark = node.start_mark if node is not None else None
        for index, part in enumerate(loc):
            step = self._step(node, part, key=key and index == len(loc) - 1)
            if step is None:
                break
            mark, node = step
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    def place_in(self, loc: Loc, offset: int) -> tuple[int, int]:
        """Line and column of a place in the text at ``loc``; of its beginning where it is folded or has escapes in it."""
        node = self.node
        for part in loc:
            step = self._step(node, part, key=False)
            node = step[1] if step else None
        line, column = self.place(loc)
        if isinstance(node, yaml.ScalarNode) and node.start_mark.line == node.end_mark.line:
            quote = 1 if node.style in {"'", '"'} else 0
            if node.end_mark.column - node.start_mark.column == len(node.value) + 2 * quote:
                column += offset + quote
        return line, column

    def _step(self, node: yaml.Node | None, part: str | int, *, key: bool) -> tuple[Any, yaml.Node] | None:
        if isinstance(node, yaml.MappingNode):
            names = self._names.get(id(node))
            if names is None:
                names = self._names[id(node)] = {str(name.value): (name, value) for name, value in reversed(node.value)}
            if found := names.get(str(part)):
                name, value = found
                return (value if isinstance(value, yaml.ScalarNode) and not key else name).start_mark, value
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return node.value[part].start_mark, node.value[part]
        return None


def read_yaml(text: str, path: str) -> tuple[Document, list[Fault]]:
    """The document in ``text`` and what is wrong with it as YAML; ``path`` is used in the messages."""
    if not is_keeping():
        return _read(text, path)
    return made(
        "yaml",
        text.encode("utf-8", "surrogatepass"),
        lambda: _read(text, path),
        worth=lambda found: not found[1],
        to=lambda found: found[0].value,
        of=lambda value: (Document(path, value, None, text), []),
    )


def _read(text: str, path: str) -> tuple[Document, list[Fault]]:
    if fault := structure_fault(text, path):
        return Document(path, None, None), [fault]
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"this is not YAML: {error.problem}"
        if error.context == "while scanning a quoted scalar" and error.context_mark:  # its end is the end of the file
            mark, what = error.context_mark, "this is not YAML: the quotation mark is not closed"
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if error.context == "expected a single document in the stream":
            fault = Fault(path, line, column, "file", "a second document begins here", "---", "Take the line out, or make two files.")
            return Document(path, None, None), [fault]
        fault = Fault(path, line, column, "file", what, "text that cannot be read", _MEND_SYNTAX)
        return Document(path, None, None), [fault]
    except yaml.reader.ReaderError as error:
        fault = Fault(path, 1, 1, "file", f"this is not YAML: {error.reason}", "text that cannot be read", _MEND_SYNTAX)
        return Document(path, None, None), [fault]
    reading = _Reading(path, escapes=escaped(text))
    value = reading.value(node, ()) if node is not None else None
    return (Document(path, value, node) if reading.faults else Document(path, value, None, text)), reading.faults


_MEND_SYNTAX = "Check the indentation, the quotes and the colons around this place."


class _Reading:
    """One walk over the nodes of one file, which collects faults as it goes."""

    def __init__(self, path: str, *, escapes: bool) -> None:
        self.path = path
        self.escapes = escapes
        self.faults: list[Fault] = []
        self.seen: set[int] = set()

    def fault(self, node: yaml.Node, loc: Loc, what: str, got: str, mend: str) -> None:
        mark = node.start_mark
        field = ".".join(map(str, loc)) or "file"
        self.faults.append(Fault(self.path, mark.line + 1, mark.column + 1, field, what, got, mend))

    def value(self, node: yaml.Node, loc: Loc) -> Any:
        if id(node) in self.seen:
            self.fault(node, loc, "an alias points here", "*alias", "Write the value out in both places.")
            return None
        self.seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self.fault(node, loc, "tags are not used", shown(node.tag), "Remove the tag and write the plain value.")
            return None
        if len(loc) > DEEPEST:
            self.fault(node, loc, f"nested more than {DEEPEST} deep", "a deeper level", "Flatten the structure.")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*loc, index)) for index, item in enumerate(node.value))
        assert isinstance(node, yaml.ScalarNode)
        return self.scalar(node, loc)

    def mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = sys.intern(key_node.value) if type(key_node.value) is str else key_node.value
            if isinstance(key, str) and key_node.tag not in _PLAIN_TAGS:
                self.fault(key_node, loc, "tags are not used", shown(key_node.tag), "Remove the tag and write the plain name.")
                continue
            if isinstance(key, str) and len(key) > LONGEST_KEY:
                what = f"the name of this field has more than {LONGEST_KEY} characters"
                self.fault(key_node, loc, what, shown(key), "Write a short name before the colon.")
                continue
            if self.escapes and isinstance(key, str):
                self.characters(key_node, loc, key)
            if not isinstance(key, str):
                self.fault(
                    key_node,
                    loc,
                    "a field name must be a word",
                    "a list or group",
                    "Write a plain name before the colon.",
                )
                continue
            if key in result:
                self.fault(key_node, (*loc, key), "this field stands here twice", shown(key), "Keep one of the two.")
                continue
            result[key] = self.value(value_node, (*loc, key))
        return result

    def characters(self, node: yaml.Node, loc: Loc, text: str) -> None:
        """Characters that are written as codes, such as ``"\\u202e"``, which a look at the file does not show."""
        for _, what, got, mend in troubles(text):
            self.fault(node, loc, what, got, mend)

    def scalar(self, node: yaml.ScalarNode, loc: Loc) -> Any:
        text: str = sys.intern(node.value)  # ten thousand records say the same of sources, days and kinds
        if len(text) > LONGEST_TEXT:
            what = f"this text has more than {LONGEST_TEXT} characters"
            self.fault(node, loc, what, f"{len(text)} characters", "Shorten it, or look for a quotation mark that is not closed.")
            return text[:80]
        if self.escapes and node.style == '"':
            self.characters(node, loc, text)
        if node.style:
            return text
        if text in {"", "~", "null"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if len(text) > LONGEST_NUMBER and _FLOAT_OR_INT.fullmatch(text):
            what = f"this number has more than {LONGEST_NUMBER} digits"
            self.fault(node, loc, what, shown(text), "Correct it; if it is a name or a code, put it in quotes.")
            return text
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        for pattern, why in _AMBIGUOUS:
            if pattern.fullmatch(text):
                self.fault(node, loc, why, text, f'Put it in quotes: "{text}".')
                return text
        return text
