"""Writes what readers take along into a published site, when all its pages stand there: a list and a zip file for each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.numbers import format_decimal

from atlas.offline.archive import NAME, write_archive
from atlas.offline.keeping import kept_list, weight
from atlas.publishing.writing import Writing
from atlas.views.offline import PATH

SIZE_OF = '<span data-size="{part}"></span>'
"""The places in the page ``offline/`` that take the size of the zip file and of what is always kept: known when both are made."""
SHARED = "offline/"
"""The folder of what is written here, one for all languages."""


def write_offline(site: Path, base: str, origin: str, view: dict[str, Any], writing: Writing) -> None:
    """Writes ``offline/<language>.json`` and ``offline/korea-care-atlas-<language>.zip``. ``view`` is that of the page ``offline/``."""
    (site / SHARED).mkdir(parents=True, exist_ok=True)
    code = view["language"]
    page = site / base / PATH / "index.html"
    archive = site / SHARED / NAME.format(language=code)
    core = weight(site, base, view["sets"]["core"])
    write_archive(site, base, origin, view, archive)
    sizes = {
        "zip": said(view["megabytes"], archive.stat().st_size / 1e6, view["locale"], "0.0"),
        "core": said(view["kilobytes"], core / 1e3, view["locale"], "#,##0"),
    }
    text = page.read_text(encoding="utf-8")
    for part, size in sizes.items():
        text = text.replace(SIZE_OF.format(part=part), size)
    writing.text(f"{base}{PATH}index.html", text)
    writing.text(f"{SHARED}{code}.json", kept_list(site, base, view))


def said(pattern: str, size: float, locale: str, form: str) -> str:
    """A size in words: ``8,3 МБ``."""
    return pattern.format(size=format_decimal(size, format=form, locale=locale))
