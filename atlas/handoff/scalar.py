"""Texts changed in YAML where they stand: every other byte of the file, its comments, order and quotes, stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from atlas.yamltext import Loc, read_yaml

_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True)
class _Cut:
    start: int
    end: int
    put: str


def edited(text: str, edits: Mapping[Loc, str | Mapping[str, str]], order: Sequence[str] = ()) -> str:
    """The YAML in ``text`` with the texts at these places changed.

    A place whose group exists, but not its last field, gets the field: behind the last one that comes before it in ``order``. A group of
    texts takes the place of a text that is missing (``{text: …, basis: own}``). Raises :class:`LookupError` where there is no such place.
    """
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    lines = _LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    cuts: list[_Cut] = []
    fresh: dict[int, list[tuple[yaml.MappingNode, str, str | Mapping[str, str], Loc]]] = {}
    for loc, value in edits.items():
        parent = _at(root, loc[:-1])
        if parent is None:
            raise LookupError(".".join(map(str, loc)))
        node = _child(parent, loc[-1])
        if node is None and isinstance(parent, yaml.MappingNode):
            fresh.setdefault(id(parent), []).append((parent, str(loc[-1]), value, loc))
        elif isinstance(node, yaml.ScalarNode) and isinstance(value, str):
            if node.value == value and (node.style or value):
                continue
            start, end = _offset(starts, node.start_mark), _offset(starts, node.end_mark)
            block = node.style in {"|", ">"}
            cuts.append(_Cut(start, end, _written(value, node.style, flow=_in_flow(root, loc)) + ("\n" if block else "")))
        else:
            raise LookupError(".".join(map(str, loc)))
    for rows in fresh.values():
        cuts += _additions(text, starts, rows, order, flow=_in_flow(root, rows[0][3]))
    for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end), reverse=True):
        text = text[: cut.start] + cut.put + text[cut.end :]
    _proved(text, edits)
    return text


def _at(node: yaml.Node | None, loc: Loc) -> yaml.Node | None:
    for part in loc:
        node = _child(node, part)
    return node


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        found: yaml.Node = node.value[part]
        return found
    return None


def _in_flow(root: yaml.Node | None, loc: Loc) -> bool:
    """Whether the place lies within braces or brackets."""
    return any(getattr(_at(root, loc[:length]), "flow_style", False) for length in range(len(loc)))


def _offset(starts: Sequence[int], mark: yaml.Mark) -> int:
    return starts[mark.line] + mark.column


def _additions(
    text: str,
    starts: Sequence[int],
    rows: Sequence[tuple[yaml.MappingNode, str, str | Mapping[str, str], Loc]],
    order: Sequence[str],
    *,
    flow: bool,
) -> list[_Cut]:
    """New fields of one group, each behind the field that comes before it."""
    rank = {name: place for place, name in enumerate(order)}
    group = rows[0][0]
    put: dict[int, list[str]] = {}
    for _, name, value, _ in sorted(rows, key=lambda row: rank.get(row[1], len(rank))):
        before = [node for key, node in group.value if rank.get(key.value, -1) < rank.get(name, len(rank))]
        written = f"{name}: {_group(value) if isinstance(value, Mapping) else _written(value, None, flow=flow)}"
        if flow or group.flow_style:
            place = _offset(starts, before[-1].end_mark) if before else _offset(starts, group.start_mark) + 1
            put.setdefault(place, []).append(f", {written}" if before else f"{written}, ")
        else:
            first = group.value[0][0]
            place = starts[_last_line(before[-1]) + 1] if before else starts[first.start_mark.line]
            put.setdefault(place, []).append(f"{' ' * first.start_mark.column}{written}\n")
    end = len(text)
    cuts = []
    for place, pieces in put.items():
        said = "".join(pieces)
        cuts.append(_Cut(place, place, f"\n{said}" if place == end and not flow and not text.endswith("\n") else said))
    return cuts


def _last_line(node: yaml.Node) -> int:
    """The line on which a value ends; of a group in block style, that of its last text."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    return int(mark.line) - 1 if mark.column == 0 and mark.line > node.start_mark.line else int(mark.line)


def _group(value: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_written(text, None, flow=True)}" for key, text in value.items()) + "}"


def _written(value: str, style: str | None, *, flow: bool) -> str:
    """A text as YAML, in the style that it had, if it can be: plain, in single or in double quotes."""
    double = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    single = "'" + value.replace("'", "''") + "'"
    in_order = {"": [value, double, single], '"': [double, single], "'": [single, double]}.get(style or "", [double, single])
    if style != '"' and ('"' in value or "\\" in value):
        in_order = [*(one for one in in_order if one is not double), double]
    return next(one for one in in_order if _reads_as(one, value, flow=flow))


def _reads_as(written: str, value: str, *, flow: bool) -> bool:
    document, faults = read_yaml(f"- {{k: {written}, z: 1}}\n" if flow else f"- k: {written}\n  z: 1\n", "")
    return not faults and document.value == ({"k": value, "z": 1},) and "\n" not in written


def _proved(text: str, edits: Mapping[Loc, str | Mapping[str, str]]) -> None:
    """Reads the outcome again: an edit that cannot be found in it is a fault of this module, and nothing may be written then."""
    document, faults = read_yaml(text, "")
    for loc, value in edits.items():
        found: Any = document.value
        for part in loc:
            found = found[part]
        if found != value:
            raise AssertionError(f"{loc}: {value!r} was written, {found!r} is read")
    if faults:
        raise AssertionError(str(faults[0]))
