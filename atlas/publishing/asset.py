"""Styles, scripts and pictures as they are published: made small, and under a name that holds the hash of their content.

A name with a hash never changes its content, so that it may be kept for a year (``Cache-Control: immutable``, RFC 8246). What an asset
refers to is renamed first, so that a changed picture renames the style that shows it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import rcssmin
import rjsmin


def bare(drawing: str) -> str:
    """An SVG drawing without its comments and the spaces between its elements."""
    return re.sub(r">\s+<", "><", re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL)).strip()


MINIFIERS: dict[str, Callable[[str], str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin, ".svg": bare}
FOLDER = "assets"
_TAKEN_IN = re.compile(r'^import "\./([\w-]+\.js)";$', re.MULTILINE)
"""A module that is imported for what it does, not for what it exports, is taken into the one that imports it. It is published by itself
only where it takes in others: then it is what pages without a script of their own ask for."""
_REFERENCE = re.compile(r"(?<=[\"'(])(\./)?([\w-]+\.(?:css|js|svg|png))(?=[\"')])")


@dataclass(frozen=True)
class Assets:
    """``names``: the published address by name (``style.css`` → ``assets/style.0123456789.css``); ``contents``: what lies there."""

    names: Mapping[str, str]
    contents: Mapping[str, bytes]


def publish_assets(folder: Path) -> Assets:
    """The assets in ``folder``. Raises :class:`ValueError` where two of them refer to each other, which no hash can follow."""
    sources = {path.name: path for path in sorted(folder.iterdir()) if path.is_file()}
    names: dict[str, str] = {}
    contents: dict[str, bytes] = {}

    def publish(name: str, above: tuple[str, ...]) -> str:
        if name in above:
            raise ValueError(f"overrides/assets: {' → '.join((*above, name))} refer to each other. Take one of the references out.")
        if name not in names:
            content = _content(sources[name], lambda other: publish(other, (*above, name)), frozenset(sources))
            stem, dot, ending = name.rpartition(".")
            names[name] = f"{FOLDER}/{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{ending}"
            contents[names[name]] = content
        return names[name]

    takes = {name: _TAKEN_IN.findall(path.read_text(encoding="utf-8")) for name, path in sources.items() if path.suffix == ".js"}
    taken_in = {name for names in takes.values() for name in names if not takes.get(name)}
    for name in sources:
        if name not in taken_in:
            publish(name, ())
    return Assets(names, contents)


def _content(path: Path, published: Callable[[str], str], known: frozenset[str]) -> bytes:
    if not (shorten := MINIFIERS.get(path.suffix)):
        return path.read_bytes()
    text = _whole(path)

    def renamed(match: re.Match[str]) -> str:
        name = match[2]
        return f"{match[1] or ''}{Path(published(name)).name}" if name in known else match[0]

    return (_REFERENCE.sub(renamed, shorten(text)) + "\n").encode("utf-8")


def _whole(path: Path) -> str:
    """A text with all that it takes in."""
    return _TAKEN_IN.sub(lambda match: _whole(path.with_name(match[1])), path.read_text(encoding="utf-8"))


def asset_in(site: Path, name: str) -> str:
    """The address of an asset in a built site. Raises :class:`ValueError` where there is not exactly one of that name."""
    stem, _, ending = name.rpartition(".")
    (path,) = (site / FOLDER).glob(f"{stem}.??????????.{ending}")
    return path.relative_to(site).as_posix()
