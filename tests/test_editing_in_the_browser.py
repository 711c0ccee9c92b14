"""The editor in the browser writes only what was changed, in all languages side by side, and asks nobody else for anything."""

from __future__ import annotations

import difflib
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from atlas.editing.folder import Folder, digest
from atlas.editing.form import configuration
from atlas.editing.label import known
from atlas.editing.package import PACKAGE, script
from atlas.editing.page import page_forms, written_page
from atlas.editing.refusal import NotWrittenError
from atlas.editing.server import Editor, site_languages
from atlas.editing.shape import shape_of
from atlas.editing.splicing import held, same, spliced
from atlas.editing.value import from_form, to_form
from atlas.fault import FaultyInputError
from atlas.kinds import KINDS
from atlas.staging import check
from tests.conftest import LANGUAGES, ROOT, Site

CODES = tuple(LANGUAGES)
SEVERANCE = "data/hospitals/severance-hospital.yaml"


def texts(root: Path) -> dict[str, str]:
    """What people write in a project, by file."""
    files = [file for folder in ("data", "docs") for file in (root / folder).rglob("*") if file.suffix in {".yaml", ".md"}]
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}


def changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The lines that differ, with their files."""
    found = []
    for file in sorted(before.keys() | after.keys()):
        old, new = (text.get(file, "").splitlines() for text in (before, after))
        found += [f"{file}: {line}" for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[:3] not in {"---", "+++"}]
    return [line for line in found if ": @@" not in line]


class Forms:
    """The editor's folder of a small project: a change of one form, and what it changed on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Folder(root, CODES)

    def save(self, path: str, change: Callable[[Any], object], meanwhile: Callable[[], object] = lambda: None) -> list[str]:
        folder, _, name = path.partition("/")
        text = self.folder.form(folder, name)
        form = json.loads(text or "{}")
        change(form)
        meanwhile()
        before = texts(self.root)
        self.folder.write(f"{folder}/x.json", json.dumps(form), digest(text) if text else None)
        return changes(before, texts(self.root))


@pytest.fixture
def forms(project: Path) -> Forms:
    return Forms(project)


def test_a_form_that_nobody_changed_says_what_the_file_says() -> None:
    for kind in KINDS:
        shape = shape_of(kind.model)
        for file in sorted((ROOT / "data").glob(kind.files)):
            value = held(file.read_text(encoding="utf-8"))
            for record in value.values() if kind.table else [value]:
                back = from_form(shape, json.loads(json.dumps(to_form(shape, record))), record)
                assert same(back, record), f"{file.name}: {record.get('id', '')}"
                assert back.keys() == record.keys(), file.name


def test_pages_that_nobody_changed_stay_as_they_are(forms: Forms) -> None:
    before = texts(forms.root)
    pages = dict(page_forms(forms.root, CODES))
    assert len(pages) > 40
    for form in pages.values():
        assert written_page(forms.root, json.loads(json.dumps(form)), CODES) == []
    assert texts(forms.root) == before


def test_a_changed_value_changes_its_line_and_no_other(forms: Forms) -> None:
    assert forms.save("institution/severance-hospital", lambda form: form["main_line"].update(number="+82-2-2228-0115")) == [
        f'{SEVERANCE}: -main_line: {{number: "+82-2-2228-0114", sources: [egen-2026]}}',
        f'{SEVERANCE}: +main_line: {{number: "+82-2-2228-0115", sources: [egen-2026]}}',
    ]
    assert forms.save("specialty/cancer", lambda form: form["heading"].update(ko="암 진료")) == [
        "data/specialties.yaml: -  heading: {en: Cancer, ko: 암, ru: Онкология, zh: 癌症}",
        "data/specialties.yaml: +  heading: {en: Cancer, ko: 암 진료, ru: Онкология, zh: 癌症}",
    ]
    check(forms.root)


def test_a_changed_section_changes_one_language_of_one_page(forms: Forms) -> None:
    def translate(form: Any) -> None:
        section = next(one for one in form["sections"] if one["id"] == "fee")
        section["ru"] += "\n\nСпросите заранее."

    assert forms.save("page/rights/disputes", translate) == [
        "docs/ru/rights/disputes.md: +Спросите заранее.",
        "docs/ru/rights/disputes.md: +",
    ]
    check(forms.root)


