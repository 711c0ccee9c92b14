"""Writes what readers take along into a published site, when all its pages stand there: a list and a zip file for each language."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import Any

from babel.numbers import format_decimal

from atlas.offline.archive import NAME, archive_of
from atlas.offline.edition import Files
from atlas.offline.keeping import kept_list, weight
from atlas.offline.taken import Looking, Taken
from atlas.publishing.writing import Writing
from atlas.views.offline import PATH

SIZE_OF = '<span data-size="{part}"></span>'
"""The places in the page ``offline/`` that take the size of the zip file and of what is always kept: known when both are made."""
RULES = ("released", "released_said", "index", "copy", "live")
"""What of the view stands in every page of the zip file, or is left out of every hash."""
SHARED = "offline/"
"""The folder of what is written here, one for all languages."""


def write_offline(files: Files, base: str, origin: str, view: dict[str, Any], writing: Writing, last: Taken | None = None) -> Taken:
    """Writes ``offline/<language>.json`` and ``offline/korea-care-atlas-<language>.zip``, and their sizes into the page ``offline/``.

    ``files`` has all pages of the language as they are now, ``offline/`` as it was drawn, and the assets; ``view`` is that of
    ``offline/``. Returns what is known of them. As ``last`` it spares the next edition, by the same engine, what has not changed, if
    ``files`` still has the zip file: the bytes are the same.
    """
    code, page = view["language"], f"{base}{PATH}index.html"
    name = SHARED + NAME.format(language=code)
    last = (last or Taken()).if_good((base, origin, *(str(view[key]) for key in RULES)), files)
    looking = Looking(files, view["released_said"], last)
    archive = writing.pieces(name, archive_of(looking, base, origin, view, last, _last_archive(files, name, last)))
    looking.taken.archive = archive.sha256
    core = weight(looking, base, view["sets"]["core"])
    sizes = {
        "zip": said(view["megabytes"], archive.size / 1e6, view["locale"], "0.0"),
        "core": said(view["kilobytes"], core / 1e3, view["locale"], "#,##0"),
    }
    text = files.read(page).decode("utf-8")
    for part, size in sizes.items():
        text = text.replace(SIZE_OF.format(part=part), size)
    looking.files = files.put(page, text.encode("utf-8"))
    writing.text(page, text)
    writing.text(f"{SHARED}{code}.json", kept_list(looking, base, view))
    return looking.taken


def _last_archive(files: Files, name: str, last: Taken) -> bytes:
    if last.archive:
        with suppress(FileNotFoundError):
            found = files.read(name)
            return found if sha256(found).hexdigest() == last.archive else b""
    return b""


def said(pattern: str, size: float, locale: str, form: str) -> str:
    """A size in words: ``8,3 МБ``."""
    return pattern.format(size=format_decimal(size, format=form, locale=locale))
