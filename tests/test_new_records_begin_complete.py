"""``atlas new``: what it writes needs no more than the gaps that it names, and what it cannot know it does not take."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from atlas import loading
from atlas.__main__ import cli
from atlas.commands.today import today_in_korea
from atlas.fault import Fault, FaultyInputError
from atlas.staging import check
from tests.conftest import ROOT
from tests.test_the_command_line_teaches import here, run

__all__ = ["here"]
SOURCE = "localdata-2022"
FILLED = {
    "kind": "clinic",
    "kinds": "[hot-spring]",
    "names.ko.text": "시험",
    "names.en.text": "Trial",
    "name.ko": "시험",
    "name.en": "Trial",
    "summary.ko": "시험입니다.",
    "summary.en": "A trial.",
    "province": "KR-11",
    "specialties": "[dermatology]",
    "sources": f"[{SOURCE}]",
    "entry.0.sources": f"[{SOURCE}]",
    "confidence": "low",
    "as_of": '"2026-11"',
    "entry.0.as_of": "null",
    "entry.0.status": "b-1",
    "entry.0.days": "30",
    "listed": "listed",
    "title": "Trial",
    "description": "What a trial is.",
    "lead": "This is a trial.",
    "section": "plan",
    "critical_class": "B",
}


def begun(*words: str) -> dict[str, Any]:
    """What ``atlas new`` says that it has written, without questions."""
    done = run("new", *words, "--no-ask", "--json")
    assert done.exit_code == 0, done.stderr + done.stdout
    result: dict[str, Any] = json.loads(done.stdout)["result"]
    return result


def faults(project: Path) -> list[str]:
    try:
        check(project)
    except FaultyInputError as error:
        return [str(fault) for fault in error.faults]
    return []


def content(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for top in ("data", "docs") for path in (project / top).rglob("*") if path.is_file()}


def fill(project: Path, result: dict[str, Any]) -> None:
    """Writes what belongs into each gap, at its line and nowhere else."""
    path = project / result["file"]
    lines = path.read_text(encoding="utf-8").split("\n")
    for gap in result["missing"]:
        line, value = lines[gap["line"] - 1], FILLED[gap["field"]]
        head = line.partition("  # ←")[0]
        assert head != line, f"{gap} is not marked in the file: {line}"
        if "{text: ," in head:
            head = head.replace("{text: ,", f"{{text: {value},")
        elif head.endswith("[]"):
            head = head.removesuffix("[]") + value
        elif "sources: []" in head:
            head = head.replace("sources: []", f"sources: [{SOURCE}]")
        else:
            head = f"{head} {value}"
        lines[gap["line"] - 1] = head
    path.write_text("\n".join(lines), encoding="utf-8")


def test_each_kind_passes_once_its_gaps_are_filled(here: Path) -> None:
    gaps: dict[str, list[int]] = {}
    results = []
    for words, file, schema in (
        (["hospital", "new-clinic"], "data/hospitals/new-clinic.yaml", "institution.json"),
        (["treatment", "new-treatment"], "data/treatments/new-treatment.yaml", "treatment.json"),
        (["site", "new-spring", "--of", "wellness"], "data/wellness/new-spring.yaml", "wellness-site.json"),
        (["site", "new-palace", "--kind", "palaces"], "data/experiences/new-palace.yaml", "experience.json"),
        (["country", "FR"], "data/entry/countries.yaml", "country.table.json"),
        (["page", "plan/trial"], "docs/en/plan/trial.md", ""),
    ):
        result = begun(*words)
        assert (result["file"], result["then"][0]) == (file, "atlas check")
        text = (here / file).read_text(encoding="utf-8")
        assert not schema or text.startswith(f"# yaml-language-server: $schema=../schemas/{schema}\n")
        assert f'checked_on: "{today_in_korea()}"' in text
        gaps[file] = [gap["line"] for gap in result["missing"]]
        assert gaps[file] == sorted(gaps[file])
        results.append(result)
    found = [re.match(r"(.*?):(\d+):", fault) for fault in faults(here)]
    places = {(place[1], int(place[2])) for place in found if place}
    assert {file for file, _ in places} == set(gaps)
    assert all(line in gaps[file] for file, line in places), "a fault that no gap announces"
    for result in results:
        fill(here, result)
    assert faults(here) == []


def test_what_is_given_stands_in_the_file_and_is_not_missing(here: Path) -> None:
    result = begun(
        *("hospital", "new-clinic", "--kind", "clinic", "--name-ko", "새의원", "--name-en", "New: Clinic", "--province", "KR-26"),
        *("--district", "haeundae-gu-busan", "--specialty", "dermatology", "--specialty", "dental"),
        *("--phone", "+82-51-123-4567", "--website", "https://www.example.org/", "--source", SOURCE, "--as-of", "2026-11"),
    )
    assert [gap["field"] for gap in result["missing"]] == ["confidence"]
    assert result["then"] == ["atlas check", "atlas serve", "atlas accept --all-of institution/new-clinic"]
    text = (here / result["file"]).read_text(encoding="utf-8")
    assert 'en: {text: "New: Clinic", basis: own}' in text
    assert "specialties: [dermatology, dental]" in text
    assert f'main_line: {{number: "+82-51-123-4567", sources: [{SOURCE}]}}' in text


def test_a_row_stands_at_its_place_and_moves_no_other(here: Path) -> None:
    path = here / "data/entry/countries.yaml"
    before = path.read_text(encoding="utf-8")
    result = begun("country", "FR", "--days", "90", "--status", "b-1", "--source", SOURCE, "--as-of", "2026")
    assert result["missing"] == []
    after = path.read_text(encoding="utf-8")
    row = re.search(r"^FR:\n(?:  .*\n)+", after, re.MULTILINE)
    assert row
    assert after.replace(row[0], "") == before
    assert re.findall(r"^([A-Z]{2}):", after, re.MULTILINE) == sorted(re.findall(r"^([A-Z]{2}):", after, re.MULTILINE))
    assert faults(here) == []


def test_a_translation_begins_with_the_headings_of_its_source(here: Path) -> None:
    (here / "docs/ru/rights/consent.md").unlink()
    result = begun("page", "rights/consent", "--lang", "ru")
    source, made = ((here / f"docs/{code}/rights/consent.md").read_text(encoding="utf-8") for code in ("en", "ru"))
    assert re.findall(r"^#+ .*(\{#.*\})", source, re.MULTILINE) == re.findall(r"^#+ .*(\{#.*\})", made, re.MULTILINE)
    assert result["then"][-1] == "atlas accept ru rights/consent"
    for field in ("section", "order", "critical_class"):
        first, second = (re.findall(rf"^{field}: .*$", text, re.MULTILINE) for text in (source, made))
        assert first == second != []


REFUSED = (
    (["hospital", "severance-hospital"], 1, "data/hospitals/severance-hospital.yaml exists already."),
    (["page", "rights/consent"], 1, "docs/en/rights/consent.md exists already."),
    (["country", "KZ"], 1, "KZ (Kazakhstan) is in data/entry/countries.yaml already."),
    (["hospital", "New Clinic"], 2, "Write new-clinic."),
    (["page", "Rights/Consent"], 2, '"Rights" cannot be part of a path'),
    (["hospital", "x", "--province", "Busan"], 2, "Did you mean KR-26 (Busan)"),
    (["hospital", "x", "--province", "부산"], 2, "Did you mean KR-26 (Busan)"),
    (["treatment", "x", "--specialty", "dermatolgy"], 2, "Did you mean dermatology"),
    (["hospital", "x", "--province", "KR-11", "--district", "haeundae-gu-busan"], 2, "lies in KR-26, not in KR-11"),
    (["hospital", "x", "--website", "example"], 2, 'Website: this is not a web address (got "example"). Write it in full: https://…'),
    (["hospital", "x", "--as-of", "2026-13"], 2, "this date does not exist"),
    (["hospital", "x", "--checked-on", "2026-11"], 2, "the day is missing"),
    (["hospital", "x", "--name-en", "<b>Clinic</b>"], 2, "HTML or a template stands in a text"),
    (["hospital", "x", "--phone", "02-123"], 2, "this is not a full phone number"),
    (["country", "France"], 2, "Did you mean FR (France)?"),
    (["site", "x", "--kind", "food"], 2, "--of wellness"),
    (["page", "x", "--lang", "fr"], 2, "Use one of: en, ko, ru, zh."),
    (["hospital"], 2, "Give it an id, such as example-clinic."),
)


def test_what_cannot_be_is_refused_with_what_may_be_meant_and_nothing_is_written(here: Path) -> None:
    before = content(here)
    for words, code, said in REFUSED:
        done = run("new", *words, "--no-ask")
        assert (done.exit_code, "Traceback" in done.stderr) == (code, False), done.stderr
        assert said in done.stderr
    assert content(here) == before


def asked(*words: str, answers: list[str]) -> Result:
    return CliRunner().invoke(cli, ["new", *words, "--ask"], input="\n".join(answers) + "\n", prog_name="atlas")


def test_it_asks_for_what_is_not_given_and_asks_again_for_what_cannot_be(here: Path) -> None:
    done = asked(
        "hospital",
        *("--district", "haeundae-gu-busan", "--checked-on", "today"),
        answers=[
            *("새의원", "<b>New</b>", "New Clinic"),
            *("New Clinic", "severance-hospital", "", "clinc", "clinic", "Seoul", "KR-11", "gangnam-gu-seoul", "dermatology dental"),
            *("", "02-123", "+82-2-2228-0114", "example", "https://www.example.org/", "2026-13", "2026-10", "2026-11-22"),
        ],
    )
    assert done.exit_code == 0, done.stderr
    reasons = (
        "English name: HTML or a template stands in a text",
        '"New Clinic" cannot be an id: this name is not made of',
        "data/hospitals/severance-hospital.yaml exists already.",
        "Did you mean clinic?",
        "Did you mean KR-11 (Seoul)?",
        "The district haeundae-gu-busan lies in KR-26, not in KR-11.",
        'Telephone: this is not a full phone number (got "02-123"). Write it with the country code and hyphens: +82-2-…',
        "Website: this is not a web address",
        "Date of the newest source: this date does not exist",
        "Day on which it was compared with its sources: this is not a date",
    )
    at = [done.stderr.find(reason) for reason in reasons]
    assert -1 not in at, reasons[at.index(-1)]
    assert {at.index(place) for place in sorted(at)} == set(range(len(at)))
    text = (here / "data/hospitals/new-clinic.yaml").read_text(encoding="utf-8")
    for line in (
        "kind: clinic",
        "province: KR-11",
        "district: gangnam-gu-seoul",
        "specialties: [dermatology, dental]",
        'as_of: "2026-10"',
        'checked_on: "2026-11-22"',
    ):
        assert f"{line}\n" in text
    assert 'number: "+82-2-2228-0114"' in text


def test_a_fault_at_the_end_loses_no_answer(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no question can know, such as a rule between two fields, is told with its line in the file that is written."""

    def of_kind(_kind: object, _text: str, path: str, _known: object) -> list[Fault]:
        return [Fault(path, 3, 1, "names", "this does not fit", "nothing", "Mend it.")]

    monkeypatch.setattr(loading, "record_faults", of_kind)
    done = asked("hospital", answers=["", "New Clinic", "", *[""] * 8])
    assert (done.exit_code, "Mend it there:" in done.stdout) == (1, True)
    assert "data/hospitals/new-clinic.yaml:3:1: names: this does not fit" in done.stderr
    assert "New Clinic" in (here / "data/hospitals/new-clinic.yaml").read_text(encoding="utf-8")
    assert run("new", "hospital", "other", "--no-ask").exit_code == 1
    assert not (here / "data/hospitals/other.yaml").exists(), "what was given on the command line can be given again"