def test_what_a_form_leaves_empty_is_left_out(forms: Forms) -> None:
    def fill(form: Any) -> None:
        form["beds"] = {"number": 2500, "as_of": "2026", "sources": ["egen-2026"]}
        form["closed"] = {"date": "", "reason": {"en": "", "ko": ""}, "sources": []}
        form["desk"]["hours"] = {"of": "", "openings": [], "closed": [], "sources": [], "weak": False}
        form["main_line"]["purpose"] = {"en": " ", "ko": None}

    assert [line.split(": ", 1)[1] for line in forms.save("institution/severance-hospital", fill)] == [
        '-beds: {number: 2452, as_of: "2022-11", sources: [localdata-2022]}',
        '+beds: {number: 2500, as_of: "2026", sources: [egen-2026]}',
    ]


NEW: dict[str, Any] = {
    "id": "example-clinic",
    "kind": "clinic",
    "names": {
        "ko": {"text": "보기의원", "basis": "established", "sources": ["localdata-2022"]},
        "en": {"text": "Clinic: one", "basis": "own"},
    },
    "province": "KR-11",
    "main_line": {"number": "+82-2-2228-0114", "sources": ["localdata-2022"], "weak": False},
    "specialties": ["dermatology"],
    "evidence": [],
    "sources": ["localdata-2022"],
    "confidence": "low",
    "as_of": "",
    "checked_on": "2026-11-22",
}


def test_a_new_record_is_whole_and_names_its_schema(forms: Forms) -> None:
    forms.save("institution/whatever", lambda form: form.update(NEW))
    assert (forms.root / "data/hospitals/example-clinic.yaml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../schemas/institution.json\n"
        "id: example-clinic\n"
        "kind: clinic\n"
        "names:\n"
        "  ko: {text: 보기의원, basis: established, sources: [localdata-2022]}\n"
        '  en: {text: "Clinic: one", basis: own}\n'
        "province: KR-11\n"
        'main_line: {number: "+82-2-2228-0114", sources: [localdata-2022]}\n'
        "specialties: [dermatology]\n"
        "sources: [localdata-2022]\n"
        "confidence: low\n"
        "as_of: null\n"
        'checked_on: "2026-11-22"\n'
    )
    source = {
        "id": "new-source",
        "in_file": "sources/press.yaml",
        "title": {"en": "A title"},
        "publisher": {"en": "A paper"},
        "kind": "press",
        "accessed": "2026-11-22",
    }
    found = forms.save("source/new-source", lambda form: form.update(source))
    assert found[0] == "data/sources/press.yaml: +new-source:"
    assert {line.split(": ")[0] for line in found} == {"data/sources/press.yaml"}
    check(forms.root)


def test_figures_are_edited_by_their_names(forms: Forms) -> None:
    def another(form: Any) -> None:
        values = form["periods"][0]["values"]
        assert values[0] == {"type": "Code", "name": "number", "code": "13599"}
        values.append({"type": "Quantity", "name": "terms", "number": 3, "unit": "year"})

    assert forms.save("fact/act-text", another) == ["data/facts/rights.yaml: +      terms: {number: 3, unit: year}"]


REFUSED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("institution/severance-hospital", {"id": "severance"}, "An id never changes"),
    ("institution/new", {"id": "../../x"}, "is no id of this kind"),
    ("source/annals-2018", {"in_file": "sources/agency.yaml"}, "stays there"),
    ("source/new", {"id": "new"}, "Choose the file"),
    ("source/new", {"id": "annals-2018"}, "There is already"),
    ("page/new", {"id": "../data/x"}, "The path of a page"),
    ("page/rights/disputes", {"title": {}, "description": {}, "lead": {}, "sections": []}, "would be empty"),
)


