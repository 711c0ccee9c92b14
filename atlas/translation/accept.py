"""Records that translations were made from what their sources say today: in the front matter of the pages and in ``data/translations/``."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from atlas.article import Article, Review, read_articles
from atlas.loading import languages_of, raw_records, raw_wordings
from atlas.translation.digest import same
from atlas.translation.leaf import WORDING, Leaf, leaves
from atlas.translation.memory import Kept, Origin, leaf_texts, page_texts, write_leaf_texts, write_page_texts
from atlas.translation.section import sections
from atlas.translation.state import PAGE, Unit, assigned

_WRITTEN = re.compile(r"^(?:translated_from|made_from|reviewed):.*\n(?:[ \t].*\n)*", re.MULTILINE)


def accept(root: Path, units: Iterable[Unit], *, reviewed_by: str | None = None, on: str | None = None, trivial: bool = False) -> int:
    """Writes down that these translations say what their sources say now. Returns how many were taken.

    What is current is left as it is, and what is missing cannot be taken.
    ``reviewed_by`` (role and initials) and ``on`` (``YYYY-MM-DD``): a specialist has reviewed them; of class A pages only.
    ``trivial``: the change of the source was one of spelling. Then only those are taken that were made from the text before it, and a
    review of the translation holds on. Raises :class:`~atlas.fault.FaultyInputError` where a file cannot be read.
    """
    if (reviewed_by is None) != (on is None):
        raise ValueError("reviewed_by and on belong together")
    found = to_take(units, reviewed=bool(reviewed_by), trivial=trivial)
    pages = [unit for unit in found if unit.kind == PAGE]
    texts = [unit for unit in found if unit.kind != PAGE]
    if pages:
        _accept_pages(root, pages, reviewed_by=reviewed_by, on=on, trivial=trivial)
    if texts:
        _accept_texts(root, texts)
    return len(found)


def to_take(units: Iterable[Unit], *, reviewed: bool = False, trivial: bool = False) -> list[Unit]:
    """Those of the units that ``accept`` would take."""
    found = [
        unit
        for unit in units
        if unit.new and (unit.state == "stale" or (reviewed and unit.text is not None and unit.critical and unit.kind == PAGE))
    ]
    return _made_from_the_last(found) if trivial else found


def _made_from_the_last(units: Sequence[Unit]) -> list[Unit]:
    """Of the stale ones those that were made from the text nearest to today's: one that missed an earlier change stays stale."""
    nearest: dict[tuple[str, str, str], tuple[float, str]] = {}
    stale = [unit for unit in units if unit.state == "stale" and unit.old is not None]
    for unit in stale:
        assert unit.old is not None
        ratio = difflib.SequenceMatcher(None, unit.old, unit.new, autojunk=False).ratio()
        place = (unit.kind, unit.path, unit.key)
        nearest[place] = max(nearest.get(place, (0.0, "")), (ratio, unit.old))
    return [unit for unit in stale if unit.old is not None and same(unit.old, nearest[unit.kind, unit.path, unit.key][1])]


def review(root: Path, article: Article, keys: Iterable[str], *, by: str, on: str) -> int:
    """Writes down that a specialist has reviewed these sections of a page, as they stand. Returns how many."""
    chosen = set(keys)
    new = {one.id: Review(by=by, on=on, text=one.digest) for one in sections(article) if one.id in chosen}
    _write_front(root, article, article.made_from, {**article.reviewed, **new}, article.translated_from)
    return len(new)


def _accept_pages(root: Path, units: Sequence[Unit], *, reviewed_by: str | None, on: str | None, trivial: bool) -> None:
    languages = languages_of(root)
    articles, _ = read_articles(root, languages)
    for path in dict.fromkeys(unit.path for unit in units):
        versions = dict(articles[path])
        source = versions[next(unit.source_language for unit in units if unit.path == path)]
        present = {section.id: section for section in sections(source)}
        for language in dict.fromkeys(unit.language for unit in units if unit.path == path):
            article = versions[language]
            own = {section.id: section for section in sections(article)}
            taken = [unit for unit in units if (unit.path, unit.language) == (path, language) and unit.key in present]
            made_from = {**article.made_from, **{unit.key: present[unit.key].digest for unit in taken}}
            reviewed = {key: one for key, one in article.reviewed.items() if key in own}
            for unit in taken:
                if unit.state == "stale" and not trivial:
                    reviewed.pop(unit.key, None)
                if reviewed_by is not None and on is not None and unit.critical:
                    reviewed[unit.key] = Review(by=reviewed_by, on=on, text=own[unit.key].digest)
            made_from = {key: made_from[key] for key in (*present, *own) if key in made_from and key in present}
            versions[language] = _write_front(root, article, made_from, reviewed, source.language)
        _keep_sources(root, path, versions, {section.digest: section.text for section in present.values()})


