"""Offline, on the reader's wish only: pages kept in the browser, and the whole guide as a zip file that opens from a disk."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import posixpath
import re
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, expect

from atlas.offline.archive import LINK, archive_of
from atlas.offline.edition import files_in
from atlas.offline.keeping import kept_list
from atlas.offline.links import target
from atlas.offline.taken import Looking, Taken
from atlas.publishing.asset import asset_in
from tests.conftest import LANGUAGES, Site, found

PLACE = "/guide/"
"""The folder under which the site is published here: nothing may rest on its being the root of a host."""
HOSPITAL = "ru/hospitals/severance-hospital/"
PASSPORT = "ru/from/kz/"
CARDS = "ru/clusters/busan/cards/"
MARK = "getComputedStyle(document.querySelector('.brand'), '::before').backgroundImage"
STORED = """async () => ({
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    local: localStorage.length + sessionStorage.length,
    bases: (await indexedDB.databases()).length,
})"""
KEPT = """async (change) => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    const at = new URL("offline/kept.json", new URL("../../", location.href)).href;
    const kept = await (await cache.match(at)).json();
    if (change) await cache.put(at, new Response(JSON.stringify(Object.assign(kept, change))));
    return kept;
}"""
"""The list of what is kept, read from a page two folders down; with an argument, changed."""
HANGING = """() => {
    const fetched = fetch;
    let asked = 0;
    window.fetch = (address, options) => (asked += 1) <= 9 ? fetched(address, options) : new Promise((_, no) => {
        options.signal.addEventListener("abort", () => no(new Error("stopped")));
    });
}"""
"""Lets nine requests through; those that follow never end."""
NOTHING = {"caches": [], "workers": 0, "local": 0, "bases": 0}


@dataclass
class Host:
    """A host of the site: it notes what it is asked for, has pages of its own in place of some, and can go down."""

    address: str = ""
    asked: list[str] = field(default_factory=list)
    pages: dict[str, bytes] = field(default_factory=dict)
    down: bool = False
    broken: set[str] = field(default_factory=set)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, host: Host, **kept: Any) -> None:
        self.host = host
        super().__init__(*args, **kept)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.removeprefix(PLACE)
        if self.host.down or path in self.host.broken:
            self.close_connection = True
            return
        self.host.asked.append(path)
        own = self.host.pages.get(path)
        if own is None:
            self.path = "/" + path
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if path.endswith(".json") else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(own)))
        self.end_headers()
        self.wfile.write(own)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def host(site: Site) -> Iterator[Host]:
    served = Host()
    handler = functools.partial(_Handler, directory=str(site.folder), host=served)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        served.address = f"http://127.0.0.1:{httpd.server_address[1]}{PLACE}"
        yield served
        httpd.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


def chooser(context: BrowserContext, host: Host, address: str = "ru/offline/") -> Page:
    """The page where a reader chooses, ready."""
    page = context.new_page()
    page.goto(host.address + address)
    page.wait_for_selector("atlas-offline[ready]")
    return page


def keep(page: Page) -> None:
    """Presses the button and waits until all is kept."""
    page.locator("[data-keep]").click()
    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.locator("[data-busy]")).to_be_hidden()


def numbers(text: str) -> list[int]:
    """The whole numbers in a Russian text, whose thousands stand apart."""
    return [int(re.sub(r"\D", "", one)) for one in re.findall(r"\d[\d\u00a0\u202f]*", text)]


def listed(site: Site, code: str = "ru") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site.folder / "offline" / f"{code}.json").read_text(encoding="utf-8"))
    return found


def weighed(listing: dict[str, Any], chosen: list[str]) -> list[int]:
    """Pages, thousands of bytes that travel and of bytes that are stored, of some pages with the basics."""
    pages = [listing["pages"][path] for path in dict.fromkeys([*listing["sets"]["core"], *chosen])]
    assets = [listing["assets"][place] for place in {place for page in pages for place in listing["bundles"][page[3]]}]
    files = [*(page[1:3] for page in pages), *(asset[2:4] for asset in assets)]
    return [len(pages), *(-(-sum(one[size] for one in files) // 1000) for size in (0, 1))]


def test_before_the_wish_nothing_is_stored_registered_or_fetched(context: BrowserContext, host: Host, site: Site) -> None:
    page = chooser(context, host)
    page.mouse.wheel(0, 4000)
    page.goto(host.address + HOSPITAL)
    page.goto(host.address + "ru/offline/")
    page.wait_for_selector("atlas-offline[ready]")
    assert page.evaluate(STORED) == NOTHING
    assert not [path for path in host.asked if path.endswith((".json", ".zip", "sw.js"))]
    # What stands on the page before any choice: the size of the basics and of the zip file.
    sizes = [one.text_content() for one in found(site.pages["ru/offline/"], "//section[@id='' or not(@id)]//*[@class='nowrap']")]
    archive = (site.folder / "offline/korea-care-atlas-ru.zip").stat().st_size
    assert f"{archive / 1e6:.1f} МБ".replace(".", ",") in [str(size).strip() for size in sizes]
    core = numbers(str(sizes[0]))[0]
    assert abs(core - weighed(listed(site), [])[1]) <= 1


def test_a_reader_chooses_keeps_and_reads_in_airplane_mode(context: BrowserContext, host: Host, site: Site) -> None:
    page = chooser(context, host, f"ru/offline/?add={HOSPITAL.removeprefix('ru/')}")
    paths = [one.removeprefix("ru/") for one in (PASSPORT, HOSPITAL, CARDS)]
    total = page.locator("[data-sum]")
    expect(total).not_to_be_empty()
    assert numbers(total.inner_text()) == weighed(listed(site), paths[1:2])
    page.select_option("#passport", label="Казахстан")
    page.locator(f"input[value='{paths[2]}']").check()
    expected = weighed(listed(site), paths)
    expect(total).to_contain_text(f"Выбрано: {expected[0]} ")
    assert numbers(total.inner_text()) == expected
    assert page.evaluate(STORED) == NOTHING
    host.asked.clear()
    keep(page)
    # What was said is what was fetched: each file once, and the list again to see that it still holds.
    fetched = [path for path in host.asked if path not in {"sw.js", "offline/ru.json"}]
    assert len(fetched) == len(set(fetched))
    assert {*fetched} >= {PASSPORT, HOSPITAL, CARDS, "ru/", "ru/plan/care/", asset_in(site.folder, "mark.svg")}
    size = sum(len((site.folder / (f"{one}index.html" if one.endswith("/") else one)).read_bytes()) for one in fetched)
    assert -(-size // 1000) == expected[2]
    host.down = True
    context.set_offline(True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in ("ru/", "ru/visa/", PASSPORT, f"{HOSPITAL}?from=share#ev", f"{HOSPITAL}index.html", CARDS, "ru/plan/recover/"):
        page.goto(host.address + address)
        original = site.pages[urlsplit(address).path.removesuffix("index.html")]
        assert page.title() == original.xpath("string(//title)")
        expect(page.locator("main > .wrap").first).to_contain_text("Это ваша копия, данные на 22 ноября 2026")
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        assert "gradient" in page.evaluate(MARK)
        assert page.evaluate("Boolean(customElements.get('atlas-menu'))")
    page.goto(host.address + HOSPITAL.rstrip("/"))
    expect(page).to_have_url(host.address + HOSPITAL)
    assert not said
    # A page that was not kept says so in her language, with whom to call and what there is.
    page.goto(host.address + "ru/hospitals/samsung-medical-center/?a=b")
    heading = page.locator("[data-missing] h2")
    expect(heading).to_have_text("Этой страницы нет на вашем телефоне")
    expect(heading).to_be_focused()
    assert page.locator("[data-missing] a[href^='tel:']").count() >= 3
    kept = page.locator("[data-pages] a")
    assert kept.count() == expected[0]
    assert "Больница Северанс" in kept.all_inner_texts()
    assert all(text.strip() and "/" not in text for text in kept.all_inner_texts())
    page.goto(host.address + "zh/visa/")
    expect(heading).to_be_visible()
    context.set_offline(False)
    host.down = False
    page.locator("[data-retry]").click()
    expect(page).to_have_url(host.address + "zh/visa/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_where_hospitals_are_too_many_to_list_one_is_added_from_its_own_page(context: BrowserContext, host: Host, site: Site) -> None:
    text = site.text("ru/offline/")
    start = text.index('<label for="part">')
    listed_none = text[:start] + '<ul class="checks" data-open></ul>' + text[text.index("</fieldset>", start) :]
    host.pages = {"ru/offline/": listed_none.encode("utf-8")}
    page = chooser(context, host, f"ru/offline/?add={HOSPITAL.removeprefix('ru/')}")
    box = page.get_by_label("Больница Северанс")
    expect(box).to_be_checked()
    keep(page)
    host.down = True
    context.set_offline(True)
    page.goto(f"{host.address}ru/offline/")
    expect(box).to_be_checked()
    assert "Больница Северанс" in page.locator("[data-pages] a").all_text_contents()


def changed(site: Site, listing: dict[str, Any], address: str, mark: str) -> tuple[bytes, dict[str, Any]]:
    """A page as a later release has it, and the list that goes with it."""
    text = site.text(address).replace("</h1>", f" {mark}</h1>", 1)
    path = address.removeprefix("ru/")
    pages = listing["pages"] | {path: [mark, *listing["pages"][path][1:]]}
    return text.encode("utf-8"), {**listing, "digest": mark, "date": "1 декабря 2026 г.", "pages": pages}


def test_an_update_fetches_only_what_changed_and_never_breaks_the_copy(context: BrowserContext, host: Host, site: Site) -> None:
    page = chooser(context, host)
    page.locator(f"input[value='{HOSPITAL.removeprefix('ru/')}']").evaluate("one => one.click()")
    keep(page)
    page.locator("[data-look]").click()
    expect(page.locator(".told")).to_have_text("Ваша копия совпадает с сайтом.")
    visa, listing = changed(site, listed(site), "ru/visa/", "Новое")
    hospital, listing = changed(site, listing, HOSPITAL, "Изменено")
    host.pages = {"ru/visa/": visa, HOSPITAL: hospital, "offline/ru.json": json.dumps(listing).encode("utf-8")}
    page.locator("[data-look]").click()
    expect(page.locator(".told")).to_contain_text("На сайте новые данные: 1 декабря 2026 г. Изменилось: 2 страницы.")
    load = -(-(listing["pages"]["visa/"][1] + listing["pages"][HOSPITAL.removeprefix("ru/")][1]) // 1000)
    assert numbers(page.locator(".told").inner_text())[-1] == load
    # The line breaks after the first of two: the copy stays whole, and as it was.
    before = page.evaluate("caches.keys()")
    host.broken = {HOSPITAL}
    page.locator(".told button").click()
    expect(page.locator(".told")).to_contain_text("Загрузить удалось не всё. То, что было сохранено раньше, осталось.")
    assert page.evaluate("caches.keys()") == before
    # A network that answers everything with a page of its own is not taken for the site.
    host.broken, host.pages[HOSPITAL] = set(), b"<!doctype html><title>Wi-Fi</title><h1>Password?</h1>"
    page.locator("[data-look]").click()
    page.locator(".told button").click()
    expect(page.locator(".told")).to_contain_text("Загрузить удалось не всё.")
    assert page.evaluate("caches.keys()") == before
    host.pages[HOSPITAL] = hospital
    host.asked.clear()
    page.locator("[data-look]").click()
    page.locator(".told button").click()
    expect(page.locator(".told")).to_have_text("Готово. Теперь эти страницы открываются без связи.")
    assert sorted({path for path in host.asked if path != "sw.js"}) == sorted([HOSPITAL, "offline/ru.json", "ru/visa/"])
    assert len(page.evaluate("caches.keys()")) == 1
    expect(page.locator("[data-copy]")).to_contain_text("Данные на 1 декабря 2026 г.")
    host.down = True
    context.set_offline(True)
    for address, mark in (("ru/visa/", "Новое"), (HOSPITAL, "Изменено"), ("ru/plan/", "")):
        page.goto(host.address + address)
        expect(page.locator("h1")).to_contain_text(mark)


def test_a_kept_page_that_changed_is_read_from_the_site_when_there_is_one(context: BrowserContext, host: Host, site: Site) -> None:
    page = chooser(context, host)
    keep(page)
    visa, listing = changed(site, listed(site), "ru/visa/", "Новое")
    host.pages = {"ru/visa/": visa, "offline/ru.json": json.dumps(listing).encode("utf-8")}
    host.asked.clear()
    page.goto(host.address + "ru/visa/")  # compared less than a day ago: the copy, and no request for a page or list
    expect(page.locator("h1")).not_to_contain_text("Новое")
    assert not [path for path in host.asked if path.startswith("ru/") or path.endswith(".json")]
    page.evaluate(KEPT, {"looked": 0})
    page.goto(host.address + "ru/visa/")  # a day later, as it were: the copy at once, and the list beside it
    for _ in range(100):
        if page.evaluate(KEPT)["changed"] == ["ru/visa/"]:
            break
        page.wait_for_timeout(50)
    page.goto(host.address + "ru/visa/")
    expect(page.locator("h1")).to_contain_text("Новое")
    expect(page.locator("main")).not_to_contain_text("Это ваша копия")
    host.down = True
    page.goto(host.address + "ru/visa/")
    expect(page.locator("main > .wrap .ends").first).to_contain_text("С тех пор эта страница на сайте изменилась.")
    page.goto(host.address + "ru/plan/")
    expect(page.locator("main > .wrap .ends")).to_have_count(0)


def test_all_of_it_can_be_deleted_and_a_stop_leaves_nothing(context: BrowserContext, host: Host) -> None:
    page = chooser(context, host)
    page.evaluate(HANGING)
    page.locator("[data-keep]").click()
    expect(page.locator("[data-doing]")).not_to_be_empty()
    page.locator("[data-stop]").click()
    expect(page.locator(".told")).to_have_text("Остановлено. То, что было сохранено раньше, осталось.")
    assert page.evaluate(STORED) == NOTHING
    page.reload()
    keep(page)
    other = chooser(context, host, "zh/offline/")
    keep(other)
    stored = other.evaluate(STORED)
    assert (len(stored["caches"]), stored["workers"], stored["local"], stored["bases"]) == (2, 1, 0, 0)
    other.evaluate("caches.open('of another site on this host')")
    other.locator("[data-delete]").click()
    expect(other.locator(".told")).to_contain_text("已全部删除")
    assert other.evaluate(STORED) == NOTHING | {"caches": ["of another site on this host"]}
    page.close()
    host.asked.clear()
    other.goto(host.address + "zh/visa/")
    assert "zh/visa/" in host.asked
    assert not other.evaluate("Boolean(navigator.serviceWorker.controller)")


def test_the_choice_works_by_keyboard_and_names_are_found(context: BrowserContext, host: Host) -> None:
    page = chooser(context, host)
    page.locator("#part").focus()
    page.keyboard.insert_text("северанс")
    names = page.locator("[data-hospitals] li:visible")
    assert names.count() == int(numbers(page.locator("[data-shown]").inner_text())[0]) > 0
    assert all("северанс" in name.lower() for name in names.all_inner_texts())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-hospitals] input:checked")).to_have_count(1)
    expect(page.locator("[data-sum]")).to_contain_text("Выбрано: 31 страница")
    page.locator("#part").fill("йцукен")
    expect(page.locator("[data-shown]")).to_have_text("Названия с такими буквами нет.")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_list_names_what_is_published(code: str, site: Site) -> None:
    listing = listed(site, code)
    base = LANGUAGES[code][0]
    institutions = {one for one in listing["pages"] if re.fullmatch(r"hospitals/[a-z0-9-]+/", one)}
    assert len(institutions) == len(set((site.folder / base / "offline").parent.glob("hospitals/*/index.html")) - lists(site, base))
    assert len([one for one in listing["pages"] if one.startswith("from/")]) == 199
    for path in ("", "visa/", "plan/care/", "offline/", "from/kz/", "hospitals/severance-hospital/"):
        content = (site.folder / base / path / "index.html").read_bytes()
        _, load, room, bundle = listing["pages"][path]
        assert room == len(content)
        assert abs(load - len(gzip.compress(content, 6))) <= 12
        needed = {listing["assets"][place][0] for place in listing["bundles"][bundle]}
        named = found(site.pages[base + path], "//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
        assert {target(base + path, link) for link in named} <= needed
        assert any(name.endswith("bojagi.svg") or "bojagi" in name for name in needed)  # named by the style, not by the page


def lists(site: Site, base: str) -> set[Path]:
    """Pages in ``hospitals/`` that stand one level down and are no institution."""
    return {
        path
        for path in (site.folder / base).glob("hospitals/*/index.html")
        if path.parent.name in {"for", "in", "kind", "near", "speaking", "evidence"}
    }


def test_a_new_day_of_release_changes_no_hash(tmp_path: Path) -> None:
    def hashed(day: str, text: str) -> list[Any]:
        page = (
            f'<main id="main">{text}</main><p class="muted">Data as of {day}</p><a href="mailto:a@b.example?subject=x&amp;body={day}">!</a>'
        )
        (tmp_path / "index.html").write_text(page, encoding="utf-8")
        view = {"keepable": [""], "language": "en", "released": day, "date": day, "sets": {}}
        found: list[Any] = json.loads(kept_list(Looking(files_in(tmp_path), f"Data as of {day}", Taken()), "", view))["pages"][""]
        return found

    assert hashed("1 May", "Checked on 1 May")[0] == hashed("2 May", "Checked on 1 May")[0]
    assert hashed("2 May", "Checked on 1 May")[0] != hashed("2 May", "Checked on 2 May")[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_link_in_the_zip_leads_to_a_file_in_it_or_to_the_site(code: str, site: Site) -> None:
    base = LANGUAGES[code][0]
    with zipfile.ZipFile(site.folder / f"offline/korea-care-atlas-{code}.zip") as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        assert entries[0].filename == "index.html"
        assert {entry.date_time for entry in entries} == {(2026, 11, 22, 0, 0, 0)}
        assert not any(entry.extra or entry.comment for entry in entries)
        written = {
            address.removeprefix(base)
            for address in site.pages
            if address.startswith(base) and (base or not re.match("(ko|ru|zh)/", address))
        }
        assert {name.removesuffix("index.html") for name in names if name.endswith("index.html")} == written - {"offline/"}
        assert not [name for name in names if name.endswith((".js", ".json", ".br", ".gz", ".zip"))]
        for entry in entries:
            if not entry.filename.endswith(".html"):
                continue
            text = archive.read(entry).decode("utf-8")
            assert not [one for one in ("<script", "<noscript", "<template", "http-equiv", "0" * 64) if one in text], entry.filename
            assert (
                f'<link rel="canonical" href="https://korea-care-atlas.example/{base}{entry.filename.removesuffix("index.html")}">' in text
            )
            for link in re.findall(r'\s(?:href|src|action)="([^"]*)"', text):
                if not link.startswith(("https:", "http:", "mailto:", "tel:", "#")):
                    led = posixpath.normpath(posixpath.join(posixpath.dirname(entry.filename), unquote(link.partition("#")[0])))
                    assert led in names, (entry.filename, link)
                elif link.startswith("https://korea-care-atlas.example/"):
                    path = urlsplit(link).path.removeprefix("/")
                    assert path in site.pages or (site.folder / path).is_file(), (entry.filename, link)


def test_the_zip_opens_from_a_disk(site: Site, tmp_path: Path, context: BrowserContext) -> None:
    with zipfile.ZipFile(site.folder / "offline/korea-care-atlas-ru.zip") as archive:
        archive.extractall(tmp_path)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    assert "gradient" in page.evaluate(MARK)
    page.locator(".bar a.go").click()
    expect(page).to_have_url((tmp_path / "search/index.html").as_uri())
    page.locator("main a", has_text="Больница Северанс").first.click()
    expect(page).to_have_url((tmp_path / "hospitals/severance-hospital/index.html").as_uri())
    expect(page.locator("h1")).to_have_text("Больница Северанс")
    expect(page.locator("main")).to_contain_text("Это копия, данные на 22 ноября 2026 г.")
    assert (
        page.locator(".langs a[hreflang=ko]").get_attribute("href") == "https://korea-care-atlas.example/ko/hospitals/severance-hospital/"
    )
    assert all(url.startswith("file:") for url in asked)
    assert not said


def test_the_same_pages_give_the_same_zip(tmp_path: Path) -> None:
    head = (
        '<meta http-equiv="Content-Security-Policy" content="x"><script src="a.js"></script><link rel="stylesheet" href="../assets/s.css">'
    )
    main = '<main id="main" tabindex="-1"><a href="../ru/b/?q=1">B</a> <a href="b/#c">C</a> <a href="../x.csv">D</a></main>'
    page = f"<head>{head}</head>{main}<footer><p>1</p><p>Digest <code>{'0' * 64}</code></p></footer>"
    for path in ("ru", "ru/b", "assets"):
        (tmp_path / path).mkdir()
    (tmp_path / "ru/index.html").write_text(page, encoding="utf-8")
    (tmp_path / "ru/b/index.html").write_text('<main id="main" tabindex="-1"></main>', encoding="utf-8")
    (tmp_path / "assets/s.css").write_text("a{}", encoding="utf-8")
    (tmp_path / "ru/a.js").write_text("", encoding="utf-8")
    view = {"packed": ["b/", ""], "released": "2026-11-22", "index": "A–Z", "copy": "Copy.", "live": "Live"}
    looked = (Looking(files_in(tmp_path), "", Taken()) for _ in range(2))
    made = [b"".join(archive_of(one, "ru/", "https://x.example/guide/", view, Taken())) for one in looked]
    assert made[0] == made[1]
    with zipfile.ZipFile(BytesIO(made[0])) as archive:
        assert archive.namelist() == ["index.html", "b/index.html", "assets/s.css"]
        text = archive.read("index.html").decode("utf-8")
    notice = '<div class="wrap"><p class="small muted">Copy. <a href="https://x.example/guide/ru/">Live</a></p></div>'
    links = '<a href="b/index.html">B</a> <a href="b/index.html#c">C</a> <a href="https://x.example/guide/x.csv">D</a>'
    head = '<head><link rel="stylesheet" href="assets/s.css"></head>'
    assert text == f'{head}<main id="main" tabindex="-1">{notice}{links}</main><footer><p>1</p></footer>'


def test_without_scripts_the_page_explains_and_offers_the_zip(browser: Browser, host: Host) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for code, (folder, _) in LANGUAGES.items():
        page.goto(f"{host.address}{folder}offline/")
        assert page.locator("noscript p").is_visible()
        assert not page.locator("[data-choose]").is_visible()
        link = page.locator("a[download]")
        assert urljoin(page.url, link.get_attribute("href") or "") == f"{host.address}offline/korea-care-atlas-{code}.zip"
    context.close()


def test_the_patterns_that_read_pages_find_what_a_parser_finds(site: Site) -> None:
    for address in ("", "ru/visa/", "zh/hospitals/", "ko/from/kz/"):
        links = {str(one) for one in found(html.fromstring(site.text(address)), "//@href | //@src | //@action") if str(one)[0] != "#"}
        assert {unescape(match[1]) for match in LINK.finditer(site.text(address))} == links
