"""Publishing to a folder that a web server reads: each release in a folder of its own, and one link that leads to the newest.

``TO/current`` → ``TO/releases/<first 16 digits of the digest>``; ``TO/previous`` → the one before. Readers get the one or the other,
never a mixture, because the link is replaced by a rename, which is one step (rename(2)).
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import brotli

from atlas.publishing.manifest import NAME, read_manifest
from atlas.publishing.replace import NotReplacedError, one_at_a_time, refusal
from atlas.publishing.verify import verify

CURRENT, PREVIOUS, RELEASES = "current", "previous", "releases"
COMPRESSIBLE = frozenset({".html", ".css", ".js", ".json", ".geojson", ".svg", ".xml", ".atom", ".csv", ".ics", ".txt", ".webmanifest"})
SMALLEST = 256
"""Below so many bytes a compressed copy saves nothing."""
QUALITY = 9
"""Of brotli: 11 saves 3 % more and takes twenty times as long."""


def publish(site: Path, to: Path, say: Callable[[str], object]) -> Path:
    """Copies a built site to ``to`` as a new release, with compressed copies, and makes it the current one. Returns its folder.

    Raises :class:`~atlas.publishing.replace.NotReplacedError` where ``site`` is not as it was built, where ``to`` holds other things,
    and where the disk refuses; what is published then stays.
    """
    _ours(to)
    try:
        to.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(to / ".lock", say):
            return _publish(site, to)
    except OSError as error:
        raise NotReplacedError(refusal(to, error)) from error


def _publish(site: Path, to: Path) -> Path:
    try:
        troubles = verify(str(site))
    except ValueError as error:
        raise NotReplacedError(f"{error}. Build it first: make site") from None
    if troubles:
        raise NotReplacedError(f"{site} is not as it was built: {troubles[0]}, and {len(troubles) - 1} more. Build it again.")
    manifest, digest = read_manifest((site / NAME).read_text(encoding="utf-8"))
    release = to / RELEASES / digest[:16]
    for left in (to / RELEASES).glob(".*"):
        shutil.rmtree(left)
    if not release.is_dir():
        fresh = release.with_name(f".{release.name}")
        try:
            shutil.copytree(site, fresh, copy_function=shutil.copyfile)
            _compress(fresh, [path for path, one in manifest.files.items() if one.size >= SMALLEST])
            fresh.rename(release)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    if _leads_to(to / CURRENT) != release.name:
        if old := _leads_to(to / CURRENT):
            _link(to / PREVIOUS, old)
        _link(to / CURRENT, release.name)
    kept = {_leads_to(to / CURRENT), _leads_to(to / PREVIOUS)}
    for other in sorted((to / RELEASES).iterdir()):
        if other.name not in kept:
            shutil.rmtree(other)
    return release


def go_back(to: Path, say: Callable[[str], object]) -> Path:
    """Makes the release before the current one. Raises :class:`~atlas.publishing.replace.NotReplacedError` where there is none."""
    with one_at_a_time(to / ".lock", say):
        now, before = _leads_to(to / CURRENT), _leads_to(to / PREVIOUS)
        if not now or not before:
            raise NotReplacedError(f"{to} has no release to go back to.")
        _link(to / CURRENT, before)
        _link(to / PREVIOUS, now)
        return to / RELEASES / before


def _ours(to: Path) -> None:
    if to.is_file() or (
        to.is_dir() and (names := {path.name for path in to.iterdir()}) and RELEASES not in names - {".lock"} and names != {".lock"}
    ):
        raise NotReplacedError(f"{to} holds other things than releases of a site. Name an empty folder; it was left as it was.")


def _leads_to(link: Path) -> str | None:
    """The name of the release that a link leads to."""
    return link.readlink().name if link.is_symlink() and link.exists() else None


def _link(link: Path, release: str) -> None:
    fresh = link.with_name(f".{link.name}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(RELEASES) / release)
    fresh.replace(link)


def _compress(folder: Path, paths: list[str]) -> None:
    """Writes the compressed copies, on all processors."""
    files = [folder / path for path in paths if Path(path).suffix in COMPRESSIBLE]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for _ in pool.map(_compress_one, files, chunksize=64):
            pass


def _compress_one(file: Path) -> None:
    content = file.read_bytes()
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    file.with_name(f"{file.name}.br").write_bytes(brotli.compress(content, quality=QUALITY))
