"""A changed value put into the text of a YAML file: what has not changed stays as it stands, with its quotes, comments and order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import yaml

from atlas.editing import emitting
from atlas.yamltext import read_yaml


def spliced(text: str, value: dict[str, Any]) -> str:
    """``text``, a YAML file that holds a group, with ``value`` in the place of what it holds (lists as lists).

    Reads back as ``value`` whatever happens: where it would not, the file is written anew below its first comments.
    """
    text = text if text.endswith("\n") else text + "\n"
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    old = held(text)
    if isinstance(node, yaml.MappingNode) and isinstance(old, dict) and old:
        splice = _Splice(text)
        changed = text[: splice.at(node.start_mark)] + splice.update(node, old, value) + text[splice.end(node) :]
        if same(held(changed), value):
            return changed
    head = "".join(f"{line}\n" for line in _first_comments(text))
    return f"{head}{emitting.group(value, 0)}\n"


def held(text: str) -> Any:
    """What a YAML text holds, with lists as lists."""
    return listed(read_yaml(text, "")[0].value)


def listed(value: Any) -> Any:
    """The value with lists in place of tuples."""
    match value:
        case dict():
            return {key: listed(one) for key, one in value.items()}
        case tuple() | list():
            return [listed(one) for one in value]
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same: white space around a text does not count, nor that a form gives 37.0 as 37."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def _first_comments(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line


class _Splice:
    """The text of one file and the places in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0]
        for line in text.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def at(self, mark: yaml.Mark) -> int:
        """The offset of a mark."""
        return self.lines[mark.line] + mark.column

    def end(self, node: yaml.Node) -> int:
        """Where a node ends: that of a block, which libyaml puts at the next token, is where its last part ends."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
            return self.end(node.value[-1][1])
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
            return self.end(node.value[-1])
        end, start = self.at(node.end_mark), self.at(node.start_mark)
        return start + len(self.text[start:end].rstrip())

    def update(self, node: yaml.Node, old: Any, new: Any, *, alone: bool = False) -> str:
        """The text of ``node``, which holds ``old``, for ``new`` of the same form. ``alone``: it is not part of a group on one line."""
        if same(old, new):
            return self.text[self.at(node.start_mark) : self.end(node)]
        if isinstance(node, yaml.MappingNode):
            return self._one_line(node, old, new) if node.flow_style else self._fields(node, old, new)
        if isinstance(node, yaml.SequenceNode):
            return self._list(node, old, new) if node.flow_style else self._entries(node, old, new)
        assert isinstance(node, yaml.ScalarNode)
        return emitting.scalar(new, node.style, alone=alone)

    def fits(self, node: yaml.Node, new: Any) -> bool:
        """Whether ``new`` has the form of ``node``, so that its text can be changed rather than written anew."""
        if isinstance(node, yaml.MappingNode):
            return isinstance(new, dict) and bool(new) and bool(node.value)
        if isinstance(node, yaml.SequenceNode):
            return isinstance(new, list) and bool(new) and bool(node.value)
        return not isinstance(new, dict | list) and ((isinstance(node, yaml.ScalarNode) and bool(node.style)) or bool(node.value))

    def _fields(self, node: yaml.MappingNode, old: dict[str, Any], new: dict[str, Any]) -> str:
        """A group with one field a line."""
        column, last = node.start_mark.column, self.at(node.start_mark)
        found: list[str] = []
        nodes = {key.value: (key, value) for key, value in node.value}
        before: dict[str, str] = {}
        for name, (key, value) in nodes.items():
            before[name] = self.text[last : self.at(key.start_mark)]
            last = self.end(value) if self.end(value) > self.at(key.start_mark) else self.at(key.end_mark) + 1
        for name in ordered(list(nodes), list(new)):
            gap = before.get(name, "") or (f"\n{' ' * column}" if found else "")
            gap = gap if found else gap.lstrip("\n ")
            if name in nodes and self.fits(nodes[name][1], new[name]):
                key, value = nodes[name]
                text = self.text[self.at(key.start_mark) : self.at(value.start_mark)] + self.update(value, old[name], new[name], alone=True)
            elif name in nodes and same(old[name], new[name]):
                key, value = nodes[name]
                text = self.text[self.at(key.start_mark) : max(self.end(value), self.at(key.end_mark) + 1)]
            else:
                text = emitting.entry(name, new[name], column)
            found.append(gap + text)
        return "".join(found)

    def _entries(self, node: yaml.SequenceNode, old: list[Any], new: list[Any]) -> str:
        """A list with one entry a line."""
        column, last, hyphens = node.start_mark.column, self.at(node.start_mark), []
        gaps = []
        for one in node.value:
            hyphen = self.text.rindex("-", last, self.at(one.start_mark))
            gaps.append(self.text[last:hyphen])
            hyphens.append(hyphen)
            last = self.end(one)
        found: list[str] = []
        for place, value in _aligned(old, new):
            gap = (gaps[place] if place else "") if place is not None else ""
            gap = (gap or f"\n{' ' * column}") if found else ""
            if place is not None and self.fits(node.value[place], value):
                one = node.value[place]
                found.append(gap + self.text[hyphens[place] : self.at(one.start_mark)] + self.update(one, old[place], value, alone=True))
            else:
                found.append(f"{gap}- {emitting.item(value, column + 2)}")
        return "".join(found)

    def _one_line(self, node: yaml.MappingNode, old: dict[str, Any], new: dict[str, Any]) -> str:
        nodes = {key.value: (key, value) for key, value in node.value}
        found = []
        for name in ordered(list(nodes), list(new)):
            if name in nodes and self.fits(nodes[name][1], new[name]):
                key, value = nodes[name]
                found.append(self.text[self.at(key.start_mark) : self.at(value.start_mark)] + self.update(value, old[name], new[name]))
            else:
                found.append(f"{emitting.scalar(name)}: {emitting.inline(new[name])}")
        return "{" + ", ".join(found) + "}"

    def _list(self, node: yaml.SequenceNode, old: list[Any], new: list[Any]) -> str:
        found = []
        for place, value in _aligned(old, new):
            if place is not None and self.fits(node.value[place], value):
                found.append(self.update(node.value[place], old[place], value))
            else:
                found.append(emitting.inline(value))
        return "[" + ", ".join(found) + "]"


def ordered(old: list[str], new: list[str]) -> list[str]:
    """The names of ``new``: those that were there in their old order, each other one behind the one that it follows in ``new``."""
    found = [name for name in old if name in new]
    for place, name in enumerate(new):
        if name not in old:
            follows = next((found.index(other) + 1 for other in reversed(new[:place]) if other in found), 0)
            found.insert(follows, name)
    return found


def _aligned(old: list[Any], new: list[Any]) -> Iterator[tuple[int | None, Any]]:
    """Each entry of ``new`` with the place that it had in ``old``, if it had one: equal entries first, then the most alike between them."""
    before, after = ([json.dumps(one, ensure_ascii=False, sort_keys=True) for one in side] for side in (old, new))
    for _, start, stop, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[start:stop] == after[first:last]:
            yield from zip(range(start, stop), new[first:last], strict=True)
            continue
        free = list(range(start, stop))
        for place in range(first, last):
            enough = 0.0 if stop - start == last - first else 0.6
            there = max(free, key=lambda one: (_alike(before[one], after[place]), -one), default=None)
            if there is not None and _alike(before[there], after[place]) >= enough:
                free = [one for one in free if one > there]
                yield there, new[place]
            else:
                yield None, new[place]


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
