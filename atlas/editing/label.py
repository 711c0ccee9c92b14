"""What the fields of a form are called, in English and Korean (``labels.yaml``)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from atlas.editing.splicing import held

FILE = Path(__file__).with_name("labels.yaml")


@cache
def _labels() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = held(FILE.read_text(encoding="utf-8"))
    return found


def label(name: str, *path: str) -> str:
    """The label of a field, a kind of record or, with ``choice``, a word to choose: ``main line · 대표전화``.

    ``path`` is where the field stands; the part of ``labels.yaml`` that is named after the last of it comes first.
    """
    english = re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", name)
    if name in _labels()["english"]:
        english = _labels()["english"][name]
    english = english if path[-1:] == ("choice",) else english[:1].upper() + english[1:]
    korean = _labels()["choices" if path[-1:] == ("choice",) else "fields"].get(name)
    return f"{english} · {korean}" if korean else english


def hint(form: str, *said: str) -> str:
    """What stands under a field: how it is written, and what the model says of it."""
    parts = [_labels()["hints"].get(form, ""), *(_plain(one) for one in said)]
    return " ".join(one for one in parts if one)


def _plain(said: str) -> str:
    """A docstring without the marks of code."""
    return re.sub(r":[a-z]+:`~?([^`]+)`", r"\1", said).replace("``", "").replace("*", "")
