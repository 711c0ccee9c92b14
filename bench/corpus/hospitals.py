"""A project with as many hospitals as one likes: each is modelled on a real record, so that what is known of them is as uneven as it is.

Names, texts, numbers and points are made up; the places around them are the real ones.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from random import Random
from typing import Any

from atlas.translation.memory import Kept, leaf_texts, write_leaf_texts
from atlas.yamltext import read_yaml
from bench.corpus.project import OTHERS, engine, few_records
from bench.corpus.words import LANGUAGES, words_of

KIND = "institution"
_NEAR = 0.01
"""Degrees by which a point may lie beside that of its model: about a kilometre."""
_LAST_GROUP = re.compile(r"(?<=-)\d{4}$")
_OF_ONE = ("conflicts", "website", "closed")
"""What is true of the model only."""


def hospitals(folder: Path, count: int, seed: int) -> int:
    """Writes a project with ``count`` institutions, the real ones among them. Returns how many there are.

    There are no written pages: they count things that would no longer be so.
    """
    engine(folder)
    few_records(folder / "data", OTHERS)
    home = folder / "data" / "hospitals"
    models = [_read(path) for path in sorted(home.glob("*.yaml"))]
    sources = {record: dict(texts) for record, texts in leaf_texts(folder, KIND).items()}
    for number in range(len(models), count):
        one = _like(models[number % len(models)], number, seed)
        sources[one["id"]] = {key: Kept((LANGUAGES[0], texts[LANGUAGES[0]])) for key, texts in _texts(one)}
        (home / f"{one['id']}.yaml").write_text(json.dumps(one, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_leaf_texts(folder, KIND, sources)
    return max(count, len(models))


def _read(path: Path) -> dict[str, Any]:
    document, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
    return dict(document.value)


def _like(model: dict[str, Any], number: int, seed: int) -> dict[str, Any]:
    """An institution of which as much is known as of its model."""
    random = Random(f"{seed}/{number}")
    one = copy.deepcopy({key: value for key, value in model.items() if key not in _OF_ONE})
    one["id"] = f"hospital-{number:05d}"
    one["names"] = {code: {"text": words_of(code).name(number, 3), "basis": "own"} for code in LANGUAGES}
    if "point" in one:
        one["point"] = {**one["point"], **{axis: round(one["point"][axis] + random.uniform(-_NEAR, _NEAR), 6) for axis in ("lat", "lon")}}
    if "address" in one:
        one["address"] = {**one["address"], "text": {code: f"{words_of(code).name(number, 2)} {number}" for code in ("en", "ko")}}
    desk = one.get("desk", {})
    desk.pop("page", None)
    for line in (*((one["main_line"],) if "main_line" in one else ()), *desk.get("phones", ())):
        line["number"] = _LAST_GROUP.sub(f"{number % 10_000:04d}", line["number"])
    if "email" in desk:
        desk["email"]["address"] = f"desk@{one['id']}.example"
    if "beds" in one:
        one["beds"] = {**one["beds"], "number": random.randint(20, 2000)}
    for row in (*one.get("facts", ()), *one.get("remarks", ())):
        row["text"] = _said(row["text"], random)
    for item in one.get("evidence", ()):
        item.pop("note", None)
    return one


def _said(text: dict[str, str], random: Random) -> dict[str, str]:
    """Something as long as a text, in the same languages."""
    count = max(4, len(text.get("en", "").split()))
    return {code: words_of(code).joined(words_of(code).some(random, count), 2) + words_of(code).end for code in text}


def _texts(one: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """The texts of a record that were translated, by their place in it."""
    rows = [(f"{field}.{place}.text", row["text"]) for field in ("facts", "remarks") for place, row in enumerate(one.get(field, ()))]
    names = {code: name["text"] for code, name in one["names"].items()}
    return [("names", names), *rows, *([("address.text", one["address"]["text"])] if "address" in one else [])]