def test_what_would_lose_something_is_refused_in_two_languages(forms: Forms) -> None:
    before = texts(forms.root)
    for path, change, why in REFUSED:
        with pytest.raises(NotWrittenError, match=why) as refused:
            forms.save(path, lambda form, change=change: form.update(change))  # type: ignore[misc]
        assert any("가" <= letter <= "힣" for letter in str(refused.value))
    with pytest.raises(NotWrittenError, match="cannot write"):
        forms.folder.write("nothing/x.json", "{}", None)
    assert texts(forms.root) == before


def test_a_file_that_changed_meanwhile_is_not_overwritten(forms: Forms) -> None:
    file = forms.root / SEVERANCE

    def change() -> None:
        file.write_text(file.read_text(encoding="utf-8").replace("number: 2452", "number: 2453"), encoding="utf-8")

    with pytest.raises(NotWrittenError, match="changed on the disk"):
        forms.save("institution/severance-hospital", lambda form: form.update(confidence="low"), change)
    assert "number: 2453" in file.read_text(encoding="utf-8")


def test_what_commands_write_into_a_page_is_kept(forms: Forms) -> None:
    file = forms.root / "docs/ru/rights/disputes.md"
    made = re.findall(r"^(?:translated_from|made_from): .*$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(made) == 2
    forms.save("page/rights/disputes", lambda form: (form["title"].update(ru="Новое: название"), form["needs"].update(ru=["Паспорт"])))
    front = file.read_text(encoding="utf-8").split("---\n")[1]
    assert "\nneeds: [Паспорт]\n" in front
    assert front.endswith("\n".join(["", *made, ""]))


WORDS = st.text(st.sampled_from("abc가나яж中:,#'\"{}[]-?&*!|>% @`\\0129~\n"), max_size=12).map(lambda text: text.strip())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "yes", "ko", "12"]), inner, max_size=3),
    max_leaves=8,
)
GROUPS = st.dictionaries(st.sampled_from(["id", "text", "names", "no", "sources"]), VALUES, min_size=1, max_size=4)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(GROUPS, GROUPS)
def test_whatever_is_put_into_a_file_is_read_back(old: dict[str, Any], new: dict[str, Any]) -> None:
    text = spliced("# yaml-language-server: $schema=x.json\n", old)
    assert same(held(text), old)
    changed = spliced(text, new)
    assert same(held(changed), new)
    assert changed.startswith("# yaml-language-server: $schema=x.json\n")


