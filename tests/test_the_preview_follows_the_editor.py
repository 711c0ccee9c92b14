"""``atlas serve``: what is saved shows by itself, as it would be built; mistakes are named above the last good page; a bar tells more."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from atlas.contents import Contents
from atlas.fault import FaultyInputError
from atlas.memory import Memory
from atlas.preview.desk import Desk, State
from atlas.preview.showing import Preview, Renderer
from atlas.publishing.manifest import PLACEHOLDER, read_manifest
from atlas.staging import check, frame, staged_text
from tests.axe import violations
from tests.conftest import KINDS, LANGUAGES, ORIGIN, ROOT, Site, checked, found

RECORD = "data/hospitals/severance-hospital.yaml"
ADDED = re.compile(rb'<atlas-editor.*?</atlas-editor><script src="/-/bar\.js" type="module"></script>', re.DOTALL)
TODAY = "2026-11-23"


@dataclass(frozen=True)
class Served:
    """A small project, the address at which its preview is served, and what the preview says on the terminal."""

    project: Path
    origin: str
    log: Path

    def get(self, address: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.origin + address, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8")
        except HTTPError as error:
            return error.code, error.read().decode("utf-8")

    def until(self, address: str, fits: Callable[[int, str], bool]) -> str:
        """What stands at an address once it ``fits``."""
        for _ in range(400):
            status, text = self.get(address)
            if fits(status, text):
                return text
            time.sleep(0.05)
        pytest.fail(f"{address}: {status} {text[:3000]}\n{self.log.read_text(encoding='utf-8')}")

    def edit(self, file: str, old: str, new: str) -> Callable[[], object]:
        """Replaces a text in a file, once. What it returns puts the file back."""
        path = self.project / file
        before = path.read_bytes()
        text = before.decode("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return lambda: path.write_bytes(before)


@pytest.fixture(scope="module")
def preview(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The preview of a small project, on a free port."""
    project = Path(shutil.copytree(template, tmp_path_factory.mktemp("preview"), dirs_exist_ok=True))
    log = project / "log"
    command = [sys.executable, "-m", "atlas", "serve", "--address", "127.0.0.1:0", "--lang", "ru"]
    environ = {**os.environ, "ATLAS_LANG": "en", "PYTHONUNBUFFERED": "1"}
    with log.open("w") as said, subprocess.Popen(command, cwd=project, stdout=said, stderr=said, env=environ) as process:
        try:
            for _ in range(600):
                if looked := re.search(r"http://[\d.:]+/", log.read_text(encoding="utf-8")):
                    break
                assert process.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.05)
            assert looked
            yield Served(project, looked[0], log)
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 900, "height": 600})
    yield context.new_page()
    context.close()


def test_the_preview_says_where_to_look(preview: Served) -> None:
    assert f"Look at {preview.origin}ru/" in preview.log.read_text(encoding="utf-8")


def test_a_saved_change_shows_by_itself_where_one_was_reading(preview: Served, page: Page) -> None:
    page.goto(f"{preview.origin}ru/hospitals/severance-hospital/")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Больница Северанс")
    page.evaluate("scrollTo({top: 500, behavior: 'instant'})")
    back = preview.edit(RECORD, "text: Больница Северанс", "text: Больница Северанс в Сеуле")
    expect(heading).to_have_text("Больница Северанс в Сеуле", timeout=20_000)
    page.wait_for_load_state()
    assert abs(page.evaluate("scrollY") - 500) < 5
    back()
    expect(heading).to_have_text("Больница Северанс", timeout=20_000)


