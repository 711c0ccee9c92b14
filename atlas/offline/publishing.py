"""Writes what readers take along into a published site, when all its pages stand there: a list and a zip file for each language."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal

from atlas.offline.archive import NAME, write_archive
from atlas.offline.keeping import kept_list, weight
from atlas.staging import Stage
from atlas.views.offline import PATH

SIZE_OF = '<span data-size="{part}"></span>'
"""The places in the page ``offline/`` that take the size of the zip file and of what is always kept: known when both are made."""
SHARED = "offline/"
"""The folder of what is written here, one for all languages."""


def write_offline(site: Path, staged: Stage, origin: str) -> None:
    """Writes ``offline/<language>.json`` and ``offline/korea-care-atlas-<language>.zip``, languages side by side."""
    (site / SHARED).mkdir(parents=True, exist_ok=True)
    jobs = [(site, staged.address(code, ""), origin, view) for code, view in _views(staged)]
    at_once = min(len(jobs), len(os.sched_getaffinity(0)))
    with ProcessPoolExecutor(at_once, mp_context=multiprocessing.get_context("fork")) as pool:
        for done in [pool.submit(_write, *job) for job in jobs]:
            done.result()


def _views(staged: Stage) -> Iterator[tuple[str, dict[str, Any]]]:
    for code, pages in staged.pages.items():
        for page in pages:
            if page.path == PATH:
                yield code, page.view


def _write(site: Path, base: str, origin: str, view: dict[str, Any]) -> None:
    code = view["language"]
    page = site / base / PATH / "index.html"
    archive = site / SHARED / NAME.format(language=code)
    core = weight(site, base, view["sets"]["core"])
    write_archive(site, base, origin, view, archive)
    sizes = {
        "zip": said(view["megabytes"], archive.stat().st_size / 1e6, view["locale"], "0.0"),
        "core": said(view["kilobytes"], core / 1e3, view["locale"], "#,##0"),
    }
    _fill(page, sizes)
    (site / SHARED / f"{code}.json").write_text(kept_list(site, base, view), encoding="utf-8")


def _fill(page: Path, sizes: dict[str, str]) -> None:
    text = page.read_text(encoding="utf-8")
    for part, size in sizes.items():
        text = text.replace(SIZE_OF.format(part=part), size)
    page.write_text(text, encoding="utf-8")


def said(pattern: str, size: float, locale: str, form: str) -> str:
    """A size in words: ``8,3 МБ``."""
    return pattern.format(size=format_decimal(size, format=form, locale=locale))
