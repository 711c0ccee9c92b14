"""What a build makes of what the last one has kept is byte for byte what a build from nothing makes, whatever was edited, lost or killed.

The edits are random, from a seed; ``python -m bench.stale`` tries many more of them for as long as one likes.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path
from random import Random

import pytest

from atlas.building import site as building
from atlas.publishing.manifest import NAME
from atlas.publishing.verify import verify
from tests.conftest import build_for, ended, parted
from tests.edits import (
    PAGES,
    RECORDS,
    Edit,
    Saved,
    article_template_changed,
    copied,
    edit,
    page_added,
    page_deleted,
    page_renamed,
    renamed_in_one_language,
    sentence_added,
    site_damaged,
    strays,
    thinned,
)


@pytest.fixture(scope="module")
def built(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with few records and all written pages, built as ``atlas build`` does. Nobody changes it."""
    folder = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(template, folder)
    thinned(folder)
    assert warm(folder) == 0
    return folder


def warm(project: Path) -> int:
    """Builds into ``site/`` with what is kept. Returns 0, or 1 where it is refused."""
    return ended(parted(project, building.build_site))


def killed(project: Path, after: float) -> None:
    process = parted(project, building.build_site)
    time.sleep(after)
    os.killpg(process, signal.SIGKILL)
    ended(process)


STEPS: tuple[tuple[tuple[Edit, ...], int], ...] = (
    ((renamed_in_one_language, sentence_added), 2),
    ((site_damaged, sentence_added), 3),
    ((page_added, page_deleted, page_renamed), 2),
    (RECORDS, 3),
    ((article_template_changed,), 1),
    (PAGES, 3),
    ((*PAGES, *RECORDS), 2),
)
"""Kinds of edits, and how many are made before the next build."""


@pytest.mark.parametrize("seed", [21])
def test_whatever_was_edited(built: Path, tmp_path: Path, seed: int, capfd: pytest.CaptureFixture[str]) -> None:
    """Every other build is killed first; what it has left must not harm, and the site must be whole."""
    random, project = Random(seed), tmp_path / "project"
    shutil.copytree(built, project)
    site, done = project / "site", []
    for step, (edits, number) in enumerate(STEPS):
        saved = Saved(project)
        done += [edit(project, random, edits) for _ in range(number)]
        if step % 2:
            killed(project, random.uniform(0, 1.5))
            assert site_damaged in edits or verify(str(site)) == [], done
        before = manifest(site)
        if warm(project) != 0:
            assert "FaultyInputError" in capfd.readouterr().err, done
            assert manifest(site) == before, done
            with pytest.raises(AssertionError):
                build_for(copied(project, tmp_path / f"refused-{step}"))
            saved.restore()
            done.append("taken back, for it was refused")
    assert warm(project) == 0, done
    cold = copied(project, tmp_path / "cold")
    build_for(cold)
    assert strays(site, cold / "site")[:20] == [], done


def test_what_is_wrong_is_told_where_it_stands(built: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of files that are as they were only what was found in them is kept, which must do to tell the fault in another."""
    project = tmp_path / "project"
    shutil.copytree(built, project)
    stored = sorted((project / "data/translations/leaves").glob("*.json"))[0]
    term = sorted((project / "data/terms").glob("*.yaml"))[0]
    for path, more in ((stored, "x"), (project / "data/schemes.yaml", "\tx"), (term, "x:\n  forms: {en: x}\n")):
        before = manifest(project / "site")
        text = path.read_text(encoding="utf-8")
        path.write_text(text + more, encoding="utf-8")
        assert warm(project) == 1
        said = capfd.readouterr().err
        assert f"{path.relative_to(project)}:" in said, said
        assert "the engine cannot work with this" not in said
        assert manifest(project / "site") == before
        path.write_text(text, encoding="utf-8")
    assert warm(project) == 0


def manifest(site: Path) -> bytes | None:
    return (site / NAME).read_bytes() if (site / NAME).is_file() else None
