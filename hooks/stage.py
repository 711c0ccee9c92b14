"""Where the stage meets MkDocs: each event is a few lines that call the engine or hand its work on.

MkDocs imports this file once; an edit to it shows after a restart of the preview.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs_static_i18n.config import I18nPluginLanguage

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from atlas.building.drawing import configured  # noqa: E402
from atlas.commonmark import rendered  # noqa: E402
from atlas.fault import FaultyInputError  # noqa: E402
from atlas.intake.anchors import anchor_fault  # noqa: E402
from atlas.loading import languages_of  # noqa: E402
from atlas.search.entry import entry  # noqa: E402
from atlas.search.index import Index, write_index  # noqa: E402
from atlas.search.vocabulary import Vocabulary  # noqa: E402
from atlas.sitemap import publish_furniture  # noqa: E402
from atlas.staging import last_edition, stage  # noqa: E402
from atlas.views.quoting import in_html  # noqa: E402


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001  # the arguments of the event
    """MkDocs' own preview would build the whole site at each change."""
    if command == "serve":
        raise Abort("Preview the site with: make serve")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Stages the tree once for all languages, and points MkDocs at it."""
    i18n = config.plugins["i18n"]
    i18n.config.languages = plugin_languages(languages_of(ROOT))
    origin = config.site_url.rstrip("/") + "/"
    if not i18n.building:
        try:
            config.extra["stage"] = stage(ROOT, origin, last_edition())
        except FaultyInputError as error:
            raise BuildError(f"{error}\n\n{len(error.faults)} fault(s): nothing was built.") from None
    language = i18n.current_language or i18n.default_language
    site = json.loads((ROOT / "build" / "site" / f"{language}.json").read_text(encoding="utf-8"))
    search = json.loads((ROOT / "build" / "site" / f"{language}.search.json").read_text(encoding="utf-8"))
    config.extra["index"] = Index(Vocabulary(**search["vocabulary"]))
    config.theme.static_templates = {"404.html"} if language == i18n.default_language else set()
    return pointed(config, ROOT / "build" / "docs", site, search["pages"])


def pointed(config: MkDocsConfig, docs: Path, site: dict[str, Any], searched: dict[str, Any]) -> MkDocsConfig:
    """Points MkDocs at a staged tree: ``site`` is what the pages of a language share, ``searched`` what search is told of them."""
    config.docs_dir = str(docs)
    config.extra |= {"site": site, "searched": searched, "once": {}}
    # Material has 14,000 icons that MkDocs lists as possible pages in each build (0.2 s); what the pages use lies in overrides/.
    config.theme.dirs = [config.theme.custom_dir]
    return config


def plugin_languages(codes: tuple[str, ...]) -> list[I18nPluginLanguage]:
    """The languages of the site, the default first, as the plugin takes them; of none English, and the stage tells what is wrong."""
    found = []
    for place, code in enumerate(codes or ("en",)):
        language = I18nPluginLanguage()
        language.load_dict({"locale": code, "name": code, "default": place == 0})
        language.validate()
        found.append(language)
    return found


@event_priority(100)  # type: ignore[untyped-decorator]  # MkDocs has no type marker
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Keeps the pages of one language; assets are published by the engine, under other names."""
    prefix = f"{config.plugins['i18n'].current_language}/"
    return Files([file for file in files if file.src_uri.startswith(prefix)])


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG001
    """MkDocs does not escape what templates print, and passes over what is missing: here both are strict."""
    return configured(env, ROOT)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """The body only: the front matter is one line of JSON, which the json module reads 20 times faster than MkDocs reads YAML."""
    _, front, _, body = Path(page.file.abs_src_path).read_text(encoding="utf-8").split("\n", 3)
    page.staged = json.loads(front)
    return body


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Gives the page its front matter and its text: the engine's Markdown is the same, but a hundred times as fast."""
    page.meta = page.staged
    page.content, page.toc, page.render = rendered(markdown) if markdown.strip() else "", (), _not_rendered
    return markdown


def _not_rendered(config: MkDocsConfig, files: Files) -> None:
    """In place of ``Page.render``."""


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """A page with a text has each id once. Search reads a page as it is published."""
    output = in_html(output)
    if "source" in page.meta and (fault := anchor_fault(output, ROOT, page.meta["source"])):
        raise BuildError(str(fault))
    if told := config.extra["searched"].get(page.meta["path"]):
        config.extra["index"].add(entry(page.meta, told, output))
    return output


def _index(config: MkDocsConfig) -> None:
    """Writes the search index of the language."""
    i18n = config.plugins["i18n"]
    folder = "" if i18n.current_language == i18n.default_language else i18n.current_language
    write_index(config.extra["index"], Path(config.site_dir) / folder / "search")


@event_priority(-110)  # type: ignore[untyped-decorator]  # after the i18n plugin, which builds the other languages at -100
def _furniture(config: MkDocsConfig) -> None:
    """Writes what belongs to the whole site, once, when all languages are built."""
    if not config.plugins["i18n"].building:
        origin = config.site_url.rstrip("/") + "/"
        publish_furniture(config.extra["stage"], origin, Path(config.site_dir))


on_post_build = CombinedEvent(_index, _furniture)
