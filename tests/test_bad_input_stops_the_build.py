"""Promise 10: bad input stops the build with file, line, field, one sentence on what is wrong and one on how to mend it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.fault import FaultyInputError
from atlas.staging import check
from atlas.yamltext import read_yaml

Change = Callable[[str, str, str], list[str]]
SEVERANCE = "data/hospitals/severance-hospital.yaml"
CASES = {
    "repeated key": (
        "kind: general",
        SEVERANCE,
        "kind: tertiary-general\n",
        "kind: tertiary-general\nkind: general\n",
        'data/hospitals/severance-hospital.yaml:{at}: kind: this field stands here twice (got "kind"). Keep one of the two.',
    ),
    "unknown field": (
        "specialities",
        SEVERANCE,
        "confidence: high",
        "confidence: high\nspecialities: [cancer]",
        'data/hospitals/severance-hospital.yaml:{at}: specialities: there is no such field (got "specialities"). Did you mean specialties?',
    ),
    "field of praise": (
        "rating: 5",
        SEVERANCE,
        "confidence: high",
        "confidence: high\nrating: 5",
        'data/hospitals/severance-hospital.yaml:{at}: rating: there is no such field (got "rating"). '
        "Take it out, or look its name up in data/schemas/.",
    ),
    "reference to nothing": (
        "gh-ru-sevrance",
        SEVERANCE,
        "sources: [gh-ru-severance]",
        "sources: [gh-ru-sevrance]",
        'data/hospitals/severance-hospital.yaml:{at}: names.ru.sources.0: there is no source with this id (got "gh-ru-sevrance"). '
        "Did you mean gh-ru-severance?",
    ),
    "id that is no slug": (
        "Severance_Hospital",
        SEVERANCE,
        "id: severance-hospital",
        "id: Severance_Hospital",
        'data/hospitals/severance-hospital.yaml:{at}: id: this id does not have the right form (got "Severance_Hospital"). '
        "Write lower-case letters, digits and single hyphens, such as asan-medical-center.",
    ),
    "id that is not the file name": (
        "severance\n",
        SEVERANCE,
        "id: severance-hospital",
        "id: severance",
        'data/hospitals/severance-hospital.yaml:{at}: id: the id is not the name of the file (got "severance"). '
        'Write "severance-hospital", or rename the file to severance.yaml.',
    ),
    "point outside Korea": (
        "point:",
        SEVERANCE,
        "lat: 37.562117, lon: 126.940828",
        "lat: 47.562117, lon: 126.940828",
        "data/hospitals/severance-hospital.yaml:{at}: point: this point is not in Korea (lat 47.562117, lon 126.940828) "
        "(got a group of 3 fields). Write WGS84 degrees: lat 33 to 38.7, lon 124.5 to 132.",
    ),
    "point swapped": (
        "point:",
        SEVERANCE,
        "lat: 37.562117, lon: 126.940828",
        "lat: 126.940828, lon: 37.562117",
        "data/hospitals/severance-hospital.yaml:{at}: point: latitude and longitude are swapped (lat 126.940828, lon 37.562117) "
        "(got a group of 3 fields). Write lat: 33 to 38.7, lon: 124.5 to 132.",
    ),
    "phone without country code": (
        '"02-2228-0114"',
        SEVERANCE,
        'number: "+82-2-2228-0114"',
        'number: "02-2228-0114"',
        'data/hospitals/severance-hospital.yaml:{at}: main_line.number: this is not a full phone number (got "02-2228-0114"). '
        "Write it with the country code and hyphens: +82-2-…",
    ),
    "phone that cannot exist": (
        '"+82-2-2228-01"',
        SEVERANCE,
        'number: "+82-2-2228-0114"',
        'number: "+82-2-2228-01"',
        'data/hospitals/severance-hospital.yaml:{at}: main_line.number: no such phone number can exist (got "+82-2-2228-01"). '
        "Compare it with the source, digit by digit.",
    ),
    "range upside down": (
        "span: {least: 5",
        "data/treatments/stomach-cancer-surgery.yaml",
        "least: 4, most: 5",
        "least: 5, most: 4",
        "data/treatments/stomach-cancer-surgery.yaml:{at}: flying.1.span: the range is upside down (least 5, most 4) "
        "(got a group of 3 fields). Swap the two numbers.",
    ),
    "period upside down": (
        "level: designated",
        SEVERANCE,
        'valid_from: "2024-01-01"',
        'valid_from: "2027-01-01"',
        "data/hospitals/severance-hospital.yaml:{at}: evidence.1: the period is upside down: "
        "it ends (2026-12-31) before it begins (2027-01-01) (got a group of 6 fields). Swap or correct the two dates.",
    ),
    "date that does not exist": (
        '"2026-02-30"',
        SEVERANCE,
        'valid_to: "2026-12-31"',
        'valid_to: "2026-02-30"',
        'data/hospitals/severance-hospital.yaml:{at}: evidence.1.valid_to: this date does not exist (got "2026-02-30"). '
        "Look it up in a calendar and write YYYY-MM-DD.",
    ),
    "time read as a number": (
        "10:30",
        SEVERANCE,
        "confidence: high",
        "confidence: 10:30",
        "data/hospitals/severance-hospital.yaml:{at}: confidence: many YAML tools read this as a number to base 60 "
        '(got 10:30). Put it in quotes: "10:30".',
    ),
    "word read as false": (
        "no\n",
        SEVERANCE,
        "confidence: high",
        "confidence: no",
        "data/hospitals/severance-hospital.yaml:{at}: confidence: many YAML tools read this word as true or false "
        '(got no). Put it in quotes: "no".',
    ),
    "number read to base eight": (
        "010",
        SEVERANCE,
        "number: 2452",
        "number: 010",
        "data/hospitals/severance-hospital.yaml:{at}: beds.number: many YAML tools read this as a number to base 8 "
        '(got 010). Put it in quotes: "010".',
    ),
    "missing field": (
        "id: sev",
        SEVERANCE,
        "confidence: high\n",
        "",
        "data/hospitals/severance-hospital.yaml:{at}: confidence: this field is missing (got nothing). "
        "Add it; its form is in data/schemas/institution.json.",
    ),
    "text for a number": (
        '"2452"',
        SEVERANCE,
        "number: 2452",
        'number: "2452"',
        'data/hospitals/severance-hospital.yaml:{at}: beds.number: this must be a whole number (got "2452"). '
        "Write digits only, without quotes.",
    ),
    "current JCI": (
        "level: accredited",
        SEVERANCE,
        "standing: past",
        "standing: stated",
        "data/hospitals/severance-hospital.yaml:{at}: evidence.0: no institution is shown as JCI accredited: sources contradict each "
        "other on whether any still is (got a group of 7 fields). Use standing: past or standing: disputed.",
    ),
    "one text for all languages": (
        "Fertilisation",
        "data/treatments/ivf.yaml",
        "summary:\n",
        "summary: Fertilisation\nnone:\n",
        'data/treatments/ivf.yaml:{at}: summary: this text is needed by language (got "Fertilisation"). '
        "Write a line for each below it (en: …, ko: …, ru: …, zh: …); one of en and ko must be there.",
    ),
    "number typed into a rule": (
        "renewal:",
        "data/rules/registration.yaml",
        "every {years}. The institution",
        "every 3 years ({years}). The institution",
        "data/rules/registration.yaml:{at}: renewal: a number is typed into the en text (got a group of 5 fields). "
        "Put it into values and name it as {name}.",
    ),
    "text missing in a language": (
        "# ",
        "data/wordings/ru.yaml",
        "menu:",
        "menyu:",
        "data/wordings/ru.yaml:{at}: menu: this text is missing (got nothing). Translate it from en.yaml.",
    ),
    "page without front matter": (
        "title",
        "docs/en/about/index.md",
        "---\n",
        "",
        'docs/en/about/index.md:{at}: file: there is no front matter (got "title: How we work"). '
        "Begin the page with ---, its fields, and --- again.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_is_named_with_its_place_and_remedy(case: str, faults_after: Change, project: Path) -> None:
    mark, file, old, new, expected = CASES[case]
    faults = faults_after(file, old, new)
    text = (project / file).read_text(encoding="utf-8")
    before = text[: text.index(mark)]
    at = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert expected.replace("{at}", at) in faults


@pytest.mark.parametrize(
    ("file", "id_", "wrong", "old", "new", "field"),
    [
        (SEVERANCE, "id: severance-hospital\n", "id: severance\n", "confidence: high", "confidence: sure", "confidence"),
        (SEVERANCE, "id: severance-hospital\n", "id: Severance Hospital\n", "confidence: high", "confidence: sure", "confidence"),
        ("data/rules/registration.yaml", "renewal:", "Renewal!:", "values:", "value:", "Renewal!.periods.0.value"),
    ],
)
def test_a_wrong_id_hides_no_other_fault(
    project: Path, faults_after: Change, file: str, id_: str, wrong: str, old: str, new: str, field: str
) -> None:
    path = project / file
    before, found, rest = path.read_text(encoding="utf-8").partition(id_)
    path.write_text(before + found + rest.replace(old, new, 1), encoding="utf-8")
    faults = faults_after(file, id_, wrong)
    assert [fault for fault in faults if f": {field}: " in fault], faults
    assert len([fault for fault in faults if ": id: " in fault or ".id: " in fault]) == 1, "the id is told once"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: *x\nb: 1", "is not YAML"),
        ("a: &x {b: 1}\nc: *x", "anchors are not used"),
        ("a: !!python/name:os.system x", "tags are not used"),
        ("a: [1, 2", "is not YAML"),
        ("a: 0x1F", "another base"),
        ("a: 1_000", "drop the underscores"),
        ("a: 1e5", "read this as a number"),
        ("a: Yes", "true or false"),
        ("a: TRUE", "lower-case"),
        ("a: " + "[" * 30 + "]" * 30, "nested more than 20 deep"),
    ],
)
def test_yaml_that_is_read_in_two_ways_is_refused(text: str, expected: str) -> None:
    _, faults = read_yaml(text, "x.yaml")
    assert [fault for fault in faults if expected in str(fault)]


@pytest.mark.parametrize(("text", "value"), [("a: 0.5", 0.5), ("a: -3", -3), ("a: null", None), ("a: true", True), ('a: "010"', "010")])
def test_plain_values_are_read_as_they_stand(text: str, value: object) -> None:
    document, faults = read_yaml(text, "x.yaml")
    assert document.value == {"a": value}
    assert not faults


def test_what_is_missing_twice_is_said_twice(project: Path) -> None:
    path = project / SEVERANCE
    text = re.sub(r"^(kind|confidence): .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    assert [fault.field for fault in raised.value.faults] == ["confidence", "kind"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (SEVERANCE, "province: KR-11", "province: KR-26", "the district seodaemun-gu-seoul does not lie in this province"),
        (SEVERANCE, "level: designated\n  scheme: tertiary", "level: accredited\n  scheme: tertiary", "does not give this level"),
        (SEVERANCE, '"+82-2-2228-0114", sources: [egen-2026]', '"+82-2-2228-0114", sources: []', "this list is too short"),
        (SEVERANCE, '"+82-2-2228-0114"', '"+82-02-2228-0114"', "the leading zero is left out"),
        (SEVERANCE, 'value: "2438"', 'value: "about 2438"', "a number of beds is not a number"),
        ("data/languages.yaml", "locale: ru", "locale: xx_YY", "CLDR has no such locale"),
        ("data/languages.yaml", "order: 2", 'order: "2"', "must be a whole number"),
        ("data/languages.yaml", "kk: {}", "qq: {}", "CLDR has no name for this language"),
        ("data/entry/lists.yaml", 'valid_from: "2023-04-01"', 'valid_from: "2027-04-01"', "the period is upside down"),
        ("data/entry/lists.yaml", "countries: [HK, JP,", "countries: [HK, QQ,", "there is no country with this id"),
        ("data/entry/lists.yaml", "countries: [HK, JP,", "countries: [HK, HK, JP,", "the list names HK twice"),
        ("data/entry/schemes.yaml", "k-eta-exempt", "k-eta-exemption", "there is no country-list with this id"),
        ("data/entry/decisions.yaml", "outcome: b-1,", "outcome: b-9,", "there is no outcome with this id"),
        ("data/entry/rules/k-eta.yaml", "  of: k-eta", "  of: k-etta", "there is no status or entry-scheme with this id"),
        ("data/entry/fees.yaml", "    currency: USD", "    #", "this field is missing"),
        ("data/entry/fees.yaml", "    as_of: null", "    #", "this field is missing"),
        ("data/entry/fees.yaml", '    checked_on: "2026-11-22"', "    #", "this field is missing"),
        ("data/entry/documents.yaml", ", ko: ", ", ru: ", "the paper has no Korean name"),
        ("data/entry/countries.yaml", "status: b-1, days: 30", "status: null, days: 30", "30 days do not go with no visa-free status"),
        ("data/entry/countries.yaml", "KZ: {entry", "Kaz: {entry", "this id does not have the right form"),
        ("data/entry/rules/c-3-3.yaml", "{number: 90, unit: day}", "{number: 90, unit: dag}", "this word is not one of those allowed"),
        ("data/entry/rules/c-3-3.yaml", "{number: 90, unit: day}", "{size: 90}", "number: this field is missing"),
        ("data/site.yaml", "helpline: 180", "source: 3", "is not one of those allowed"),
        ("data/wordings/ru.yaml", "menu: ", 'menu: "{" #', "a brace stands alone"),
    ],
)
def test_what_would_break_the_pages_later_is_refused_at_once(file: str, old: str, new: str, expected: str, faults_after: Change) -> None:
    assert [fault for fault in faults_after(file, old, new) if expected in fault and fault.startswith(f"{file}:")]


def test_files_that_nothing_reads_are_named(project: Path) -> None:
    (project / "data/hospitals/empty.yaml").write_text("", encoding="utf-8")
    (project / "data/hospitals/other.yml").write_text("id: other\n", encoding="utf-8")
    (project / "docs/en/odd.md").write_bytes(b"---\ntitle: \xff\n---\n")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    assert [(fault.path, fault.what) for fault in raised.value.faults] == [
        ("data/hospitals/empty.yaml", "this file is empty"),
        ("data/hospitals/other.yml", "nothing reads this file"),
        ("docs/en/odd.md", "this is not UTF-8 text"),
    ]


def test_all_faults_come_at_once_and_nothing_is_written(project: Path) -> None:
    severance = project / SEVERANCE
    text = severance.read_text(encoding="utf-8").replace("+82-2-2228-0114", "02").replace("lat: 37.562117", "lat: 0.1")
    severance.write_text(text, encoding="utf-8")
    ivf = project / "data/treatments/ivf.yaml"
    ivf.write_text(ivf.read_text(encoding="utf-8").replace("[fertility]", "[fertilty]"), encoding="utf-8")
    good = project / "site"
    good.mkdir()
    (good / "index.html").write_text("the last good site", encoding="utf-8")
    (good / "manifest.json").write_text("its manifest", encoding="utf-8")
    for command in ("check", "build"):
        done = subprocess.run([sys.executable, "-m", "atlas", command], cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.count("severance-hospital.yaml") == 2
        assert done.stderr.count("data/treatments/ivf.yaml") == 1
        assert "3 fault(s)." in done.stderr
    assert sorted(file.name for file in good.iterdir()) == ["index.html", "manifest.json"]
    assert not (project / "build").exists()


def test_plain_mkdocs_stops_too(project: Path) -> None:
    path = project / SEVERANCE
    path.write_text(path.read_text(encoding="utf-8").replace("kind: tertiary-general", "kind: best"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "kind: there is no institution-kind with this id" in done.stderr
    assert not (project / "site").exists()


def periods_of_kazakhstan(project: Path, first: str, second: str) -> list[str]:
    """Splits the period of one passport in two, and returns what ``check`` says."""
    path = project / "data/entry/countries.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("KZ: "))
    period = line[line.index("[{") + 2 : line.index("}]")]
    path.write_text(text.replace(line, f"KZ: {{entry: [{{{period}, {first}}}, {{{period}, {second}}}]}}"), encoding="utf-8")
    try:
        check(project)
    except FaultyInputError as error:
        return [str(fault) for fault in error.faults]
    return []


def test_two_rules_for_one_day_and_a_day_without_a_rule_are_refused(project: Path) -> None:
    text = (project / "data/entry/countries.yaml").read_text(encoding="utf-8")
    at = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("KZ: "))
    (overlap,) = periods_of_kazakhstan(project, 'valid_to: "2027-01-31"', 'valid_from: "2027-01-01"')
    assert overlap.startswith(f"data/entry/countries.yaml:{at}:")
    assert "two periods hold for one day: the first lasts until 2027-01-31, the next begins on 2027-01-01" in overlap
    assert "End the first on the day before the second begins." in overlap
    (project / "data/entry/countries.yaml").write_text(text, encoding="utf-8")
    (gap,) = periods_of_kazakhstan(project, 'valid_to: "2026-12"', 'valid_from: "2027-02"')
    assert "there is a gap: nothing holds from 2027-01-01 until the next period begins on 2027-02-01" in gap
    (project / "data/entry/countries.yaml").write_text(text, encoding="utf-8")
    assert periods_of_kazakhstan(project, 'valid_to: "2026-12-31"', 'valid_from: "2027-01"') == []


def test_a_case_without_an_answer_and_a_case_with_two_are_named(project: Path) -> None:
    path = project / "data/entry/decisions.yaml"
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("jeju:"))
    path.write_text(text.replace(row + "\n", ""), encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    said = [str(fault) for fault in raised.value.faults]
    assert any("no row answers this case" in fault and "30, check, patient, jeju" in fault for fault in said)
    assert any("no row leads to this outcome" in fault and "b-2-2" in fault for fault in said)
    path.write_text(text.replace(row, f"{row}\njeju-again: {row.removeprefix('jeju: ')}"), encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    at = next(number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line.startswith("jeju-again"))
    assert [fault for fault in raised.value.faults if fault.what == "this row and jeju answer the same case" and fault.line == at]


def test_a_text_may_not_name_an_end_that_the_list_has_not(faults_after: Change) -> None:
    faults = faults_after("data/entry/lists.yaml", '    valid_to: "2026-12-31"\n', "")
    assert [
        fault
        for fault in faults
        if fault.startswith("data/entry/rules/k-eta.yaml:") and "the last day of a list that has none now" in fault
    ]


def test_a_passport_for_which_nothing_holds_yet_is_refused(faults_after: Change) -> None:
    faults = faults_after("data/entry/countries.yaml", "KZ: {entry: [{", 'KZ: {entry: [{valid_from: "2027-03-01", ')
    assert len(faults) == 1
    assert "KZ: no period holds on 2026-11-22 (got 2027-03-01)" in faults[0]


def test_only_numbers_of_things_have_a_genitive(faults_after: Change) -> None:
    faults = faults_after("data/entry/rules/k-eta.yaml", "{end}", "{end:genitive}")
    assert [fault for fault in faults if "the figure end has no form genitive in the en text" in fault]
