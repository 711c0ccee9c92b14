"""The fast way to the same site: one process for each language, side by side, with the same ``mkdocs.yml``.

The pages are byte for byte those of ``mkdocs build``. A process sets the i18n plugin to its language and tells it that a build is going
on, which keeps it from building the others; the stage is written once, before. ``build_only_locale`` is not the way: it moves the language
to ``/`` and drops the alternates.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from atlas.intake.blame import blamed
from atlas.publishing.inputs import inputs_digest
from atlas.publishing.part import NAME as PART
from atlas.publishing.part import Part, PartsError, check_parts, put_together, read_part, write_part
from atlas.publishing.replace import fresh_folder, one_at_a_time
from atlas.sitemap import publish_furniture
from atlas.staging import Stage, stage

ROOT = Path(__file__).resolve().parent.parent


class BuildFailedError(Exception):
    """A language could not be built; what went wrong has been printed."""


def build_site(site: Path | None = None, last: Path | None = None) -> int:
    """Builds the whole site into a fresh folder beside ``site`` and puts it in place in one step. Returns the number of pages.

    ``last`` is the last published edition, with which the facts are compared. Raises :class:`~atlas.fault.FaultyInputError`,
    :class:`BuildFailedError` or :class:`~atlas.publishing.replace.NotReplacedError`; then,
    and when it is killed, the last good site is as it was.
    """
    site = site or ROOT / "site"
    with _building(), fresh_folder(site) as fresh:
        config, staged = _staged(fresh, last)
        _build_languages(config, tuple(staged.pages))
        publish_furniture(staged, _origin(config), fresh)
    return sum(len(pages) for pages in staged.pages.values())


def build_part(language: str, folder: Path, last: Path | None = None) -> int:
    """Builds one language into ``folder``, to be merged with the others. Returns the number of pages.

    Raises as :func:`build_site` does, and :class:`~atlas.publishing.part.PartsError` where there is no such language.
    """
    with _building(), fresh_folder(folder, mark=PART) as fresh:
        config, staged = _staged(fresh, last)
        if language not in staged.pages:
            raise PartsError(f"this site has no language {language}. Name one of {', '.join(staged.pages)}.")
        _build_languages(config, (language,))
        write_part(fresh, Part(language, inputs_digest(ROOT, _origin(config), last)))
    return len(staged.pages[language])


def merge_parts(folders: Sequence[Path], site: Path | None = None, last: Path | None = None) -> int:
    """Makes the whole site of its parts: the same bytes as :func:`build_site`. Returns the number of pages.

    Raises as :func:`build_site` does, and :class:`~atlas.publishing.part.PartsError` where the parts are not of this one build.
    """
    site = site or ROOT / "site"
    with _building(), fresh_folder(site) as fresh:
        config, staged = _staged(fresh, last)
        parts = [(folder, read_part(folder)) for folder in folders]
        check_parts(parts, tuple(staged.pages), inputs_digest(ROOT, _origin(config), last))
        put_together(folders, fresh)
        publish_furniture(staged, _origin(config), fresh)
    return sum(len(pages) for pages in staged.pages.values())


def stage_site(last: Path | None = None) -> int:
    """Writes the staged tree only, into ``build/docs``. Returns the number of pages. Raises as :func:`build_site` does."""
    with _building():
        _, staged = _staged(ROOT / "site", last)
    return sum(len(pages) for pages in staged.pages.values())


@contextmanager
def _building() -> Iterator[None]:
    """What holds around every build: one at a time, and what MkDocs says is heard."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    heard = logging.StreamHandler(sys.stderr)
    logging.getLogger("mkdocs").addHandler(heard)
    gc.disable()  # a build holds on to what it makes until it ends: collecting costs a tenth of it and frees nothing
    try:
        with one_at_a_time(ROOT / ".build.lock", lambda said: sys.stderr.write(f"{said}\n")):
            yield
    finally:
        gc.enable()
        logging.getLogger("mkdocs").removeHandler(heard)


def _staged(fresh: Path, last: Path | None) -> tuple[MkDocsConfig, Stage]:
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(fresh), strict=True)
    return config, stage(ROOT, _origin(config), last)


def _origin(config: MkDocsConfig) -> str:
    return str(config.site_url).rstrip("/") + "/"


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
    except OSError as error:
        sys.stderr.write(f"{language}: {error.strerror} ({error.filename})\n")
        return 1
    except Exception as error:
        sys.stderr.write(f"{language}: {blamed(error, ROOT)}\n")
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
