"""``offline/<language>.json``: what a browser can keep, with the bytes of each file and the hash by which it finds what has changed.

A copy on a phone is compared with this list, never with the bytes that were fetched. ``pages`` are those that a reader can choose, by path
below the folder of the language (``base``): ``[hash, bytes as transferred, bytes, bundle]``. A bundle names the assets of a page by their
place in ``assets``. ``sets`` are pages that are chosen together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from atlas.offline.taken import Looking, digest


def kept_list(looking: Looking, base: str, view: dict[str, Any]) -> str:
    """The list of one language. ``view`` is that of its page ``offline/``."""
    bundles: dict[tuple[str, ...], int] = {}
    pages: dict[str, list[object]] = {}
    for path in view["keepable"]:
        address = f"{base}{path}index.html"
        place = bundles.setdefault(looking.bundle(address), len(bundles))
        pages[path] = [*looking.figures(address), place]
    names = sorted({name for bundle in bundles for name in bundle})
    number = {name: place for place, name in enumerate(names)}
    found = {
        "language": view["language"],
        "base": base,
        "released": view["released"],
        "date": view["date"],
        "sets": view["sets"],
        "assets": [[name, *looking.figures(name)] for name in names],
        "bundles": [[number[name] for name in bundle] for bundle in bundles],
        "pages": pages,
    }
    return _compact({"digest": digest(_compact(found).encode("utf-8")), **found}) + "\n"


def weight(looking: Looking, base: str, paths: Iterable[str]) -> int:
    """The bytes that travel for some pages below ``base`` and all that they load."""
    pages = [f"{base}{path}index.html" for path in paths]
    needed = {name for page in pages for name in looking.bundle(page)}
    return sum(looking.figures(one).transferred for one in (*pages, *needed))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
