"""The commands ``stage``, ``build`` and ``merge``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from atlas.commands.command import FailedError, command
from atlas.commands.report import ROOT, report
from atlas.commands.typed import PART

_LAST = click.option(
    "--last",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    envvar="LAST",
    default=None,
    help="The last published site, or a copy of its data/v1/ and changes/: what changed since is told on /changes/ and in feeds.",
)
_INTO = click.Path(path_type=Path)


@command("stage", reports=True, examples=(("atlas stage", "the pages as Markdown with front matter, in build/docs/"),))
@_LAST
def stage_command(last: Path | None) -> None:
    """Write all pages as Markdown with front matter into build/docs/<language>/: what the renderer is given.

    It shows how a change of data/ changes pages, without rendering them; another renderer can take it too.
    """
    from atlas.building.site import stage_site

    with built():
        pages = stage_site(last)
    report().result = {"pages": pages, "into": "build/docs"}
    report().say("${pages} pages in ${folder}.", pages=pages, folder="build/docs/")


_BUILDS = (
    ("atlas build", "the whole site into site/; the one before stays as it is until all went well"),
    ("atlas build --part 3/8", "the third of eight parts, into build/parts/3/, to be merged with the others"),
)


@command("build", reports=True, examples=_BUILDS)
@click.option("--into", type=_INTO, default=None, help="The folder; site/ if left out, build/parts/NUMBER for a part.")
@click.option("--part", type=PART, default=None, metavar="NUMBER/PARTS", help="Build one of so many parts, to be merged with the others.")
@_LAST
def build_command(into: Path | None, part: tuple[int, int] | None, last: Path | None) -> None:
    """Build the whole site into site/, or one part of it.

    A build that fails, or is stopped, leaves the last good site as it was.
    """
    from atlas.building.site import build_part, build_site  # loaded only here: `check` must be quick

    with built():
        if part:
            folder = into or ROOT / "build" / "parts" / str(part[0])
            _told(build_part(*part, folder, last), folder)
        else:
            _told(build_site(into, last), into or ROOT / "site")


@command("merge", reports=True, examples=(("atlas merge build/parts/*", "the site of the parts, the same bytes as atlas build makes"),))
@click.argument(
    "parts",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="PART…",
    help="The folders that `atlas build --part` has made, all of them.",
)
@click.option("--into", type=_INTO, default=None, help="The folder; site/ if left out.")
@_LAST
def merge_command(parts: tuple[Path, ...], into: Path | None, last: Path | None) -> None:
    """Make the whole site of the parts that `atlas build --part` has made; parts of different builds are refused."""
    from atlas.building.site import merge_parts

    with built():
        _told(merge_parts(parts, into, last), into or ROOT / "site")


def _told(pages: int, folder: Path) -> None:
    report().result = {"pages": pages, "into": shown(folder)}
    report().say("${pages} pages in ${folder}.", pages=pages, folder=f"{shown(folder)}/")


def shown(folder: Path) -> str:
    """A folder as one writes it in the project."""
    return str(folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder)


@contextmanager
def built() -> Iterator[None]:
    """Every way in which a build can fail, told in words."""
    from atlas.building.work import BuildFailedError
    from atlas.publishing.part import PartsError
    from atlas.publishing.replace import NotReplacedError

    try:
        yield
    except (BuildFailedError, NotReplacedError, PartsError) as error:
        raise FailedError(str(error)) from None
