"""A language more: an editor adds its record, its name for the site, its texts and its pages, and no line of code.

While it grows, page by page, every other page stays as it was, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from lxml import etree, html
from playwright.sync_api import Browser
from pydantic import ValidationError

from atlas.article import read_articles
from atlas.fault import FaultyInputError
from atlas.loading import languages_of
from atlas.publishing.manifest import PLACEHOLDER
from atlas.records.language import Language, SiteLanguage
from atlas.search.analysis import beginning, stemmers, terms_of
from atlas.search.vocabulary import vocabulary
from atlas.staging import check, stage
from atlas.translation.accept import accept
from atlas.translation.state import page_units
from atlas.views.initial import initial
from atlas.views.marking import parts, tongues
from atlas.views.quoting import bare, in_html, quoted
from atlas.views.reader import collation
from atlas.wording import language_name
from tests.conftest import ELSEWHERE, LANGUAGES, ORIGIN, ROOT, build_for, checked, found, made_once, serving
from tests.test_every_language_is_what_it_says import CYRILLIC, ENGLISH, HAN, HANGUL, PUBLICATIONS, texts

PAGES = ("about/", "about/corrections/", "about/licence/")
"""The pages that are translated; they lie in ``tests/golden/kk``."""
ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
DIGEST = re.compile(rb"<code>[0-9a-f]{64}</code>")
"""The digest of the edition, at the foot of each page."""
_LATIN, _CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абцдефгһижклмнопқрстұвшхый"
LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())


# What an editor adds


def add_kazakh(project: Path, *, growing: bool = True) -> None:
    """All that the how-to tells an editor to do. The texts of the interface are English in Cyrillic letters, to be told from English."""
    record = {"order": 4, "tag": "kk", "locale": "kk", "name": "Қазақша", "alphabet": ALPHABET, "growing": growing}
    _replace(project / "data/languages.yaml", "kk: {}", f"kk: {json.dumps({'site': record}, ensure_ascii=False)}")
    _replace(project / "data/site.yaml", "zh: 韩国就医图志}", "zh: 韩国就医图志, kk: Кореяда емделу атласы}")
    shutil.copytree(ROOT / "tests/golden/kk", project / "docs/kk")
    (project / "data/wordings/kk.yaml").write_text(json.dumps(_interface(), ensure_ascii=False, indent=0), encoding="utf-8")
    accept_pages(project)


def accept_pages(project: Path) -> None:
    """What ``atlas accept kk`` does: it writes down what the pages were translated from."""
    languages = languages_of(project)
    articles, _ = read_articles(project, languages)
    accept(project, [unit for path in PAGES for unit in page_units(project, articles[path], languages) if unit.language == "kk"])


@cache
def _interface() -> Mapping[str, Any]:
    """A catalogue with the plural forms of Kazakh."""
    forms = sorted({*Locale.parse("kk").plural_form.tags, "other"})
    entries = checked()[0].wordings["en"]
    return {
        key: {form: _in_cyrillic(entry.get(form, entry["other"])) for form in forms} if isinstance(entry, Mapping) else _in_cyrillic(entry)
        for key, entry in entries.items()
    }


def _in_cyrillic(text: str) -> str:
    pieces = re.split(r"(\{\w+\}|(?<![A-Za-z])[A-Z]-\d[\d-]*)", text)
    return "".join(piece if place % 2 else piece.translate(LETTERS) for place, piece in enumerate(pieces))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


@dataclass(frozen=True)
class Both:
    """The small project, built without Kazakh and with it."""

    before: Path
    after: Path
    project: Path

    def page(self, address: str) -> html.HtmlElement:
        return html.fromstring((self.after / address / "index.html").read_bytes())


@pytest.fixture(scope="session")
def both(template: Path, elsewhere: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Both:
    def make(project: Path) -> None:
        shutil.copytree(template, project)
        code = _code(project)
        add_kazakh(project)
        build_for(project, ELSEWHERE)
        assert _code(project) == code

    project = made_once("fifth", tmp_path_factory, worker_id, make)
    return Both(elsewhere / "site", project / "site", project)


def _code(project: Path) -> dict[str, bytes]:
    """Everything that is not written by editors."""
    folders = ("atlas", "hooks", "overrides")
    files = [path for folder in folders for path in (project / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in [*files, project / "mkdocs.yml"]}


# No other page changes


BY_NATURE = ("data/", "offline/", "status/")
"""Pages that change besides the three: they say how large the files of the records are, how large a copy of the pages, and how each
translation stands."""


@cache
def _digests(site: Path) -> dict[str, str]:
    """The files of a site, without the digest of the edition that stands on each page."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(DIGEST.sub(b"", path.read_bytes())).hexdigest() for path in files}