def _keep_sources(root: Path, path: str, versions: Mapping[str, Article], present: Mapping[str, str]) -> None:
    """Stores the source sections that some translation was made from, and no others."""
    known = {**page_texts(root, path), **present}
    used = {one for article in versions.values() if article.translated_from for one in article.made_from.values()}
    write_page_texts(root, path, {key: known[key] for key in used if key in known})


def _write_front(
    root: Path, article: Article, made_from: Mapping[str, str], reviewed: Mapping[str, Review], translated_from: str | None
) -> Article:
    """Writes the last lines of the front matter of a page, each on one line; every other line stays as it is."""
    file = root / article.file
    with file.open(encoding="utf-8", newline="") as opened:
        text = opened.read()
    eol = "\r\n" if "\r\n" in text else "\n"
    head, _, rest = text.replace("\r\n", "\n").removeprefix("\ufeff").removeprefix("---\n").partition("\n---")
    lines = [_WRITTEN.sub("", f"{head}\n").rstrip("\n")]
    if translated_from:
        lines += [f"translated_from: {translated_from}", f"made_from: {_flow({key: json.dumps(one) for key, one in made_from.items()})}"]
    if reviewed:
        said = {
            key: _flow({"by": json.dumps(one.by, ensure_ascii=False), "on": json.dumps(one.on), "text": json.dumps(one.text)})
            for key, one in reviewed.items()
        }
        lines.append(f"reviewed: {_flow(said)}")
    written = "---\n" + "\n".join(lines) + "\n---" + rest
    if written.replace("\n", eol) != text:
        with file.open("w", encoding="utf-8", newline="") as opened:
            opened.write(written.replace("\n", eol))
    return replace(article, made_from=made_from, reviewed=reviewed, translated_from=translated_from)


def _flow(entries: Mapping[str, str]) -> str:
    """A group in one line of YAML."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"


def _accept_texts(root: Path, units: Sequence[Unit]) -> None:
    languages = languages_of(root)
    wordings = raw_wordings(root) if any(unit.kind == WORDING for unit in units) else {}
    written = raw_records(root) if any(unit.kind != WORDING for unit in units) else {}
    kinds = {unit.kind for unit in units}
    taken: dict[tuple[str, str], dict[str, list[Unit]]] = {}
    for unit in units:
        taken.setdefault((unit.kind, unit.path), {}).setdefault(unit.key, []).append(unit)
    rows: dict[tuple[str, str], list[Leaf]] = {}
    for leaf in leaves(written, wordings, languages):
        rows.setdefault((leaf.kind, leaf.record), []).append(leaf)
    for kind in sorted(kinds):
        stored = leaf_texts(root, kind)
        for (of_kind, record), by_key in taken.items():
            if of_kind == kind:
                found = rows.get((kind, record), [])
                kept = assigned(found, stored.get(record, {}))
                new = {leaf.key: _taken(leaf, kept[leaf.key], by_key.get(leaf.key, ())) for leaf in found}
                stored[record] = {key: one for key, one in new.items() if one is not None}
        present = {record for of_kind, record in rows if of_kind == kind}
        write_leaf_texts(root, kind, {record: found for record, found in stored.items() if record in present})


def _taken(leaf: Leaf, kept: Kept | None, units: Iterable[Unit]) -> Kept | None:
    """What is stored of a text when these translations of it have been taken."""
    new: dict[str, Origin] = {unit.language: (unit.source_language, unit.new) for unit in units}
    if not new:
        return kept
    main = next(iter(new.values()))
    assert main is not None
    origins = {code: new[code] if code in new else kept.of(code) if kept else None for code in leaf.texts if code != main[0]}
    return Kept(main, {code: origin for code, origin in origins.items() if origin is None or not _alike(origin, main)})


def _alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] == other[0] and same(one[1], other[1])