def test_editors_are_told_which_schema_each_file_has_and_what_each_field_means() -> None:
    from atlas.schema import editor_schemas

    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == editor_schemas(), "write what atlas.schema.editor_schemas() gives into .vscode/settings.json"
    assert settings["yaml.schemaStore.enable"] is False
    assert all((ROOT / schema).is_file() for schema in settings["yaml.schemas"])
    for file in (ROOT / "data/schemas").glob("*.json"):
        whole = json.loads(file.read_text(encoding="utf-8"))
        for part in (whole, whole.get("additionalProperties"), *whole.get("$defs", {}).values()):
            for name, field in (part or {}).get("properties", {}).items() if isinstance(part, dict) else ():
                assert field.get("description"), f"{file.name}: {part.get('title')}.{name}"
    pattern = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"][0]["problemMatcher"]["pattern"]
    found = re.match(pattern["regexp"], "data/x.yaml:3:14: names.ko: this must be text (got nothing). Put it in quotes.")
    assert found
    assert found.groups()[:3] == ("data/x.yaml", "3", "14")


def test_the_hook_before_commits_runs_what_is_here_and_fetches_nothing() -> None:
    import yaml

    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (repo,) = yaml.safe_load(text)["repos"]
    (hook,) = repo["hooks"]
    assert (repo["repo"], hook["language"], hook["entry"]) == ("local", "system", ".venv/bin/atlas check")
    assert "http" not in text
    assert re.search(hook["files"], "data/hospitals/x.yaml")
    assert re.search(hook["files"], "docs/ko/visa/index.md")