def test_no_other_page_changes_by_a_byte(both: Both) -> None:
    before, after = _digests(both.before), _digests(both.after)
    pages = [name for name in before if name.endswith("index.html")]
    changed = {name.removesuffix("index.html") for name in pages if after[name] != before[name]}
    counterparts = {f"{folder}{path}" for folder, _ in LANGUAGES.values() for path in PAGES}
    listing = {f"{folder}{path}" for folder, _ in LANGUAGES.values() for path in BY_NATURE}
    assert counterparts <= changed <= counterparts | listing
    assert len(pages) > 900


def test_no_other_file_changes_but_those_that_list_or_hold_pages(both: Both) -> None:
    before, after = _digests(both.before), _digests(both.after)
    own = re.compile(r"kk/|changes/feeds/kk/|find/kk/|compare/kk/|offline/(?:korea-care-atlas-)?kk\.|k-culture/calendar/holidays-kk\.ics")
    made_of_pages = re.compile(
        r"(?:\w\w/)?search/|offline/(?:korea-care-atlas-)?\w\w\.(?:json|zip)$|data/v1/|sitemap.xml|manifest.json|status/status.json"
    )
    assert [name for name in after.keys() - before.keys() if not own.match(name) and not made_of_pages.match(name)] == []
    assert [name for name in before.keys() - after.keys() if not made_of_pages.match(name)] == []
    changed = [name for name in before.keys() & after.keys() if before[name] != after[name] and not name.endswith("index.html")]
    assert [name for name in changed if not made_of_pages.match(name)] == []
    records = {"datapackage.json", "language.json", "language.csv", "site.json", "site.csv", "interface-text.json", "interface-text.csv"}
    data = {name.removeprefix("data/v1/") for name in changed if name.startswith("data/v1/")}
    assert data <= records | {"interface-text.texts.csv"}


def test_search_in_the_other_languages_finds_what_it_found(both: Both) -> None:
    for folder, _ in LANGUAGES.values():
        old, new = (_index(site / folder / "search") for site in (both.before, both.after))
        assert {path for path in old if old[path] != new.get(path)} <= {"data/"}
        assert old.keys() == new.keys()


def _index(folder: Path) -> dict[str, Any]:
    """What search shows of each page, by its address."""
    version = json.loads((folder / "index.json").read_text(encoding="utf-8"))["version"]
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / version).glob("p*.json")]
    return {page.get("u", ""): page for page in pages}


# What readers of the new language get


def test_every_page_is_there_and_three_are_translations(both: Both) -> None:
    english = {path.parent.relative_to(both.before).as_posix() for path in both.before.rglob("index.html")}
    english = {path for path in english if path.split("/")[0] not in LANGUAGES or path == "."}
    kazakh = {path.parent.relative_to(both.after / "kk").as_posix() for path in (both.after / "kk").rglob("index.html")}
    assert kazakh == english
    translated = {
        address for address in kazakh if "noindex" not in (both.after / "kk" / address / "index.html").read_text(encoding="utf-8")
    }
    assert {f"{address}/" for address in translated} == set(PAGES)


def test_a_translation_is_one_in_every_respect(both: Both) -> None:
    for path in PAGES:
        tags = {tag: f"{ELSEWHERE}{folder}{path}" for folder, tag in LANGUAGES.values()} | {"kk": f"{ELSEWHERE}kk/{path}"}
        for folder, tag in (*LANGUAGES.values(), ("kk/", "kk")):
            page = both.page(f"{folder}{path}")
            alternates = {link.get("hreflang"): link.get("href") for link in found(page, "//link[@rel='alternate'][@hreflang]")}
            assert alternates == tags | {"x-default": f"{ELSEWHERE}{path}"}
            assert page.get("lang") == tag
            assert found(page, "//nav[@class='langs']/a/@lang") == [*(tag for _, tag in LANGUAGES.values()), "kk"]
        assert not found(both.page(f"kk/{path}"), "//meta[@name='robots'] | //p[@class='ends'][not(@hidden)]")
        assert found(both.page(f"kk/{path}"), "//meta[@property='og:locale']/@content") == ["kk_KZ"]
        assert found(both.page(f"kk/{path}"), "//script[@type='application/ld+json']")