def test_a_saved_style_shows_though_browsers_may_keep_styles(preview: Served, page: Page) -> None:
    """A page is asked for anew each time; a style is not, because its address names its content."""
    page.goto(f"{preview.origin}ru/rights/")
    heading = page.get_by_role("heading", level=1)
    kept: dict[str, str] = {}
    page.on("response", lambda answer: kept.update({answer.url.removeprefix(preview.origin): answer.headers["cache-control"]}))
    back = preview.edit("overrides/assets/style.css", ":root {", "h1 { outline: 3px solid rgb(1, 2, 3) }\n:root {")
    expect(heading).to_have_css("outline-color", "rgb(1, 2, 3)", timeout=20_000)
    back()
    expect(heading).not_to_have_css("outline-color", "rgb(1, 2, 3)", timeout=20_000)
    assert kept["ru/rights/"] == "no-store"
    assert {how for address, how in kept.items() if address.startswith("assets/style.")} == {"max-age=3600, immutable"}


def test_a_fault_stands_above_the_last_good_page_until_it_is_mended(preview: Served, page: Page) -> None:
    page.goto(f"{preview.origin}ru/hospitals/severance-hospital/")
    back = preview.edit(RECORD, "kind: tertiary-general", "kind: nothing")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("there is no institution-kind with this id", timeout=20_000)
    line = (preview.project / RECORD).read_text(encoding="utf-8").split("\n").index("kind: nothing") + 1
    link = alert.get_by_role("link", name=f"{RECORD}:{line}")
    assert link.get_attribute("href") == f"vscode://file{preview.project / RECORD}:{line}:7"
    expect(page.get_by_role("heading", level=1)).to_have_text("Больница Северанс")
    assert "there is no institution-kind with this id" in preview.log.read_text(encoding="utf-8")
    back()
    expect(alert).to_have_count(0, timeout=20_000)
    assert "No faults any more." in preview.log.read_text(encoding="utf-8")


def test_every_kind_of_file_is_followed(preview: Served) -> None:
    for file, old, new, address, shown in (
        ("docs/ru/rights/disputes.md", "title: ", "title: Иное — ", "ru/rights/disputes/", "Иное — "),
        ("data/wordings/ru.yaml", "\nmenu: ", "\nmenu: Иное ", "ru/", "Иное "),
        ("overrides/home.html", "{% block main %}", "{% block main %}<p>Another</p>", "ru/", "<p>Another</p>"),
    ):
        back = preview.edit(file, old, new)
        preview.until(address, lambda _, text, shown=shown: shown in text)  # type: ignore[misc]  # mypy knows no defaults of lambdas
        back()
        preview.until(address, lambda _, text, shown=shown: shown not in text)  # type: ignore[misc]
    for file, new in (("style.css", "main { --told: 1 }"), ("menu.js", "export const told = 1;")):
        name = re.compile(rf"assets/{'frame' if file == 'menu.js' else 'style'}\.\w+\.(?:css|js)")
        before = name.search(preview.get("")[1])
        assert before
        path = preview.project / "overrides/assets" / file
        content = path.read_text(encoding="utf-8")
        path.write_text(f"{content}\n{new}\n", encoding="utf-8")
        text = preview.until("", lambda _, text, before=before, name=name: (now := name.search(text)) is not None and now[0] != before[0])  # type: ignore[misc]
        after = name.search(text)
        assert after
        assert "told" in preview.get(after[0])[1]
        path.write_text(content, encoding="utf-8")


def test_files_may_come_go_and_be_renamed_or_half_saved(preview: Served) -> None:
    source = preview.project / "docs/en/rights/disputes.md"
    text = source.read_text(encoding="utf-8")
    fresh = source.with_name("quarrels.md")
    fresh.write_text(text, encoding="utf-8")
    preview.until("rights/quarrels/", lambda status, _: status == 200)
    fresh.rename(source.with_name("troubles.md"))
    preview.until("rights/troubles/", lambda status, _: status == 200)
    assert preview.get("rights/quarrels/")[0] == 404
    source.with_name("troubles.md").unlink()
    preview.until("rights/troubles/", lambda status, _: status == 404)
    saved = source.with_name(".disputes.md.swp")  # as editors write: beside it, then renamed over it
    saved.write_text(text.replace("title: ", "title: Anew: ", 1).replace("Anew: ", "Anew "), encoding="utf-8")
    saved.replace(source)
    preview.until("rights/disputes/", lambda _, found: "Anew " in found)
    source.write_text(text[:40], encoding="utf-8")
    halved = preview.until("rights/disputes/", lambda _, found: "the front matter is not closed" in found)
    assert "Anew " in halved
    source.write_text(text, encoding="utf-8")
    preview.until("rights/disputes/", lambda _, found: "Anew " not in found and 'role="alert"' not in found)


