"""A check that uses what an earlier one has worked out says what a check that knows nothing says."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from atlas import article, kept, loading, yamltext
from atlas.fault import FaultyInputError
from atlas.kept import FILE, keeping
from atlas.outline import Outline
from atlas.remarks import remarks
from atlas.staging import check
from tests.conftest import ROOT

HOSPITAL = "data/hospitals/severance-hospital.yaml"
PAGE = "docs/en/rights/consent.md"
ROUNDS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (
        (HOSPITAL, "lat: 37.562117", "lat: 35.1"),
        (PAGE, "## Your duties {#duties}", "## Your duties {#the-duties}\n\nSee [this](#duties)."),
    ),
    (
        ("data/facts/rights.yaml", "consent-form:", "consent-forms:"),
        (PAGE, "## Your duties {#duties}", "## The best doctor in Korea {#duties}"),
    ),
    (
        ("docs/en/about/index.md", "A doctor must decide", "The best doctor in Korea may decide"),
        ("data/wellness/spaland.yaml", '    en: "It is a', '    en: "Guaranteed cure of 7 illnesses. It is a'),
    ),
)
"""Edits of what checks rest on, each round by itself: file, text, new text."""


def said(project: Path) -> list[str]:
    """All that a check says of a project: its faults, or else its remarks."""
    try:
        atlas, articles = check(project)
    except FaultyInputError as error:
        return [str(fault) for fault in error.faults]
    return [str(one) for one in remarks(project, atlas, articles)]


def with_what_is_kept(project: Path) -> list[str]:
    with pytest.MonkeyPatch.context() as patch, keeping(project):
        for module in (article, loading):  # past what the tests of this process have read
            patch.setattr(module, "read_yaml", yamltext.read_yaml)
        return said(project)


def test_after_any_edit_it_says_what_a_first_check_says(project: Path) -> None:
    with_what_is_kept(project)
    assert (project / FILE).is_file()
    for edits in ROUNDS:
        before = {file: (project / file).read_text(encoding="utf-8") for file, _, _ in edits}
        for file, old, new in edits:
            assert old in before[file], f"{old!r} is not in {file}"
            (project / file).write_text(before[file].replace(old, new, 1), encoding="utf-8")
        told = with_what_is_kept(project)
        assert told == said(project)
        assert told
        for file, text in before.items():
            (project / file).write_text(text, encoding="utf-8")


def test_what_others_wrote_or_broke_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(answer: int) -> int:
        with keeping(tmp_path):
            return kept.made("answer", b"question", lambda: answer)

    assert (made(1), made(2)) == (1, 1)
    file = tmp_path / FILE
    good = file.read_bytes()
    for broken in (good[:-1], good[:40] + bytes([good[40] ^ 1]) + good[41:], b"", b"\0" * 100):
        file.write_bytes(broken)
        assert made(3) == 3
        file.write_bytes(good)
    monkeypatch.setattr(kept, "_engine", lambda: b"another engine")
    assert made(4) == 4


def test_what_has_faults_is_not_kept_and_a_full_disk_is_no_fault(tmp_path: Path) -> None:
    def raising() -> int:
        with keeping(tmp_path):
            kept.made("a", b"", lambda: 1)
            raise FaultyInputError([])

    with pytest.raises(FaultyInputError):
        raising()
    assert not (tmp_path / "build").exists()
    (tmp_path / "build").write_text("no folder", encoding="utf-8")
    with keeping(tmp_path):
        assert kept.made("a", b"", lambda: 1) == 1
        assert kept.made("b", b"", lambda: [1], worth=lambda found: not found) == [1]


def test_the_command_runs_the_engine_of_its_project_from_any_folder(tmp_path: Path) -> None:
    """``.venv/bin/atlas``, as ``make site`` puts it there; another project in the working folder is not run."""
    place = tmp_path / "project with spaces"
    (place / ".venv/bin").mkdir(parents=True)
    (place / "atlas").mkdir()
    (place / "atlas/__main__.py").write_text("import sys; print('ours', *sys.argv[1:])\n", encoding="utf-8")
    (place / "atlas/__init__.py").touch()
    (tmp_path / "elsewhere/atlas").mkdir(parents=True)
    (tmp_path / "elsewhere/atlas/__main__.py").write_text("print('theirs')\n", encoding="utf-8")
    (place / ".venv/bin/python").symlink_to(shutil.which("python3") or "/usr/bin/python3")
    command = Path(shutil.copy(ROOT / "requirements/atlas.sh", place / ".venv/bin/atlas"))
    command.chmod(0o755)
    words = [str(command), "check", "two words"]
    done = subprocess.run(words, cwd=tmp_path / "elsewhere", capture_output=True, text=True, check=True, env=dict(os.environ))
    assert done.stdout == "ours check two words\n"


def test_a_check_needs_no_view_and_nothing_that_draws() -> None:
    """What it loads is paid for before every commit."""
    code = "import sys, atlas.checking, atlas.remarks, atlas.due, atlas.commands.check; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    assert "atlas.checking" in loaded
    heavy = {"numpy", "shapely", "rich", "lxml", "mkdocs", "atlas.staging", "atlas.contents", "atlas.views"}
    assert heavy.isdisjoint(loaded)


def test_a_build_loads_and_works_out_nothing_before_it_is_asked_for() -> None:
    """After an edit most of it is not asked for: the start would take longer than all the rest."""
    built = "print(*(one.__name__ for one in Record.__subclasses__() if one.__pydantic_complete__))"
    code = f"import sys, atlas.building.site; print(*sys.modules); from atlas.records.record import Record; {built}"
    loaded, models = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    assert {"numpy", "shapely", "holidays", "phonenumbers", "ahocorasick", "http.client", "html.parser"}.isdisjoint(loaded.split())
    assert not models


def test_a_kept_outline_needs_nothing_that_draws() -> None:
    outline = Outline({"KR-49": (((33.2, 126.2), (33.5, 126.2), (33.5, 126.9)),)})
    assert outline.shapes
    again = pickle.loads(pickle.dumps(outline))
    assert again == outline
    assert "shapes" not in vars(again)
