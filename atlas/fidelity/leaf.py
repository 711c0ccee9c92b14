"""A text of a record and its translation: placeholders, links, numbers, *must* and *may*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.fidelity.finding import Finding
from atlas.fidelity.number import differing
from atlas.fidelity.page import doubt_finding, exchange_finding, number_finding, vanished_finding
from atlas.fidelity.table import Tables
from atlas.terms.context import Contexts
from atlas.translation.leaf import Leaf
from atlas.translation.place import Places

_NAMES = frozenset({"name", "names", "address", "publisher", "label", "heading"})
"""Fields of names and addresses: a place is called otherwise in each language."""
_TYPED = ("search-asked", "search-stop")
"""Interface texts that hold what people type."""
_NOT_PROSE = frozenset({"work", "source"})
"""Kinds that hold titles of others, who word them as they like."""
_PLACEHOLDER = re.compile(r"\{([a-z_]\w*)(?::\w+)?\}")
_ADDRESS = re.compile(
    r"(?<![a-z0-9.@-])(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,6}(?![a-z0-9])(?:/[A-Za-z0-9./_?=&%#~-]*)?|[a-z0-9.+_-]+@[a-z0-9-]+\.[a-z0-9.]*[a-z0-9]"
)


def leaf_findings(leaf: Leaf, language: str, default: str, tables: Tables, contexts: Contexts, places: Places) -> Iterator[Finding]:
    """Where the text in ``language`` does not say what its source says. Names, addresses and titles are not compared."""
    base = leaf.source(default)
    if (
        leaf.record.startswith(_TYPED)
        or leaf.kind in _NOT_PROSE
        or _NAMES.intersection(leaf.key.split("."))
        or language == base
        or language not in leaf.texts
    ):
        return
    source, text = leaf.texts[base], leaf.texts[language]
    field = ".".join(filter(None, (leaf.record, leaf.key, language)))
    for what, lost, new in _kept(source, text):
        yield _finding(*places.of(leaf, language), field, what, lost, new)
    theirs, ours = _PLACEHOLDER.sub(_blank, source), _PLACEHOLDER.sub(_blank, text)
    bare, own = _ADDRESS.sub(_blank, theirs), _ADDRESS.sub(_blank, ours)
    numbers = differing(tables.counting(base), bare, tables.counting(language), own)
    alone = len(numbers[0]) == 1 and numbers[0][0].text == source  # the name of a unit: 100 million is 억
    if any(numbers) and not alone:
        yield number_finding(*places.of(leaf, language), 1, field, *numbers)
    if exchange := tables.modality.exchange(theirs, base, ours, language):
        yield exchange_finding(*places.of(leaf, language), 1, field, exchange, certain=False)
    elif duty := tables.modality.vanished(theirs, base, ours, language):
        yield vanished_finding(*places.of(leaf, language), 1, field, duty)
    for doubt in contexts.doubts(theirs, base, ours, language):
        yield doubt_finding(*places.of(leaf, language), 1, field, doubt, language)


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


def _finding(file: str, line: int, field: str, what: str, lost: set[str], new: set[str]) -> Finding:
    mend = f"Put in {', '.join(sorted(lost))}." if lost else f"Take out {', '.join(sorted(new))}."
    said = f"the {what} are not those of the source"
    return Finding(file, line, 1, field, said, ", ".join(sorted(new)) or "nothing", mend, certain=True)