def test_a_template_that_is_wrong_is_told_at_its_line(preview: Served) -> None:
    back = preview.edit("overrides/article.html", "{{ v.heading }}", "{{ v.heaading }}")
    told = preview.until("rights/disputes/", lambda _, text: 'role="alert"' in text)
    assert "overrides/article.html:" in told
    back()
    preview.until("rights/disputes/", lambda _, text: 'role="alert"' not in text)


def test_what_there_is_not_is_said(preview: Served) -> None:
    status, text = preview.get("ru/nowhere/")
    assert status == 404
    assert "<h1>" in text
    assert preview.get("-/nothing")[0] == 404
    assert preview.get("-/../hooks/stage.py")[0] == 404


def test_downloads_work(preview: Served) -> None:
    assert '"totals"' in preview.get("status/status.json")[1]
    data = re.search(r"find/en/[\w-]+/", preview.get("hospitals/")[1])
    assert data
    assert '"facets"' in preview.get(f"{data[0]}facets.json")[1]


def test_the_bar_says_where_each_fact_is_written_and_what_wants_a_look(preview: Served) -> None:
    [bar] = found(html.fromstring(preview.get("ru/hospitals/severance-hospital/")[1]), ".//atlas-editor")
    rows = {row.findtext("th"): found(row, ".//a")[0].text for row in reversed(found(bar, ".//tr"))}
    lines = (preview.project / RECORD).read_text(encoding="utf-8").split("\n")
    name, phone = rows["names.ru.text"], rows["main_line.number"]
    for where, written in ((name, "Больница Северанс"), (phone, "+82-2-2228-0114")):
        place, line = where.rsplit(":", 1)
        assert place == RECORD
        assert written in lines[int(line) - 1]
    assert found(bar, f".//a[@class='edit' and contains(@href, '{RECORD}')]")
    assert {link.get("href") for link in found(bar, ".//p/a[@lang]")} == {
        f"/{prefix}hospitals/severance-hospital/" for code, (prefix, _) in LANGUAGES.items() if code != "ru"
    }
    assert any("hospitals/kangbuk" in link.text for link in found(bar, ".//td/a"))  # what lies near, by its own file


def test_the_bar_tells_of_checks_that_are_due_and_of_translations(preview: Served) -> None:
    backs = [
        preview.edit(RECORD, "\nchecked_on: ", "\nchecked_on: 2020-01-01 # "),
        preview.edit("docs/en/rights/disputes.md", "## ", "Something else.\n\n## "),
    ]
    preview.until("hospitals/severance-hospital/", lambda _, text: "due for a new check since 20" in text)
    text = preview.until("ru/rights/disputes/", lambda _, text: "the translation is older than its source" in text)
    assert "docs/ru/rights/disputes.md:" in text
    for back in backs:
        back()


def test_the_bar_is_for_everyone_and_covers_nothing(preview: Served, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(f"{preview.origin}hospitals/severance-hospital/")
    summary = page.locator("atlas-editor summary").first
    page.keyboard.press("Tab")  # the link that leads over the header
    page.keyboard.press("Tab")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("atlas-editor").get_by_role("link", name="Edit this page")).to_be_visible()
    bottom = page.evaluate("document.querySelector('atlas-editor').getBoundingClientRect().bottom")
    assert page.evaluate("document.querySelector('header.bar').getBoundingClientRect().top") >= bottom
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert errors == []
    told = violations(page)
    assert [one for one in told if 'class="skip"' not in one] == []  # axe cannot tell what comes first where there is a shadow tree


