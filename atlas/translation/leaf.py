"""The texts of the records, one by one: each map by language, such as ``{en: …, ko: …}``, wherever it stands, and the interface texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Written = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Records by name of the kind and id: what :func:`atlas.loading.raw_records` gives."""
Wordings = Mapping[str, Mapping[str, Any]]
"""The interface texts by language: what :func:`atlas.loading.raw_wordings` gives."""

WORDING = "wording"
"""The kind of the interface texts, whose records are the entries of the catalogues."""
NAMES = "names"
_NOT_TRANSLATED = frozenset({"language", "search-word", "term"})
"""Kinds whose texts are no translations of each other: what people type, and the term base, which is the measure of translations."""
_NOT_TEXT = frozenset({"basis", "name_basis"})
"""Fields by language that hold a code."""
CRITICAL = frozenset(
    {
        "advice",
        "checklist",
        "country-list",
        "document",
        "entry-rule",
        "entry-scheme",
        "fact",
        "fee",
        "helpline",
        "notice",
        "outcome",
        "rule",
        "status",
        "treatment",
    }
)
"""Kinds that speak of visa, medicine, money and emergencies."""
CRITICAL_FIELDS = frozenset(
    {
        ("cluster", "money"),
        ("cluster", "transfer"),
        ("experience", "price"),
        ("institution", "desk"),
        ("institution", "facts"),
        ("institution", "remarks"),
    }
)
"""Fields of other kinds that do."""


@dataclass(frozen=True)
class Leaf:
    """One text of a record in all its languages. ``key`` is the way to it in the record: ``facts.0.text``; of interface texts ``""``.

    An interface text with plural forms is one text, a form a line: ``one: …``.
    """

    kind: str
    record: str
    key: str
    texts: Mapping[str, str]

    @property
    def critical(self) -> bool:
        """Whether an outdated translation could do harm."""
        return self.kind in CRITICAL or (self.kind, self.key.partition(".")[0]) in CRITICAL_FIELDS

    def source(self, default: str) -> str:
        """The language that a text is taken to be written in, where nothing says so: names in Korean, others in ``default``."""
        order = ("ko", default) if self.key == NAMES else (default, "en", "ko")
        return next((code for code in order if code in self.texts), None) or next(iter(self.texts))


def leaves(written: Written, wordings: Wordings, languages: Sequence[str]) -> Iterator[Leaf]:
    """Every text of the records and of the interface, as they are written; ``languages`` are those of the site, the default first."""
    for kind, records in written.items():
        yield from leaves_of(kind, records, frozenset(languages))
    for key in wordings.get(languages[0], {}):
        yield Leaf(WORDING, key, "", {code: _lines(wordings[code][key]) for code in languages if key in wordings.get(code, {})})


def leaves_of(kind: str, records: Mapping[str, Mapping[str, Any]], languages: frozenset[str]) -> Iterator[Leaf]:
    """Every text of the records of one kind, as they are written."""
    if kind in _NOT_TRANSLATED:
        return
    for record_id, record in records.items():
        for key, texts in _texts(record, "", languages):
            yield Leaf(kind, record_id, key, texts)


def _texts(value: Any, key: str, languages: frozenset[str]) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, dict):
        if value and languages.issuperset(value):
            if all(isinstance(text, str) for text in value.values()):
                yield key, value
                return
            if all(isinstance(name, dict) and isinstance(name.get("text"), str) for name in value.values()):
                yield key, {code: name["text"] for code, name in value.items()}
                return
        for name, item in value.items():
            if name not in _NOT_TEXT and isinstance(item, dict | tuple | list):
                yield from _texts(item, f"{key}.{name}" if key else name, languages)
    elif isinstance(value, tuple | list):
        for place, item in enumerate(value):
            if isinstance(item, dict | tuple | list):
                yield from _texts(item, f"{key}.{place}", languages)


def _lines(entry: str | Mapping[str, str]) -> str:
    return entry if isinstance(entry, str) else "\n".join(f"{form}: {text}" for form, text in entry.items())
