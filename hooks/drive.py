"""The fast way to the same site: one process for each language, side by side, with the same ``mkdocs.yml``.

The pages are byte for byte those of ``mkdocs build``. A process sets the i18n plugin to its language and tells it that a build is going
on, which keeps it from building the others; the stage is written once, before. ``build_only_locale`` is not the way: it moves the language
to ``/`` and drops the alternates.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import traceback
from pathlib import Path

from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from atlas.sitemap import publish_furniture
from atlas.staging import stage

ROOT = Path(__file__).resolve().parent.parent


class BuildFailedError(Exception):
    """A language could not be built; what went wrong has been printed."""


def build_site(site: Path | None = None) -> int:
    """Builds the whole site into a fresh folder beside ``site`` and puts it in place by a rename. Returns the number of pages.

    Raises :class:`~atlas.fault.FaultyInputError` or :class:`BuildFailedError`; then the last good site is left as it was.
    """
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(logging.StreamHandler(sys.stderr))
    gc.disable()  # a build holds on to what it makes until it ends: collecting costs a tenth of it and frees nothing
    site = site or ROOT / "site"
    fresh = site.with_name(f".{site.name}.{os.getpid()}")
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(fresh), strict=True)
    origin = config.site_url.rstrip("/") + "/"
    staged = stage(ROOT, origin)
    try:
        _build_languages(config, tuple(staged.pages))
        publish_furniture(staged, origin, fresh)
        _swap(fresh, site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        gc.enable()
    return sum(len(pages) for pages in staged.pages.values())


def _build_languages(config: MkDocsConfig, languages: tuple[str, ...]) -> None:
    """Forks one process for each language, as many at once as there are processors."""
    waiting, failed = list(languages), list[str]()
    running: dict[int, str] = {}
    at_once = len(os.sched_getaffinity(0))
    while waiting or running:
        while waiting and len(running) < at_once:
            language = waiting.pop(0)
            sys.stdout.flush()
            sys.stderr.flush()
            pid = os.fork()
            if pid == 0:
                os._exit(_build_language(config, language))
            running[pid] = language
        pid, status = os.waitpid(next(iter(running)), 0)
        if os.waitstatus_to_exitcode(status) != 0:
            failed.append(running[pid])
        running.pop(pid)
    if failed:
        raise BuildFailedError(f"not built: {', '.join(sorted(failed))}")


def _build_language(config: MkDocsConfig, language: str) -> int:
    i18n = config.plugins["i18n"]
    i18n.current_language = language
    i18n.building = True
    utils.clean_directory = lambda _: None
    try:
        build(config)
    except MkDocsException as error:
        sys.stderr.write(f"{language}: {error}\n")
        return 1
    except Exception:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _swap(fresh: Path, site: Path) -> None:
    """Puts ``fresh`` in the place of ``site``; what stood there goes away last."""
    old = site.with_name(f".{site.name}.old.{os.getpid()}")
    if site.exists():
        site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
