"""``offline/<language>.json``: what a browser can keep, with the bytes of each file and the hash by which it finds what has changed.

A copy on a phone is compared with this list, never with the bytes that were fetched. ``pages`` are those that a reader can choose, by path
below the folder of the language (``base``): ``[hash, bytes as transferred, bytes, bundle]``. A bundle names the assets of a page by their
place in ``assets``. ``sets`` are pages that are chosen together.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from atlas.offline.links import Assets
from atlas.publishing.manifest import PLACEHOLDER

DIGITS = 12
"""How many hexadecimal digits of the SHA-256 stand in the list."""
CORRECTION = re.compile(r'href="mailto:[^"?]*\?subject=[^"]*"')
"""The draft of a correction, which names the day of the release."""


def kept_list(site: Path, base: str, view: dict[str, Any]) -> str:
    """The list of one language, from its published pages. ``view`` is that of its page ``offline/``.

    The day of the release stands in the foot of every page and in the draft of a correction. It is left out of the hash of a page, so that
    a release in which little has changed does not make readers fetch everything again.
    """
    assets = Assets(site)
    said = f'<p class="muted">{escape(view["released_said"])}</p>'
    bundles: dict[tuple[str, ...], int] = {}
    pages: dict[str, list[object]] = {}
    for path in view["keepable"]:
        content = (site / base / path / "index.html").read_bytes()
        text = content.decode("utf-8")
        bundle = assets.all_of(text, base + path)
        place = bundles.setdefault(bundle, len(bundles))
        lasting = CORRECTION.sub("", text.replace(said, ""))
        pages[path] = [_digest(lasting.encode("utf-8")), transferred(content), len(content), place]
    names = sorted({name for bundle in bundles for name in bundle})
    number = {name: place for place, name in enumerate(names)}
    found = {
        "language": view["language"],
        "base": base,
        "released": view["released"],
        "date": view["date"],
        "sets": view["sets"],
        "assets": [[name, *_measured((site / name).read_bytes())] for name in names],
        "bundles": [[number[name] for name in bundle] for bundle in bundles],
        "pages": pages,
    }
    digest = _digest(_compact(found).encode("utf-8"))
    return _compact({"digest": digest, **found}) + "\n"


def weight(site: Path, base: str, paths: Iterable[str]) -> int:
    """The bytes that travel for some pages below ``base`` and all that they load."""
    assets, found, total = Assets(site), set[str](), 0
    for path in paths:
        content = (site / base / path / "index.html").read_bytes()
        found.update(assets.all_of(content.decode("utf-8"), base + path))
        total += transferred(content)
    return total + sum(transferred((site / name).read_bytes()) for name in found)


def transferred(content: bytes) -> int:
    """The bytes that travel when a host compresses with gzip at its usual level; headers are not counted.

    The digest at the foot of a page is written last. It does not shrink as the zeros in its place do.
    """
    sealed = content.replace(PLACEHOLDER.encode(), sha256(content).hexdigest().encode())
    return len(zlib.compress(sealed, 6)) + 12


def _measured(content: bytes) -> list[object]:
    return [_digest(content), transferred(content), len(content)]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:DIGITS]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
