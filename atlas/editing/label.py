"""What the fields of a form are called, in English and Korean (``labels.yaml``)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from atlas.editing.splicing import held

FILE = Path(__file__).with_name("labels.yaml")


@cache
def known() -> dict[str, dict[str, str]]:
    """What ``labels.yaml`` says, with what the models say of fields (``said``) by its English sentence."""
    found = held(FILE.read_text(encoding="utf-8"))
    return {**found, "said": {one["en"]: one["ko"] for one in found["said"]}}


def label(name: str) -> str:
    """The label of a field or of a kind of record: ``Main line · 대표전화``."""
    english = known()["english"].get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", name)
    korean = known()["fields"].get(name)
    english = english if name in known()["english"] else english[:1].upper() + english[1:]
    return f"{english} · {korean}" if korean and korean != english else english


def choice(word: str) -> str:
    """The label of a word to choose, which is the word itself: ``self-declared · 자체 안내``."""
    korean = known()["choices"].get(word) or known()["fields"].get(word)
    return f"{word} · {korean}" if korean else word


def hint(form: str, *said: str) -> str:
    """What stands under a field: how it is written, and what the model says of it, in Korean too where ``labels.yaml`` has it."""
    korean = known()["said"]
    plain = [_plain(one) for one in said if one]
    parts = [known()["hints"].get(form, ""), *(f"{one} · {korean[one]}" if one in korean else one for one in plain)]
    return " ".join(one for one in parts if one)


def _plain(said: str) -> str:
    """A docstring without the marks of code."""
    return re.sub(r":[a-z]+:`~?([^`]+)`", r"\1", said).replace("``", "").replace("*", "")