def test_a_page_is_byte_for_byte_that_of_the_build_but_for_the_bar(site: Site) -> None:
    renderer = Renderer(ROOT)
    contents = Contents(ROOT, renderer.origin, *checked())
    desk = Desk(ROOT, renderer.origin, None, lambda: TODAY)
    desk.state = State(contents, frame(contents), TODAY)
    preview = Preview(desk, renderer, print)
    digest = read_manifest((site.folder / "manifest.json").read_text(encoding="utf-8"))[1]
    for place, path in enumerate([path for path in KINDS.values() if path not in {"search/", "offline/"}][::2]):  # these two need all pages
        code, (prefix, _) = list(LANGUAGES.items())[place % len(LANGUAGES)]
        draft = contents.page(code, path)
        assert draft
        built = site.text(prefix + path).replace(digest, PLACEHOLDER)
        assert renderer.page(desk.state, draft.make()) == built, (code, path)
    assert ADDED.sub(b"", preview.answer("").body).decode("utf-8") == site.text("").replace(digest, PLACEHOLDER)
    for name in (site.asset("style.css"), "status/status.json", "sw.js"):
        assert preview.answer(name).body == (site.folder / name).read_bytes()


def test_nothing_of_the_bar_is_in_the_built_site(site: Site) -> None:
    for file in site.folder.rglob("*"):
        if file.suffix in {".html", ".js", ".css", ".json"}:
            content = file.read_bytes()
            assert b"atlas-editor" not in content, file
            assert b'"/-/' not in content, file


EDITS = (
    (RECORD, "kind: tertiary-general", "kind: nothing"),
    (RECORD, "text: Больница Северанс", "text: Больница"),
    ("data/wordings/ru.yaml", "\nmenu: ", "\nmenuu: "),
    ("data/terms/fertility.yaml", "en: ", "en: X"),
    ("data/entry/countries.yaml", "days: 90", "days: 89"),
    ("data/entry/decisions.yaml", "outcome: ", "outcome: x"),
    ("data/facts/rights.yaml", "number: ", "number: 1"),
    ("data/languages.yaml", "zh:", "zj:"),
    ("docs/en/rights/index.md", "{#", "{#x"),
    ("docs/ru/rights/disputes.md", "](", "](../x"),
    ("data/sources/government.yaml", "\n", "\n\n"),
)


def test_what_is_kept_in_memory_never_changes_what_is_found(project: Path) -> None:
    """Edits and their undoing in any order: what a memory makes of the project is what is made of it without one."""
    memory, chance = Memory.of(project), random.Random(8)
    held: dict[str, list[bytes]] = {}
    for _ in range(2):
        for file, old, new in chance.sample(EDITS, 2):
            path = project / file
            if held.get(file) and chance.random() < 0.7:
                path.write_bytes(held[file].pop())
            else:
                held.setdefault(file, []).append(path.read_bytes())
                path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
            memory.saved(file)
        memory.look(project)
        assert _state(project, memory) == _state(project, None), held.keys()
    for file, texts in ((file, texts) for file, texts in held.items() if texts):
        (project / file).write_bytes(texts[0])
        memory.saved(file)
    memory.look(project)
    found = _state(project, memory)
    assert isinstance(found, list)
    assert found == _state(project, None)


def _state(project: Path, memory: Memory | None) -> object:
    """The faults of a project, or some of its pages."""
    try:
        contents = Contents(project, ORIGIN, *check(project, memory), None, memory or Memory())
    except FaultyInputError as error:
        return error.faults
    pages = []
    for code, reader in contents.readers.items():
        for path in ("hospitals/severance-hospital/", "rights/disputes/", "from/us/"):
            draft = contents.page(code, path)
            pages.append(staged_text(contents, frame(contents), reader, draft.page) if draft else None)
    return pages
