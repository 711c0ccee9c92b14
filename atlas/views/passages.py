"""What a history of changes says in one language: the text in that language, or the one that it falls back to, with its mark."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.records.localised import FALLBACK, Passage


def told(texts: Mapping[str, str], language: str) -> Passage:
    """A text for a reader of ``language``."""
    code = next((code for code in (language, *FALLBACK) if code in texts), None) or next(iter(texts))
    return Passage(texts[code], code)
