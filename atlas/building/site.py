"""Builds a site: the pages of all languages side by side, then what is made of all of them, then the seal.

The pages are byte for byte those of ``mkdocs build``, which takes the staged tree and the same templates.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from atlas.building.drawing import Drawer, environment
from atlas.building.language import finish_language
from atlas.building.origin import origin_of
from atlas.building.pages import make_share
from atlas.building.share import Share, pages_of
from atlas.building.work import side_by_side
from atlas.contents import Contents
from atlas.intake.blame import told
from atlas.publishing.inputs import inputs_digest
from atlas.publishing.manifest import Written, seal
from atlas.publishing.part import NAME as PART
from atlas.publishing.part import Part, check_parts, cut, put_together, read_part, write_part
from atlas.publishing.replace import fresh_folder, one_at_a_time
from atlas.publishing.writing import Writing
from atlas.sitemap import furniture
from atlas.staging import check, frame, shared, stage
from atlas.views.page import Draft
from atlas.views.quoting import bare

ROOT = Path(__file__).resolve().parent.parent.parent
SHARE = 2_500
"""How many pages a process makes at most: what it keeps for one page and prints on others takes memory."""


def build_site(site: Path | None = None, last: Path | None = None) -> int:
    """Builds the whole site into a fresh folder beside ``site`` and puts it in place in one step. Returns the number of pages.

    ``last`` is the last published edition, with which the facts are compared. Raises :class:`~atlas.fault.FaultyInputError`,
    :class:`~atlas.building.work.BuildFailedError` or :class:`~atlas.publishing.replace.NotReplacedError`; then,
    and when it is killed, the last good site is as it was.
    """
    with _building(), fresh_folder(site or ROOT / "site") as fresh:
        making = Making(last)
        shares = making.shares({code: [*drafts.values()] for code, drafts in making.drafts.items()}, fresh)
        return making.finish(shares, fresh)


def build_part(number: int, of: int, folder: Path, last: Path | None = None) -> int:
    """Builds the ``number``-th of ``of`` parts into ``folder``, to be merged with the others. Returns the number of its pages.

    Raises as :func:`build_site` does.
    """
    with _building(), fresh_folder(folder, mark=PART) as fresh:
        making = Making(last)
        everything = [(code, draft) for code, drafts in making.drafts.items() for draft in drafts.values()]
        shares = making.shares(cut(everything, number, of), fresh)
        whole = {code: Share(tuple(one for share in found for one in share.made), _files(found)) for code, found in shares.items()}
        write_part(fresh, Part(number, of, inputs_digest(ROOT, making.contents.origin, last), whole))
        return sum(len(share.made) for share in whole.values())


def merge_parts(folders: Sequence[Path], site: Path | None = None, last: Path | None = None) -> int:
    """Makes the whole site of its parts: the same bytes as :func:`build_site`. Returns the number of pages.

    Raises as :func:`build_site` does, and :class:`~atlas.publishing.part.PartsError` where the parts are not of this one build.
    """
    with _building(), fresh_folder(site or ROOT / "site") as fresh:
        making = Making(last)
        parts = sorted(((read_part(folder), folder) for folder in folders), key=lambda one: one[0].number)
        check_parts(((folder, part) for part, folder in parts), inputs_digest(ROOT, making.contents.origin, last))
        put_together(folders, fresh)
        shares = {code: [part.shares[code] for part, _ in parts if code in part.shares] for code in making.drafts}
        return making.finish(shares, fresh)


def stage_site(last: Path | None = None) -> int:
    """Writes the staged tree only, into ``build/docs``. Returns the number of pages. Raises as :func:`build_site` does."""
    with _building():
        return sum(len(pages) for pages in stage(ROOT, origin_of(ROOT), last).pages.values())


class Making:
    """One build: what every page needs, read and worked out before processes are forked off."""

    def __init__(self, last: Path | None) -> None:
        self.contents = contents = Contents(ROOT, origin_of(ROOT), *check(ROOT), last)
        with told(ROOT):
            self.frame = frame(contents)
            every_page = {code: shared(reader, self.frame, contents.origin) for code, reader in contents.readers.items()}
            self.drawer = Drawer(environment(ROOT), every_page)
            self.drawer.compile()
            self.drafts = {code: contents.drafts(code) for code in contents.readers}
            contents.published  # noqa: B018  # made once, not by each process

    def shares(self, drafts: Mapping[str, Sequence[Draft]], site: Path) -> dict[str, list[Share]]:
        """Makes pages, by language, side by side."""
        jobs = [
            (code, partial(make_share, self.contents, self.frame, self.drawer, code, some, site))
            for code, found in drafts.items()
            for some in _in_runs(found)
        ]
        shares: dict[str, list[Share]] = {}
        for (code, _), share in zip(jobs, side_by_side(ROOT, [job for _, job in jobs]), strict=True):
            shares.setdefault(code, []).append(share)
        return shares

    def finish(self, shares: Mapping[str, Sequence[Share]], site: Path) -> int:
        """Makes of all pages what the site has besides them, and seals it. Returns the number of pages."""
        contents, writing = self.contents, Writing(site)
        for address, content in self.frame.assets.contents.items():
            writing.content(address, content)
        with told(ROOT):
            lists = {code: contents.lists_of(code, pages_of(found)) for code, found in shares.items()}
            staged = replace(self.frame, pages={code: (*pages_of(found), *lists[code]) for code, found in shares.items()})
            translations = staged.translations()
        jobs = [
            partial(finish_language, contents, staged, self.drawer, code, found, lists[code], translations, site)
            for code, found in shares.items()
        ]
        written: dict[str, Written] = {}
        for files in side_by_side(ROOT, jobs):
            written |= files
        with told(ROOT):
            texts = {address: bare(text) for _, make in contents.file_groups() for address, text in make().items()}
            lost = self.drawer.lost(staged.default, urlsplit(contents.origin).path)
        for address, content in furniture(replace(staged, files=texts), contents.origin).items():
            writing.content(address, content)
        writing.text("404.html", lost)
        for found in shares.values():
            written |= _files(found)
        seal(site, written | writing.files)
        return sum(len(pages) for pages in staged.pages.values())


def _files(shares: Sequence[Share]) -> dict[str, Written]:
    return {path: one for share in shares for path, one in share.files.items()}


def _in_runs(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    """Runs of about equal length, none longer than :data:`SHARE`."""
    size = -(-len(drafts) // -(-len(drafts) // SHARE))
    for start in range(0, len(drafts), size):
        yield drafts[start : start + size]


@contextmanager
def _building() -> Iterator[None]:
    """What holds around every build: one at a time."""
    gc.disable()  # a build holds on to what it makes until it ends: collecting costs a tenth of it and frees nothing
    try:
        with one_at_a_time(ROOT / ".build.lock", lambda said: sys.stderr.write(f"{said}\n")):
            yield
    finally:
        gc.enable()
