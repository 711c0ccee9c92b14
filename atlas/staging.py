"""The stage: from ``docs/`` and ``data/`` to an ordinary Markdown tree that any renderer can take.

``build/docs/<language>/<path>index.md`` holds one page; its front matter, one line of JSON (which is YAML), carries all that a template
prints. ``build/site/<language>.json`` holds what is the same on every page of a language. Nothing is written when there is a fault.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from atlas.article import Article, read_articles
from atlas.atlas import Atlas
from atlas.base import bases
from atlas.claims.search import claim_faults
from atlas.contents import Contents, wording
from atlas.fault import Fault, FaultyInputError, shown
from atlas.fidelity.checking import fidelity_faults
from atlas.hosting.inline import allowed
from atlas.hosting.policy import metas
from atlas.intake.blame import told
from atlas.intake.encoding import read_text
from atlas.intake.tree import tree_faults
from atlas.loading import languages_of, load
from atlas.memory import Memory
from atlas.prose import prose_faults
from atlas.publishing.asset import Assets, publish_assets
from atlas.publishing.manifest import PLACEHOLDER
from atlas.search.vocabulary import vocabulary
from atlas.structured.card import HEIGHT, WIDTH, og_locale, picture_shown
from atlas.structured.graph import structured
from atlas.structured.node import Addresses
from atlas.translation.state import source_faults
from atlas.views.cases import questions
from atlas.views.comparing import COMPARE
from atlas.views.culture import CALENDAR
from atlas.views.data import PATH as DATA
from atlas.views.entry import country_path
from atlas.views.evidence import LEVELS
from atlas.views.gentle import FOLDER as GENTLE
from atlas.views.gentle import gentle_path
from atlas.views.offline import PATH as OFFLINE
from atlas.views.page import Page
from atlas.views.quoting import bare
from atlas.views.reader import Reader
from atlas.views.search import PATH as SEARCH
from atlas.views.search import says
from atlas.views.searchable import searched
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


def check(root: Path, memory: Memory | None = None) -> tuple[Atlas, dict[str, dict[str, Article]]]:
    """The records and written pages of a project; only what has changed since ``memory`` last saw it is read and checked anew.

    Raises :class:`~atlas.fault.FaultyInputError` with every fault.
    """
    with told(root, reading_only=True):
        return _checked(root, memory or Memory())


def _checked(root: Path, memory: Memory) -> tuple[Atlas, dict[str, dict[str, Article]]]:
    faults: list[Fault] = []
    languages = languages_of(root, memory)
    atlas: Atlas | None = None
    try:
        with told(root, reading_only=True):
            atlas = load(root, memory)
    except FaultyInputError as error:
        faults += error.faults
    faults += tree_faults(root, languages)
    articles, found = read_articles(root, languages, memory)
    faults += found
    faults += source_faults(articles)
    if atlas is not None:
        addresses = record_paths(atlas)
        faults += _untitled(articles, addresses)
        faults += prose_faults(atlas, articles, addresses, memory)
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
    contents = Contents(root, origin, *check(root), last)
    pages = {code: contents.pages(code) for code in contents.readers}
    files = {address: bare(text) for _, make in contents.file_groups() for address, text in make().items()}
    staged = replace(frame(contents), pages=pages, files=files)
    translations = staged.translations()
    kept: set[Path] = set()
    for code, reader in contents.readers.items():
        kept.add(_write(root / "build" / "site" / f"{code}.json", json.dumps(shared(reader, staged, origin), ensure_ascii=False)))
        searched = bare(json.dumps(_search(reader, pages[code], translations), ensure_ascii=False))
        kept.add(_write(root / "build" / "site" / f"{code}.search.json", searched))
        for page in pages[code]:
            kept.add(_write(staged.docs / code / page.source_path, staged_text(contents, staged, reader, page)))
    _remove_others(staged.docs, kept)
    return staged


def frame(contents: Contents) -> Stage:
    """What pages need to know of the whole site, before any is made."""
    tags = {code: site.tag for code, site in contents.atlas.site_languages.items()}
    assets = publish_assets(contents.root / "overrides" / "assets")
    return Stage(contents.root / "build" / "docs", {}, tags, contents.atlas.default_language, {}, assets)


def staged_text(contents: Contents, staged: Stage, reader: Reader, page: Page) -> str:
    """A page as it goes to the renderer: its front matter, one line of JSON, and its Markdown."""
    front = _front_matter(reader, staged, page, contents.translated(page.path), contents.origin)
    return f"---\n{json.dumps(front, ensure_ascii=False, separators=(',', ':'))}\n---\n{page.body}"


def _front_matter(reader: Reader, staged: Stage, page: Page, translated: Collection[str], origin: str) -> dict[str, Any]:
    canonical = origin + staged.address(page.language, page.path)
    alternates = (
        [] if page.is_fallback else [{"lang": staged.tags[code], "href": origin + staged.address(code, page.path)} for code in translated]
    )
    default = staged.default if staged.default in translated else None
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
            if not site.growing or code == page.language or code in translated
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


def shared(reader: Reader, staged: Stage, origin: str) -> dict[str, Any]:
    """What every page of a language shares: interface texts, menu, helplines, and the short texts of the page for lost readers."""
    atlas = reader.atlas
    lines = sorted((line for line in atlas.helplines.values() if line.footer), key=lambda line: line.order)
    dated = [line.as_of for line in lines if line.as_of]
    lost = []
    for code, site in atlas.grown_languages.items():
        words = wording(atlas, code)
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