@pytest.mark.parametrize("path", ["", "hospitals/severance-hospital/", "rights/", "plan/", "from/kz/", "search/", "status/"])
def test_any_other_page_says_that_it_is_no_translation(path: str, both: Both) -> None:
    page = both.page(f"kk/{path}")
    assert page.get("lang") == "kk"
    assert found(page, "//meta[@name='robots']/@content") == ["noindex"]
    assert not found(page, "//link[@rel='alternate'][@hreflang] | //script[@type='application/ld+json']")
    words = _interface()
    whole = words["not-translated"].format(language="ағылшын тілі")
    assert found(page, "//main/div[1]/p[@class='ends']/text()") == [whole if path in {"rights/", "plan/"} else words["partly-translated"]]
    assert found(page, "//nav[@class='langs']/a[@aria-current]/@lang") == ["kk"]
    assert "kk" not in found(both.page(path), "//nav[@class='langs']/a/@lang | //link/@hreflang")


def test_each_passage_names_the_language_that_it_is_in(both: Both) -> None:
    wrong = []
    for file in sorted((both.after / "kk").rglob("index.html")):
        source = file.read_text(encoding="utf-8")
        assert not re.search("[\uf0f1-\uf0f3]", source), file
        page = html.fromstring(source.encode())
        for element in found(page, "//template | //head | //svg//title"):  # of a label that names many places, no part can be marked
            element.drop_tree()
        for element in found(page, "//*[@aria-label]"):
            del element.attrib["aria-label"]
        for language, text in texts(page):
            plain = PUBLICATIONS.sub("", re.sub(r"\S+@\S+|\S*\.\S+/?\S*", "", text))
            if (
                (HANGUL.search(text) and language != "ko")
                or (HAN.search(text) and language != "zh-Hans")
                or (CYRILLIC.search(text) and language not in {"kk", "ru"})
                or (ENGLISH.search(plain) and language == "kk")
            ):
                wrong.append((file.parent.relative_to(both.after).as_posix(), language, text))
    assert not wrong[:10]


def test_what_falls_back_has_its_figures_in_its_own_language(both: Both) -> None:
    page = both.page("kk/from/kz/")
    english = " ".join(found(page, "//main//*[@lang='en']//text()"))
    assert "30 days" in english
    assert "күн" not in english
    assert "2026" in found(page, "//main//time[@datetime]/text()")[0]


def test_the_sitemap_names_the_translations_only(both: Both) -> None:
    sitemap = etree.parse(both.after / "sitemap.xml")
    listed = [url for url in found(sitemap, "//*[local-name()='loc']/text()") if url.startswith(f"{ELSEWHERE}kk/")]
    assert sorted(listed) == [f"{ELSEWHERE}kk/{path}" for path in PAGES]


def test_readers_search_in_the_language(both: Both, browser: Browser) -> None:
    queries = {
        "түзету": "about/corrections/",
        "лицензия": "about/licence/",
        "жұмыс": "about/",
        "дереккөз": "about/",
        "licence": "about/licence/",
    }
    with serving(both.after) as address:
        tab = browser.new_page(viewport={"width": 320, "height": 640})
        for query, path in queries.items():
            tab.goto(f"{address}kk/search/?q={query}")
            tab.wait_for_selector("[data-search-results] > li")
            links = tab.eval_on_selector_all("[data-search-results] > li a", "all => all.map((one) => one.href)")
            assert f"{address}kk/{path}" in links
            assert all(link.removeprefix(f"{address}kk/") in PAGES for link in links)
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
        tab.close()