def test_there_is_a_form_for_every_kind_and_a_korean_word_for_every_field() -> None:
    told = configuration(ROOT, site_languages(ROOT))["collections"]
    assert [one["name"] for one in told] == ["page", *(kind.name for kind in KINDS)]
    own = {*site_languages(ROOT).values(), "id", ""}

    hints = json.dumps(told, ensure_ascii=False)
    assert [one for one in known()["said"] if json.dumps(one, ensure_ascii=False)[1:-1] not in hints] == []

    def labels(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if "label" in value and not isinstance(value.get("value"), bool) and not str(value.get("value", "x")).isupper():
                yield value["label"]
            for one in value.values():
                yield from labels(one)
        elif isinstance(value, list):
            for one in value:
                yield from labels(one)

    assert [one for one in labels(told) if one not in own and " · " not in one and not one.isdigit() and one[:2] != "b-"] == []


@pytest.fixture
def editor(project: Path) -> Iterator[Editor]:
    with Editor(project, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def asked(editor: Editor, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", editor.server_address[1])
    connection.request(method, path, body.encode(), {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return found


def test_the_editor_answers_nobody_but_itself(editor: Editor) -> None:
    host = f"127.0.0.1:{editor.server_address[1]}"
    path, body = "/edit/forms/specialty/cancer.json", json.dumps({"id": "cancer", "name": {"en": "x"}})
    before = texts(editor.root)
    kind = {"Content_Type": "application/json"}
    assert asked(editor, "PUT", path, body, Origin="https://elsewhere.example", **kind)[0] == 403
    assert asked(editor, "PUT", path, body, **kind)[0] == 403
    assert asked(editor, "PUT", path, body, Origin=f"http://{host}", Content_Type="text/plain")[0] == 403
    assert asked(editor, "GET", "/edit/forms.json", Host="elsewhere.example")[0] == 421
    for address in ("/data/site.yaml", "/edit/../../data/site.yaml", "/edit/fonts/..%2f..%2fpackage.json", "/edit/server.py"):
        assert asked(editor, "GET", address)[0] == 404
    status, page, headers = asked(editor, "GET", "/edit/")
    assert (status, headers["X-Robots-Tag"]) == (200, "noindex")
    assert "http" not in page.decode()
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert texts(editor.root) == before


def test_the_editor_names_faults_in_the_language_of_the_reader(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    site = editor.root / "data/site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + "nonsuch: 1\n", encoding="utf-8")
    monkeypatch.setenv("ATLAS_LANG", "ko")
    own = {"Content_Type": "application/json", "Origin": f"http://127.0.0.1:{editor.server_address[1]}"}
    status, answer, _ = asked(editor, "POST", "/edit/check", "{}", **own)
    assert status == 200
    assert any("그런 필드는 없습니다 (현재 값:" in fault for fault in json.loads(answer)["faults"])


def test_the_script_of_the_editor_finds_its_fonts_and_words_here(editor: Editor) -> None:
    text = script().decode("utf-8")
    assert "cdn.jsdelivr.net/fontsource/fonts" not in text
    assert "unpkg.com/@" not in text
    version = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    for address in (f"copies/@sveltia/cms@{version}/locales/ko.json", "copies/@sveltia/cms/package.json"):
        assert asked(editor, "GET", f"/edit/{address}")[0] == 200
    assert "MIT" in (PACKAGE / "LICENSE.txt").read_text(encoding="utf-8")


def test_a_fact_and_a_translation_are_changed_in_a_real_browser(editor: Editor, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1500, "height": 1800}, locale="ko-KR")
    elsewhere, wrong = list[str](), list[str]()
    page.on(
        "request", lambda request: None if request.url.startswith((editor.address, "data:", "blob:")) else elsewhere.append(request.url)
    )
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    before = texts(editor.root)
    page.goto(f"{editor.address}#/collections/page/entries/rights~disputes")
    titles = [page.locator(f'[data-key-path="title.{code}"] input') for code in CODES]
    expect(titles[-1]).to_have_value("如果出了问题", timeout=60_000)
    boxes = [title.bounding_box() for title in titles]
    assert len({box["y"] for box in boxes if box}) == 1
    assert len({box["x"] for box in boxes if box}) == len(CODES)
    page.locator('[data-key-path="sections.0.ru"] textarea').press("Control+End")
    page.keyboard.insert_text("\n\nНовая строка.")
    save = page.get_by_role("button", name="저장", exact=True)
    save.click()
    result = page.locator("edit-result")
    expect(result).to_contain_text("All is well", timeout=60_000)
    page.evaluate("location.hash = '#/collections/specialty/entries/cancer'")
    page.locator('[data-key-path="heading.ko"] input').fill("암 진료")
    page.locator('[data-key-path="heading.en"] input').fill("The best cancer care 100%")
    page.locator('[data-key-path="name.en"] input').fill("")
    page.locator('[data-key-path="name.ko"] input').fill("")
    save.click()
    expect(result).to_contain_text("data/specialties.yaml:", timeout=60_000)
    expect(result).to_contain_text("neither English nor Korean text is given")
    page.close()
    assert (elsewhere, wrong) == ([], [])
    assert changes(before, texts(editor.root)) == [
        "data/specialties.yaml: -  name: {en: cancer, ko: 암, ru: онкология, zh: 癌症}",
        "data/specialties.yaml: -  heading: {en: Cancer, ko: 암, ru: Онкология, zh: 癌症}",
        "data/specialties.yaml: +  name: {ru: онкология, zh: 癌症}",
        'data/specialties.yaml: +  heading: {en: "The best cancer care 100%", ko: 암 진료, ru: Онкология, zh: 癌症}',
        "docs/ru/rights/disputes.md: +",
        "docs/ru/rights/disputes.md: +Новая строка.",
    ]
    with pytest.raises(FaultyInputError):
        check(editor.root)


def test_readers_get_nothing_of_the_editor(site: Site) -> None:
    files = json.loads((site.folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert [path for path in files if path.startswith("edit/") or "sveltia" in path] == []
