"""A text of a record and its translation: placeholders, links, numbers, *must* and *may*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.fidelity.finding import Finding
from atlas.fidelity.number import differing
from atlas.fidelity.page import exchange_finding, number_finding
from atlas.fidelity.table import Tables
from atlas.translation.leaf import Leaf
from atlas.translation.place import Places

_NAMES = frozenset({"name", "names", "address", "publisher", "label"})
"""Fields of names and addresses: a place is called otherwise in each language."""
_NOT_PROSE = frozenset({"work", "source"})
"""Kinds that hold titles of others, who word them as they like."""
_PLACEHOLDER = re.compile(r"\{([a-z_]\w*)(?::\w+)?\}")
_ADDRESS = re.compile(
    r"(?<![a-z0-9.@-])(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,6}(?![a-z0-9])(?:/[A-Za-z0-9./_?=&%#~-]*)?|[a-z0-9.+_-]+@[a-z0-9-]+\.[a-z0-9.]*[a-z0-9]"
)


def leaf_findings(leaf: Leaf, language: str, default: str, tables: Tables, places: Places) -> Iterator[Finding]:
    """Where the text in ``language`` does not say what its source says. Names, addresses and titles are not compared."""
    base = leaf.source(default)
    if leaf.kind in _NOT_PROSE or _NAMES.intersection(leaf.key.split(".")) or language == base or language not in leaf.texts:
        return
    source, text = leaf.texts[base], leaf.texts[language]
    for what, lost, new in _kept(source, text):
        yield _finding(leaf, language, places, what, lost, new)
    theirs, ours = _PLACEHOLDER.sub(_blank, source), _PLACEHOLDER.sub(_blank, text)
    bare, own = _ADDRESS.sub(_blank, theirs), _ADDRESS.sub(_blank, ours)
    lost_numbers, new_numbers = differing(tables.counting(base), bare, tables.counting(language), own)
    alone = len(lost_numbers) == 1 and lost_numbers[0].text == source  # the name of a unit: 100 million is 억
    if (lost_numbers or new_numbers) and not alone:
        file, line = places.of(leaf, language)
        yield number_finding(file, line, 1, f"{leaf.record}.{leaf.key}.{language}", lost_numbers, new_numbers)
    if exchange := tables.modality.exchange(theirs, base, ours, language):
        file, line = places.of(leaf, language)
        yield exchange_finding(file, line, 1, f"{leaf.record}.{leaf.key}.{language}", exchange, certain=False)


def _kept(source: str, text: str) -> Iterator[tuple[str, set[str], set[str]]]:
    """Placeholders and addresses that only one of the two has."""
    for what, form in (("placeholders", _PLACEHOLDER), ("addresses", _ADDRESS)):
        if ("{" if form is _PLACEHOLDER else ".") not in source + text:
            continue
        theirs, ours = ({_bare(match) for match in form.finditer(one)} for one in (source, text))
        if theirs != ours:
            yield what, theirs - ours, ours - theirs


def _bare(match: re.Match[str]) -> str:
    return match[1] if match.re is _PLACEHOLDER else match[0].rstrip("./")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _finding(leaf: Leaf, language: str, places: Places, what: str, lost: set[str], new: set[str]) -> Finding:
    file, line = places.of(leaf, language)
    mend = f"Put in {', '.join(sorted(lost))}." if lost else f"Take out {', '.join(sorted(new))}."
    said = f"the {what} are not those of the source"
    return Finding(file, line, 1, f"{leaf.record}.{leaf.key}.{language}", said, ", ".join(sorted(new)) or "nothing", mend, certain=True)
