"""What somebody may have meant: an id, or a record by its name in any language."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any


def likely(given: str, records: Mapping[str, Mapping[str, Any]], most: int = 3) -> list[str]:
    """The ids of records that ``given`` may mean, the likeliest first: by name in any language, or almost the same id."""
    wanted = _bare(given)
    by_name = {_bare(name): key for key, value in reversed([*records.items()]) for name in (key, *_names(value))}
    found = [by_name[wanted]] if wanted in by_name else []
    found += [key for name, key in by_name.items() if len(wanted) >= 3 and name.startswith(wanted)]
    found += [by_name[name] for name in difflib.get_close_matches(wanted, by_name, n=most, cutoff=0.6)]
    found += [key for name, key in by_name.items() if len(wanted) >= 2 and wanted in name]
    return list(dict.fromkeys(found))[:most]


def name_of(value: Mapping[str, Any]) -> str:
    """A record by its English name, or the first that it has."""
    return next(_names(value), "")


def slug(text: str) -> str:
    """The id that a text could have: ``Asan Medical Center`` → ``asan-medical-center``; empty where it has no Latin letters."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def _names(value: Mapping[str, Any]) -> Iterator[str]:
    for field in ("short", "name", "names", "heading", "title"):
        texts = value.get(field)
        if isinstance(texts, dict):
            for text in texts.values():
                if isinstance(text, str):
                    yield text
                elif isinstance(text, dict) and isinstance(text.get("text"), str):
                    yield text["text"]


def _bare(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())
