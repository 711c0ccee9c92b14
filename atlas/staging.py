"""The stage: from ``docs/`` and ``data/`` to an ordinary Markdown tree that any renderer can take.

``build/docs/<language>/<path>index.md`` holds one page; its front matter, one line of JSON (which is YAML), carries all that a template
prints. ``build/site/<language>.json`` holds what is the same on every page of a language. Nothing is written when there is a fault.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from atlas.address import record_paths as record_paths
from atlas.checking import check as check
from atlas.contents import Contents, wording
from atlas.hosting.inline import allowed
from atlas.hosting.policy import metas
from atlas.intake.blame import told
from atlas.publishing.asset import Assets, publish_assets
from atlas.publishing.manifest import PLACEHOLDER
from atlas.search.vocabulary import Vocabulary, vocabulary
from atlas.structured.card import HEIGHT, WIDTH, og_locale, picture_shown
from atlas.structured.graph import structured
from atlas.structured.node import Addresses
from atlas.views.cases import questions
from atlas.views.data import PATH as DATA
from atlas.views.offline import PATH as OFFLINE
from atlas.views.page import Page
from atlas.views.quoting import bare
from atlas.views.reader import Reader
from atlas.views.search import PATH as SEARCH
from atlas.views.search import says
from atlas.views.searchable import searched

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

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_encoded = lru_cache(1_000)(quote)
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
    files |= {address: bare(text) for address, text in contents.left.items()}
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
    folder = contents.root / "overrides" / "assets"
    assets = contents.memory.made("assets", contents.memory.below("overrides/assets"), lambda: publish_assets(folder))
    return Stage(contents.root / "build" / "docs", {}, tags, contents.atlas.default_language, {}, assets)


def staged_text(contents: Contents, staged: Stage, reader: Reader, page: Page) -> str:
    """A page as it goes to the renderer: its front matter, one line of JSON, and its Markdown."""
    front = front_matter(reader, staged, page, contents.translated(page.path), contents.origin)
    return f"---\n{json.dumps(front, ensure_ascii=False, separators=(',', ':'))}\n---\n{page.body}"


def front_matter(reader: Reader, staged: Stage, page: Page, translated: Collection[str], origin: str) -> dict[str, Any]:
    """All that a template prints of a page. ``translated`` are the languages in which it is written."""
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
    return _NOT_LETTERS.sub(lambda match: _encoded(match[0]), text)


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
    told = {page.path: searched(reader, page, translations[page.path]) for page in pages if page.path != SEARCH and not page.is_fallback}
    return {"vocabulary": asdict(search_vocabulary(reader)), "pages": told}


def search_vocabulary(reader: Reader) -> Vocabulary:
    """The words that search knows in a language."""
    return vocabulary(reader.language, reader.site.script, reader.words.say("search-stop"), reader.atlas.terms.values(), says(reader))


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