def test_the_zip_and_the_feeds_are_there(both: Both) -> None:
    assert (both.after / "offline/korea-care-atlas-kk.zip").stat().st_size > 100_000
    assert json.loads((both.after / "changes/feeds/kk/all.json").read_text(encoding="utf-8"))["language"] == "kk"
    assert "kk" not in (both.after / ".well-known/security.txt").read_text(encoding="utf-8")
    assert 'lang="kk"' not in (both.after / "404.html").read_text(encoding="utf-8")


def test_an_editor_can_vouch_for_pages_of_records(project: Path) -> None:
    """By a text, which no other language shows, or by the address."""
    languages = project / "data/languages.yaml"
    add_kazakh(project)
    (project / "docs/kk/treatments").mkdir()
    front = 'section: treatments\ncritical_class: B\nchecked_on: "2026-11-22"'
    (project / "docs/kk/treatments/ivf.md").write_text(
        f"---\n{front}\n---\n\n## Қазақша {{#kk}}\n\nБұл тек қазақша мәтін.\n", encoding="utf-8"
    )
    _replace(languages, '"growing": true', '"growing": true, "translated": ["", "search/"]')
    staged = stage(project, ORIGIN)
    translated = {path for path, pages in staged.translations().items() if "kk" in pages}
    assert translated == {*PAGES, "", "search/", "treatments/ivf/"}
    english = json.loads((staged.docs / "en/treatments/ivf/index.md").read_text(encoding="utf-8").split("\n")[1])
    assert "body_lang" not in english
    assert [one["tag"] for one in english["languages"]] == [*(tag for _, tag in LANGUAGES.values()), "kk"]


# Faults explain themselves


def _told(project: Path) -> list[str]:
    with pytest.raises(FaultyInputError) as caught:
        check(project)
    return [str(fault) for fault in caught.value.faults]


def test_what_is_missing_is_told_with_its_remedy(project: Path) -> None:
    languages, catalogue = project / "data/languages.yaml", project / "data/wordings/kk.yaml"
    shutil.copytree(ROOT / "tests/golden/kk", project / "docs/kk")
    record = "site: {order: 3, tag: kk, locale: qqq, name: Қазақша, growing: true}"
    _replace(languages, "kk: {}", f"kk: {{{record}}}")
    told = _told(project)
    assert any("data/languages.yaml:" in one and "kk.site.locale: CLDR has no such locale" in one for one in told)
    assert (
        "data/wordings/kk.yaml:1:1: file: this language has no catalogue of interface texts (got nothing). "
        "Copy en.yaml to kk.yaml and translate it; its plural forms are one, other."
    ) in told
    _replace(languages, "locale: qqq, name: Қазақша, growing: true", 'locale: kk, name: Қазақша, growing: true, translated: ["no/such/"]')
    entries = {**_interface(), "institutions": {"other": "{count}"}}
    del entries["skip"]
    catalogue.write_text(json.dumps(entries, ensure_ascii=False, indent=0), encoding="utf-8")
    told = _told(project)
    assert "data/wordings/kk.yaml:1:1: skip: this text is missing (got nothing). Translate it from en.yaml." in told
    assert any("institutions: the plural forms are not those of the language" in one and "Write one, other." in one for one in told)
    catalogue.write_text(json.dumps(_interface(), ensure_ascii=False, indent=0), encoding="utf-8")
    ordered, named, *unaccepted = _told(project)
    assert ordered.endswith("kk: zh has the same order (got 3). Give each its own place in the header.")
    assert named.startswith('data/site.yaml:2:1: site: the site has no name in "kk"')
    assert len(unaccepted) == len(PAGES)
    assert "docs/kk/about/index.md:1:1: translated_from:" in unaccepted[0] + unaccepted[1]
    assert all("When it is translated, run: atlas accept kk about/" in one for one in unaccepted)
    accept_pages(project)
    _replace(languages, "order: 3, tag: kk", "order: 4, tag: kk")
    _replace(project / "data/site.yaml", "zh: 韩国就医图志}", "zh: 韩国就医图志, kk: Кореяда емделу атласы}")
    (lost,) = _told(project)
    assert "kk.site.translated.0: there is no page at this address" in lost


