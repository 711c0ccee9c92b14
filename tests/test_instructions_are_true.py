"""What README and CONTRIBUTING say is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from atlas.fault import FaultyInputError
from atlas.staging import check, stage
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CONTRIBUTING.ko.md"])
def test_the_hospital_of_the_instructions_fails_and_is_mended_as_they_say(name: str, project: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    record = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    message = re.search(r"```\n +(data/hospitals/.*?)\n", text)
    assert record
    assert message
    path = project / "data/hospitals/example-clinic.yaml"
    path.write_text(re.sub("^   ", "", record.group(1), flags=re.MULTILINE), encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    assert [str(fault) for fault in raised.value.faults] == [message.group(1)]
    path.write_text(path.read_text(encoding="utf-8").replace("02-123", '"+82-2-2228-0114"'), encoding="utf-8")
    pages = stage(project, "https://x.example/").pages
    assert all(any(page.path == "hospitals/example-clinic/" for page in found) for found in pages.values())


def test_the_place_of_the_instructions_is_taken_as_it_stands(project: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    record = re.search(r"```yaml\n(# yaml-language-server[^\n]*experience\.json\n.*?)```", text, re.DOTALL)
    assert record
    (project / "data/experiences/busan-cinema-center.yaml").write_text(record.group(1), encoding="utf-8")
    atlas, _ = check(project)
    assert atlas.experiences["busan-cinema-center"].body.effort == "seated"


def test_a_closed_institution_stays_with_its_date(project: Path) -> None:
    path = project / "data/hospitals/hangil-eye-hospital.yaml"
    path.write_text(path.read_text(encoding="utf-8") + 'closed: {date: "2026-05", sources: [kbr-hangil]}\n', encoding="utf-8")
    docs = stage(project, "https://x.example/").docs
    assert "Closed since May 2026." in (docs / "en/hospitals/hangil-eye-hospital/index.md").read_text(encoding="utf-8")


def test_every_command_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "README.ko.md"):
        for target in re.findall(r"`make ([a-z]+)`", (ROOT / name).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_registry_host_and_no_path_of_a_machine_is_named() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert len(locks) == 4
    required = [path for path in (ROOT / "requirements").rglob("*") if path.is_file()]
    for path in (*required, ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "mkdocs.yml"):
        text = path.read_text(encoding="utf-8").replace("https://korea-care-atlas.example/", "")
        assert not re.search(r"https?://|file:|/opt/|/root/|/home/", text), path
        if path in locks:
            assert not re.search(r"^-", text, re.MULTILINE), f"{path} has a line with an option"
