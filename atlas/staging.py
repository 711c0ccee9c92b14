"""The stage: from ``docs/`` and ``data/`` to an ordinary Markdown tree that any renderer can take.

``build/docs/<language>/<path>index.md`` holds one page; its front matter, one line of JSON (which is YAML), carries all that a template
prints. ``build/site/<language>.json`` holds what is the same on every page of a language. Nothing is written when there is a fault.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import rjsmin

from atlas.article import Article, in_language, read_articles
from atlas.atlas import Atlas
from atlas.base import bases
from atlas.changes.edition import read_edition, vanished
from atlas.changes.history import JSON_PATH as CHANGES_JSON
from atlas.changes.history import history_json
from atlas.claims.search import claim_faults
from atlas.fault import Fault, FaultyInputError, shown
from atlas.fidelity.checking import fidelity_faults
from atlas.hosting.inline import allowed
from atlas.hosting.policy import metas
from atlas.hosting.rootfiles import root_files
from atlas.intake.blame import told
from atlas.intake.encoding import read_text
from atlas.intake.tree import tree_faults
from atlas.linking import link
from atlas.loading import languages_of, load
from atlas.opendata.publication import open_data
from atlas.prose import prose_faults
from atlas.publishing.asset import Assets, publish_assets
from atlas.publishing.manifest import PLACEHOLDER
from atlas.search.vocabulary import vocabulary
from atlas.structured.card import HEIGHT, WIDTH, og_locale, picture_shown
from atlas.structured.graph import structured
from atlas.structured.node import Addresses
from atlas.translation.standing import Standing
from atlas.translation.state import source_faults, units
from atlas.views.article import Articles, article_page, record_text
from atlas.views.cases import questions
from atlas.views.changed import told_history
from atlas.views.changes import changes_pages
from atlas.views.comparing import COMPARE, compare_page
from atlas.views.country import country_pages
from atlas.views.culture import CALENDAR, culture_pages, holidays_file, holidays_path
from atlas.views.data import PATH as DATA
from atlas.views.data import data_page
from atlas.views.entry import country_path, entry_pages
from atlas.views.evidence import LEVELS
from atlas.views.feeds import feed_files
from atlas.views.finder import finder_files
from atlas.views.gentle import FOLDER as GENTLE
from atlas.views.gentle import gentle_pages, gentle_path
from atlas.views.home import home_page
from atlas.views.institution import institution_page
from atlas.views.ledger import JSON_PATH, ledger_json, ledger_page
from atlas.views.listing import listing_pages
from atlas.views.numbers import csv_path, series_csv
from atlas.views.offline import PATH as OFFLINE
from atlas.views.offline import offline_page
from atlas.views.page import Page
from atlas.views.quoting import bare
from atlas.views.reader import Reader
from atlas.views.regions import region_pages
from atlas.views.search import PATH as SEARCH
from atlas.views.search import says, search_page
from atlas.views.searchable import searched
from atlas.views.spot import spot_pages
from atlas.views.treatment import treatment_pages
from atlas.views.visa import visa_page
from atlas.wording import Wording
from atlas.yamltext import read_yaml

MENU = (
    ("hospitals", "hospitals/"),
    ("treatments", "treatments/"),
    ("visa", "visa/"),
    ("regions", "regions/"),
    ("plan", "plan/"),
    ("rights", "rights/"),
    ("about", "about/"),
)
"""The main menu: section, and the page that it leads to."""

FOOT = (
    (
        "foot-about-heading",
        (
            ("nav-about", "about/"),
            ("foot-evidence", "about/evidence/"),
            ("foot-status", "status/"),
            ("changes-title", "changes/"),
            ("data-title", DATA),
            ("foot-corrections", "about/corrections/"),
            ("foot-privacy", "about/privacy/"),
            ("foot-accessibility", "about/accessibility/"),
        ),
    ),
    (
        "foot-more",
        (
            ("search-index", SEARCH),
            ("offline-link", OFFLINE),
            ("gentle-title", "gentle-days/"),
            ("culture-title", "k-culture/"),
            ("wellness-title", "wellness/"),
            ("foot-numbers", "numbers/"),
            ("foot-remote-care", "remote-care/"),
            ("foot-programmes", "programmes/"),
            ("foot-north", "north-korea/"),
        ),
    ),
)
"""The lists at the foot of every page."""


@dataclass(frozen=True)
class Stage:
    """What was staged: the folder of the tree, and every page by language."""

    docs: Path
    pages: Mapping[str, tuple[Page, ...]]
    tags: Mapping[str, str]
    """``hreflang`` by language."""
    default: str
    files: Mapping[str, str]
    """What is published besides pages, by address: the ledger of all facts as JSON, series of numbers as CSV, open data."""
    assets: Assets

    def address(self, language: str, path: str) -> str:
        """The address of a page below the root of the site."""
        return path if language == self.default else f"{language}/{path}"

    def translations(self) -> dict[str, dict[str, Page]]:
        """The pages that are written in the language of their address, by path and language."""
        found: dict[str, dict[str, Page]] = {}
        for language, pages in self.pages.items():
            for page in pages:
                if not page.is_fallback:
                    found.setdefault(page.path, {})[language] = page
        return found


def check(root: Path) -> tuple[Atlas, dict[str, dict[str, Article]]]:
    """The records and written pages of a project. Raises :class:`~atlas.fault.FaultyInputError` with every fault."""
    with told(root, reading_only=True):
        return _checked(root)


def _checked(root: Path) -> tuple[Atlas, dict[str, dict[str, Article]]]:
    faults: list[Fault] = []
    languages = languages_of(root)
    atlas: Atlas | None = None
    try:
        with told(root, reading_only=True):
            atlas = load(root)
    except FaultyInputError as error:
        faults += error.faults
    faults += tree_faults(root, languages)
    articles, found = read_articles(root, languages)
    faults += found
    faults += source_faults(articles)
    if atlas is not None:
        addresses = record_paths(atlas)
        faults += _untitled(articles, addresses)
        faults += prose_faults(atlas, articles, addresses)
        faults += claim_faults(root, atlas, articles)
        faults += _lost_words(root, atlas, addresses | articles.keys())
        faults += _lost_pages(root, atlas, addresses | articles.keys())
        if not faults:  # of a page that is broken nothing is compared: that would tell its fault once more
            faults += fidelity_faults(root, atlas, articles)
    if faults or atlas is None:
        raise FaultyInputError(faults)
    return atlas, articles


def record_paths(atlas: Atlas) -> frozenset[str]:
    """The addresses of the pages that are made from records, to which an editor may add a text."""
    ids = (
        ("hospitals", atlas.institutions),
        ("treatments", atlas.treatments),
        ("visa", atlas.statuses),
        ("visa", atlas.entry_schemes),
        ("wellness", atlas.wellness_sites),
        ("k-culture", atlas.experiences),
        ("clusters", atlas.clusters),
        ("clusters/zones", atlas.special_zones),
    )
    found = {f"{folder}/{record_id}/" for folder, records in ids for record_id in records}
    found |= {country_path(code) for code in atlas.countries}
    found |= {f"hospitals/in/{province.slug}/" for province in atlas.provinces.values()}
    found |= {f"hospitals/for/{key}/" for key, specialty in atlas.specialties.items() if specialty.listed}
    found |= {
        f"hospitals/speaking/{code}/"
        for one in atlas.institutions.values()
        for code in (one.desk.languages.codes if one.desk.languages else ())
    }
    found |= {f"hospitals/kind/{key}/" for key in atlas.institution_kinds}
    found |= {f"regions/{province.slug}/" for province in atlas.provinces.values()}
    found |= {f"{base.path}cards/" for base in bases(atlas).values()}
    found |= {f"wellness/kind/{key}/" for key in atlas.wellness_kinds} | {f"k-culture/kind/{key}/" for key in atlas.experience_kinds}
    found |= {f"hospitals/evidence/{level}/" for level in LEVELS} | {f"hospitals/near/{base}/" for base in bases(atlas)}
    found |= {gentle_path(treatment, base) for treatment in atlas.treatments for base in ("", *bases(atlas))}
    lists = {f"{folder}{name}/" for folder in ("wellness/", "k-culture/") for name in ("doors", "effort")}
    lists |= {"k-culture/province/", "treatments/stay/", "treatments/price/", "treatments/language/", "from/entry/", "from/days/"}
    lists |= {"regions/", "clusters/", "clusters/zones/", "wellness/", "k-culture/", CALENDAR, GENTLE, "programmes/all/"}
    return frozenset(found | lists | {"", "hospitals/", "treatments/", "visa/", "from/", "status/", COMPARE, SEARCH, DATA, OFFLINE})


def _untitled(articles: Mapping[str, Mapping[str, Article]], records: frozenset[str]) -> Iterator[Fault]:
    for path, found in articles.items():
        for article in found.values():
            if path not in records and not article.stands_alone:
                mend = "Write title, description and lead, or correct the name of the file."
                yield Fault(article.file, 1, 1, "title", "no record has this page, so it needs a title of its own", f"/{path}", mend)


def _lost_words(root: Path, atlas: Atlas, addresses: frozenset[str]) -> Iterator[Fault]:
    """Words that people type for a page that there is not."""
    lost = [page for page in atlas.search_words if page not in addresses]
    if lost:
        path = "data/search.yaml"
        text, _ = read_text(root, path)
        document, _ = read_yaml(text or "", path)
        for page in lost:
            yield Fault(
                path, *document.place((page,)), page, "there is no page at this address", page, "Correct it, or take the words out."
            )


def _lost_pages(root: Path, atlas: Atlas, addresses: frozenset[str]) -> Iterator[Fault]:
    """Pages that a growing language is said to have and that there are not."""
    path = "data/languages.yaml"
    for code, site in atlas.site_languages.items():
        lost = [(place, page) for place, page in enumerate(site.translated) if page not in addresses]
        if lost:
            text, _ = read_text(root, path)
            document, _ = read_yaml(text or "", path)
            for place, page in lost:
                line, column = document.place((code, "site", "translated", place))
                mend = 'Write the part behind the language, with a slash at its end: visa/. The home page is "".'
                yield Fault(path, line, column, f"{code}.site.translated.{place}", "there is no page at this address", shown(page), mend)


def last_edition() -> Path | None:
    """The folder of the last published edition, which the environment names as ``LAST``."""
    return Path(os.environ["LAST"]).absolute() if os.environ.get("LAST") else None


def stage(root: Path, origin: str, last: Path | None = None) -> Stage:
    """Writes the tree for a site at ``origin`` (with a slash at the end) into ``root/build``, only what has changed.

    ``last`` is the last published site, or another state of the project, with which the facts are compared.
    """
    with told(root):
        return _staged(root, origin, last)


def _staged(root: Path, origin: str, last: Path | None) -> Stage:
    atlas, articles = check(root)
    edition = read_edition(last, atlas.site.released) if last else None
    if edition and (gone := vanished(edition, atlas.written)):
        raise FaultyInputError(gone)
    links = link(atlas, articles)
    standing = Standing(units(root, atlas, articles))
    readers = {code: Reader(code, atlas, links, _wording(atlas, code), translations=standing) for code in atlas.site_languages}
    published = open_data(atlas, origin)
    made = {code: (*_pages(reader, articles), data_page(reader, published, origin)) for code, reader in readers.items()}
    pages = {code: tuple(_with_articles(reader, made[code], articles)) for code, reader in readers.items()}
    history = told_history(readers, atlas.written if edition else {}, edition)
    paths = frozenset(page.path for page in pages[atlas.default_language])
    pages = {code: (*found, *changes_pages(readers[code], history, paths)) for code, found in pages.items()}
    pages = {code: (*found, search_page(readers[code], found)) for code, found in pages.items()}
    pages = {code: (*found, offline_page(readers[code], found)) for code, found in pages.items()}
    _no_address_twice(pages[atlas.default_language])
    pages = {code: tuple(_grown(readers[code], found, articles)) for code, found in pages.items()}
    tags = {code: site.tag for code, site in atlas.site_languages.items()}
    files = {JSON_PATH: ledger_json(links.ledger, atlas.site.released, standing)}
    files["sw.js"] = rjsmin.jsmin((root / "overrides" / "sw.js").read_text(encoding="utf-8")) + "\n"
    files |= {csv_path(series): series_csv(atlas, series) for series in atlas.series.values()}
    for reader in readers.values():
        files |= finder_files(reader)
    files |= published.texts()
    files |= {holidays_path(reader): holidays_file(reader) for reader in readers.values()}
    files |= root_files(atlas.site, [tags[code] for code in atlas.grown_languages], origin)
    files |= {CHANGES_JSON: history_json(history), **feed_files(readers, history, origin, paths)}
    assets = publish_assets(root / "overrides" / "assets")
    files = {address: bare(text) for address, text in files.items()}
    staged = Stage(root / "build" / "docs", pages, tags, atlas.default_language, files, assets)
    translations = staged.translations()
    kept: set[Path] = set()
    for code, reader in readers.items():
        kept.add(_write(root / "build" / "site" / f"{code}.json", json.dumps(_site(reader, staged, origin), ensure_ascii=False)))
        kept.add(
            _write(
                root / "build" / "site" / f"{code}.search.json",
                bare(json.dumps(_search(reader, pages[code], translations), ensure_ascii=False)),
            )
        )
        for page in pages[code]:
            front = _front_matter(reader, staged, page, translations[page.path], origin)
            text = f"---\n{json.dumps(front, ensure_ascii=False, separators=(',', ':'))}\n---\n{page.body}"
            kept.add(_write(staged.docs / code / page.source_path, text))
    _remove_others(staged.docs, kept)
    return staged


def _no_address_twice(pages: tuple[Page, ...]) -> None:
    """Raises a fault where two records would be published at one address, such as an experience with the id ``calendar``."""
    seen: set[str] = set()
    faults = []
    for page in pages:
        if page.path in seen:
            mend = "Give the record another id."
            faults.append(Fault("data", 1, 1, "id", "two records would have the same page", f"/{page.path}", mend))
        seen.add(page.path)
    if faults:
        raise FaultyInputError(faults)


def _wording(atlas: Atlas, code: str) -> Wording:
    language = atlas.site_languages[code]
    return Wording(code, language.locale, atlas.wordings[code], myriads=language.myriads)


def _pages(reader: Reader, articles: Articles) -> Iterator[Page]:
    yield home_page(reader, articles)
    yield from listing_pages(reader)
    institutions = [institution_page(reader, one) for one in reader.atlas.institutions.values()]
    yield from institutions
    yield compare_page(reader, institutions)
    yield from treatment_pages(reader)
    yield visa_page(reader)
    yield from entry_pages(reader)
    yield from country_pages(reader)
    yield from region_pages(reader)
    yield from spot_pages(reader)
    yield from culture_pages(reader)
    yield from gentle_pages(reader)
    yield ledger_page(reader, articles)


def _with_articles(reader: Reader, pages: Iterable[Page], articles: Articles) -> Iterator[Page]:
    """The pages of records, each with the text that an editor has written for it, and the written pages.

    A text of a growing language is added to the page of a record in that language only.
    """
    known = reader.atlas.known_in(reader.language)
    written = {path: in_language(found, reader.language, tuple(known)) for path, found in articles.items()}
    for page in pages:
        article = written.pop(page.path, None)
        yield record_text(reader, page, article, articles) if article and article.language in known else page
    for article in written.values():
        yield article_page(reader, article, articles)


def _grown(reader: Reader, pages: Iterable[Page], articles: Articles) -> Iterator[Page]:
    """The pages, those of a growing language that have no text of their own marked.

    What records say falls back text by text, so that no page tells by itself whether it is translated; a text in ``docs/``, or its address
    in the record of the language, is an editor's word that it is.
    """
    for page in pages:
        whole = reader.language in articles.get(page.path, {}) or page.path in reader.site.translated
        yield replace(page, partial=True) if reader.site.growing and not whole else page


def _front_matter(reader: Reader, staged: Stage, page: Page, translations: Mapping[str, Page], origin: str) -> dict[str, Any]:
    canonical = origin + staged.address(page.language, page.path)
    alternates = (
        []
        if page.is_fallback
        else [
            {"lang": staged.tags[code], "href": origin + staged.address(code, page.path)} for code in staged.pages if code in translations
        ]
    )
    default = staged.default if staged.default in translations else None
    if alternates and default:
        alternates.append({"lang": "x-default", "href": origin + staged.address(default, page.path)})
    words = reader.words
    subject = words.say("correction-subject", id=page.feedback)
    body = words.say("correction-body", url=canonical, date=words.date(reader.atlas.site.released))
    front: dict[str, Any] = {
        "template": page.template,
        "title": bare(page.title),
        "description": bare(page.description),
        "lang": staged.tags[page.language],
        "path": page.path,
        "canonical": canonical,
        "alternates": alternates,
        "languages": [
            {
                "tag": staged.tags[code],
                "name": site.name,
                "address": staged.address(code, page.path),
                "here": code == page.language,
            }
            for code, site in reader.atlas.site_languages.items()
            if not site.growing or code == page.language or code in translations
        ],
        "base": staged.address(page.language, ""),
        "crumbs": [{"text": text, "path": path} for text, path in page.crumbs],
        "section": page.section,
        "locale": og_locale(reader.atlas.site_languages[page.written_in or page.language]),
        "structured": structured(reader, page, Addresses(origin, staged.address(page.language, ""))),
        "correction": f"mailto:{reader.atlas.site.corrections}?subject={_in_address(subject)}&body={_in_address(body)}",
        "view": page.view,
    }
    if page.body:
        front["source"] = page.source
    if page.body and page.body_in not in {"", page.language}:
        front["body_lang"] = staged.tags[page.body_in]
    if page.is_fallback:
        written_in = page.written_in or page.language
        whole = written_in != page.language
        front["fallback"] = {
            "tag": staged.tags[written_in],
            "notice": words.say("not-translated", language=words.language(written_in)) if whole else words.say("partly-translated"),
        }
    return front


def _in_address(text: str) -> str:
    """Percent-encoded (RFC 3986), but letters of every script as they are: browsers encode them (URL standard), and they weigh half."""
    return "".join(char if char.isalpha() else quote(char) for char in text)


def _site(reader: Reader, staged: Stage, origin: str) -> dict[str, Any]:
    """What every page of a language shares: interface texts, menu, helplines, and the short texts of the page for lost readers."""
    atlas = reader.atlas
    lines = sorted((line for line in atlas.helplines.values() if line.footer), key=lambda line: line.order)
    dated = [line.as_of for line in lines if line.as_of]
    lost = []
    for code, site in atlas.grown_languages.items():
        words = _wording(atlas, code)
        lost.append(
            {
                "tag": site.tag,
                "heading": words.say("lost-heading"),
                "text": words.say("lost-text"),
                "home": words.say("lost-home"),
                "hospitals": words.say("lost-hospitals"),
                "address": staged.address(code, ""),
            }
        )
    return {
        "name": reader.text(atlas.site.name),
        "origin": origin,
        "card": {"picture": picture_shown(reader.language, staged.default, staged.assets.names), "width": WIDTH, "height": HEIGHT},
        "policy": metas(allowed()),
        "words": reader.words.plain,
        "menu": [{"section": section, "path": path, "text": reader.words.say(f"nav-{section}")} for section, path in MENU],
        "foot": [
            {"heading": reader.words.say(heading), "links": [{"text": reader.words.say(key), "path": path} for key, path in entries]}
            for heading, entries in FOOT
        ],
        "helplines": [{"number": line.number, "tel": line.number.replace("-", ""), "name": reader.text(line.name)} for line in lines],
        "helplines_note": reader.words.say(
            "helplines-note", date=reader.words.date(lines[0].checked_on), oldest=reader.words.date(min(dated)[:4])
        ),
        "released": reader.words.say("released", date=reader.words.date(atlas.site.released)),
        "lost": lost,
        "assets": staged.assets.names,
        "digest": PLACEHOLDER,
        "questions": questions(reader),
    }


def _search(reader: Reader, pages: tuple[Page, ...], translations: Mapping[str, Mapping[str, Page]]) -> dict[str, Any]:
    """What search is told besides the text of the pages; a page that is not in the language of its address is not found."""
    known = vocabulary(reader.language, reader.site.script, reader.words.say("search-stop"), reader.atlas.terms.values(), says(reader))
    told = {page.path: searched(reader, page, translations[page.path]) for page in pages if page.path != SEARCH and not page.is_fallback}
    return {"vocabulary": asdict(known), "pages": told}


def _write(path: Path, text: str) -> Path:
    """Writes ``text`` unless it already stands there, so that time stamps tell what changed."""
    content = text.encode("utf-8")
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path


def _remove_others(folder: Path, kept: set[Path]) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