@pytest.mark.parametrize(
    ("code", "fields", "told"),
    [
        ("en", {"order": 0, "growing": True}, "the default language cannot be growing"),
        ("fil", {"order": 7}, "has two letters"),
        ("kk", {"order": 4, "translated": ("",)}, "a language that is not growing"),
    ],
)
def test_a_language_that_cannot_be_is_refused(code: str, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Language(id=code, site=_site(code, **fields))


def test_the_settings_of_the_renderer_name_no_language_but_the_one_that_its_plugin_asks_for() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert re.findall(r"locale: (\w+)", text) == ["en"]


# What is known of a language comes from its record and from CLDR


def _site(locale: str, **more: Any) -> SiteLanguage:
    return SiteLanguage(order=more.pop("order", 1), tag=locale.replace("_", "-"), locale=locale, name="x", **more)


def test_letters_are_taken_for_the_language_of_the_text_or_the_first_that_is_written_in_them() -> None:
    known = tongues(
        {"en": _site("en"), "kk": _site("kk", growing=True), "ru": _site("ru"), "mn": _site("mn"), "ko": _site("ko"), "ja": _site("ja")}
    )
    text = "Seoul Сеул 서울 ソウル"
    assert [code for _, code in parts(text, "en", known) if code] == ["ru", "ko", "ja"]
    for own in ("kk", "mn", "ru"):
        assert [code for _, code in parts(text, own, known) if code] == ["ko", "ja"]
    assert [code for _, code in parts("Астана [Сеул]{lang=ru}", "kk", known)] == [None, "ru"]


def test_a_language_without_a_stemmer_is_found_by_whole_words() -> None:
    assert stemmers("Kazakh", "Cyrl") == {"Latn": "english", "Cyrl": ""}
    assert (
        stemmers("Russian", "Cyrl") == stemmers("English", "Latn") == stemmers("Korean", "Kore") == {"Latn": "english", "Cyrl": "russian"}
    )
    assert stemmers("Turkish", "Latn") == {"Latn": "turkish", "Cyrl": "russian"}
    assert beginning("ауруханалар", cyrillic="") == "ауруханалар"
    assert terms_of("больницы", "english", "") == ("больницы",)
    assert terms_of("больницы") == ("больниц",)
    assert vocabulary("mn", "Cyrl", "", (), {}).stemmers["Cyrl"] == ""


def test_names_stand_in_the_order_of_the_alphabet() -> None:
    names = ["Ясли", "Қала", "Өзен", "Ауыл", "Көше", "Әлем", "Озон", "Seoul"]
    assert sorted(names, key=lambda name: collation(name, "kk", ALPHABET)) == [
        "Seoul",
        "Ауыл",
        "Әлем",
        "Көше",
        "Қала",
        "Озон",
        "Өзен",
        "Ясли",
    ]
    kazakh = _site("kk", alphabet=ALPHABET)
    assert [initial(name, kazakh) for name in ("әлем", "«Қала»", "Seoul", "119")] == ["Ә", "Қ", "#", "#"]
    assert initial("Өзен", _site("mn")) == "Ө"


def test_a_language_that_cldr_names_otherwise_or_not_at_all_still_has_a_name() -> None:
    assert language_name(Locale("kk"), "tl") == "филиппин тілі"
    assert language_name(Locale("mn"), "tl")
    assert language_name(Locale("en"), "tl") == "Tagalog"


def test_a_quoted_text_is_marked_where_an_element_can_stand() -> None:
    one = quoted("Jung-gu", "en")
    drawing = f"<svg><title>{one}</title><text>{one}</text></svg>"
    page = f'<title>{one}</title><a title="{one}">ауыл · {one}</a><option value=1>{one}</option>{drawing}'
    assert in_html(page) == (
        '<title>Jung-gu</title><a title="Jung-gu">ауыл · <span lang="en">Jung-gu</span></a><option value=1 lang="en">Jung-gu</option>'
        '<svg><title>Jung-gu</title><text><tspan lang="en">Jung-gu</tspan></text></svg>'
    )
    assert bare(f"{one}, {one}") == "Jung-gu, Jung-gu"
    known = tongues({"en": _site("en"), "kk": _site("kk")})
    assert parts(f"ауыл {one}", "kk", known) == [("ауыл ", None), ("Jung-gu", "en")]
    assert PLACEHOLDER not in one
