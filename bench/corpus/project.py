"""A project of our own generator: its engine, templates and interface texts, with few records or many, and the pages of the corpus."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from atlas.article import Article
from atlas.translation.section import sections
from atlas.yamltext import read_yaml
from bench.corpus.dialect import Own, quoted
from bench.corpus.text import Corpus, Text
from bench.corpus.words import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINE = ("atlas", "hooks", "overrides")
PASSPORTS = frozenset(("AE", "CA", "CN", "EG", "HK", "ID", "JP", "KG", "KZ", "MN", "RU", "TH", "TW", "US", "UZ", "VN"))
"""For each row of the decision table one that reaches it."""
KEPT = {"specialties": {"dermatology", "general", "plastic-surgery"}, "institution-kinds": {"general"}, "districts": set[str]()}
"""Of tables that each make pages of their own, or that records of hospitals name, what other records name."""
_PASSPORT = re.compile(r"([A-Z]{2})\b(?!-)")
PLACES = ("hospitals", "wellness", "clusters", "special-zones", "programmes", "rounds", "airports")
"""What lies near a hospital, or names one."""
OTHERS = ("treatments", "experiences", "recovery", "events", "search", "patients", "works", "series")


def engine(folder: Path) -> None:
    """Copies what builds a site, and all records, into an empty folder. No page is among them."""
    for name in ENGINE:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("pages"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for language in LANGUAGES:
        (folder / "docs" / language).mkdir(parents=True)


def articles(folder: Path, corpus: Corpus) -> int:
    """A project with the pages of a corpus and as few records as the checks let pass. Returns the number of written pages."""
    engine(folder)
    few_records(folder / "data", (*PLACES, *OTHERS))
    for name, kept in KEPT.items():
        path = folder / "data" / f"{name}.yaml"
        document, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
        path.write_text(_as_yaml({key: row for key, row in document.value.items() if key in kept}), encoding="utf-8")
    dialect, count = Own(), 0
    day = json.dumps(_day(folder))
    for place in corpus.places():
        source = _article(corpus.text(LANGUAGES[0], place, dialect))
        made_from = {section.id: section.digest for section in sections(source)}
        for language in LANGUAGES:
            article = source if language == LANGUAGES[0] else _article(corpus.text(language, place, dialect))
            file = folder / article.file
            file.parent.mkdir(parents=True, exist_ok=True)
            origin = "" if article is source else f"translated_from: {LANGUAGES[0]}\nmade_from: {json.dumps(made_from)}\n"
            front = "".join(f"{name}: {quoted(text)}\n" for name, text in article.fields() if text)
            file.write_text(
                f"---\n{front}section: about\ncritical_class: B\nchecked_on: {day}\n{origin}---\n\n{article.body}", encoding="utf-8"
            )
            count += 1
    return count


def _article(text: Text) -> Article:
    """A page as the engine reads it. The home page of the corpus is ``contents/``: ours is made from records."""
    section, name = text.place
    file = f"docs/{text.language}/{section}/{name}.md" if section else f"docs/{text.language}/contents.md"
    return Article(
        path="",
        language=text.language,
        title=text.title,
        description=text.description,
        lead=text.lead,
        section="about",
        order=0,
        critical_class="B",
        needs=(),
        leads_to="",
        records=None,
        checked_on="",
        read_again_on=None,
        body=text.body,
        body_line=0,
        file=file,
        places={},
    )


def _day(folder: Path) -> str:
    """The day of the release."""
    document, _ = read_yaml((folder / "data/site.yaml").read_text(encoding="utf-8"), "data/site.yaml")
    return str(document.value["released"])


def few_records(data: Path, without: Sequence[str]) -> None:
    """Empties folders and tables, and leaves the records that every site needs: few passports, the sources, the terms, the interface."""
    for name in without:
        for path in (data / name).glob("*.yaml"):
            path.unlink()
        if not (data / name).is_dir():
            (data / f"{name}.yaml").write_text("{}\n", encoding="utf-8")
    for path in (data / "entry").rglob("*.yaml"):
        document, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
        path.write_text(_as_yaml(_few(document.value)), encoding="utf-8")


def _as_yaml(value: Any) -> str:
    """JSON, which is YAML."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _few(value: Any) -> Any:
    """What a file of ``data/entry/`` says of few passports."""
    if isinstance(value, dict):
        return {key: _few(one) for key, one in value.items() if not _other(key)}
    if isinstance(value, tuple):
        return [_few(one) for one in value if not _other(one)]
    return value


def _other(value: object) -> bool:
    """Whether it is the code of a passport that is left out, such as ``FR``."""
    match = _PASSPORT.match(value) if isinstance(value, str) else None
    return match is not None and len(match[0]) == 2 and match[1] not in PASSPORTS and value == match[0]
