"""Files of the term base with some of their terms changed: what does not change stays as it is, with its comments."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from atlas.yamltext import read_yaml

_ENTRY = re.compile(r"^([a-z0-9-]+|\"[^\"\n]+\"):", re.MULTILINE)
_WIDTH = 120
_ORDER = ("forms", "part_of_speech", "critical_class", "critical", "synonyms", "forbidden", "inflection", "note", "basis", "references")
HEAD = "# yaml-language-server: $schema=../schemas/term.table.json\n"


def rewritten(text: str, changed: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a file with these terms in the place of what stood under their ids, new ones at its end."""
    starts = [(match[1].strip('"'), match.start()) for match in _ENTRY.finditer(text)]
    ends = [*(start for _, start in starts[1:]), len(text)]
    parts = [text[: starts[0][1]] if starts else text]
    for (term_id, start), end in zip(starts, ends, strict=True):
        part = text[start:end]
        parts.append(block(term_id, changed[term_id]) + _trailing(part) if term_id in changed else part)
    known = {term_id for term_id, _ in starts}
    new = [block(term_id, term) for term_id, term in changed.items() if term_id not in known]
    if new and parts[-1] and not parts[-1].endswith("\n"):
        parts[-1] += "\n"
    return "".join(parts + new)


def _trailing(part: str) -> str:
    """The comments and empty lines below a term, which belong to the next one."""
    lines = part.splitlines(keepends=True)
    kept: list[str] = []
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        kept.insert(0, lines.pop())
    return "".join(kept)


def block(term_id: str, term: Mapping[str, Any]) -> str:
    """One term as YAML, in the form of the files: short groups on one line."""
    lines = [f"{term_id}:\n"]
    for name in [*(name for name in _ORDER if name in term), *(name for name in term if name not in _ORDER)]:
        lines += _lines(name, term[name], "  ")
    return "".join(lines)


def _lines(name: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, str):
        return [f"{indent}{name}: {_scalar(value, inside=False)}\n"]
    flow = f"{indent}{name}: {_flow(value)}\n"
    if not isinstance(value, Mapping | list | tuple) or not value or (name != "forbidden" and len(flow) <= _WIDTH):
        return [flow]
    lines = [f"{indent}{name}:\n"]
    if isinstance(value, Mapping):
        for key, item in value.items():
            lines += _listed(key, item, f"{indent}  ") if name == "forbidden" else _lines(str(key), item, f"{indent}  ")
    else:
        lines += [f"{indent}- {_flow(item)}\n" for item in value]
    return lines


def _listed(key: str, items: Any, indent: str) -> list[str]:
    """Forbidden forms, one a line, or a field a line where that is too long."""
    lines = [f"{indent}{key}:\n"]
    for item in items:
        flow = f"{indent}- {_flow(item)}\n"
        if len(flow) <= _WIDTH or not isinstance(item, Mapping):
            lines.append(flow)
            continue
        fields = [line for name, value in item.items() for line in _lines(str(name), value, "")]
        lines += [f"{indent}{'- ' if place == 0 else '  '}{line}" for place, line in enumerate(fields)]
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return _scalar(str(value))


def _scalar(text: str, *, inside: bool = True) -> str:
    """A text without quotes where every reader of YAML takes it for the same text, else with them; ``inside`` of brackets."""
    written = yaml.safe_dump([text] if inside else {"a": text}, default_flow_style=inside, allow_unicode=True, width=100_000).strip()
    plain = written[1:-1] if inside else written.removeprefix("a: ")
    document, faults = read_yaml(f"a: [{plain}]" if inside else f"a: {plain}", "")
    found = document.value.get("a") if isinstance(document.value, dict) else None
    if not faults and found == ((text,) if inside else text) and "\n" not in plain:
        return plain
    return json.dumps(text, ensure_ascii=False)
