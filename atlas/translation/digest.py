"""The digest of a text: what tells whether a translation was made from what stands there today."""

from __future__ import annotations

import hashlib
import unicodedata

LENGTH = 12
"""Hex digits: 48 bits, enough to tell apart the versions of one section."""
FORM = rf"^[0-9a-f]{{{LENGTH}}}$"


def normalised(text: str) -> str:
    """The text in NFC (Unicode Standard Annex 15), every run of white space as one space, none at either end."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(text: str) -> str:
    """The first twelve hex digits of the SHA-256 (FIPS 180-4) of the normalised text in UTF-8."""
    return hashlib.sha256(normalised(text).encode("utf-8")).hexdigest()[:LENGTH]


def same(one: str, other: str) -> bool:
    """Whether two texts differ in white space at most."""
    return one == other or normalised(one) == normalised(other)
