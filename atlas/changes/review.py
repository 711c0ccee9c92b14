"""The summary for whoever reviews a change: which facts change, and what may need a look, as Markdown or as plain lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.changes.history import Change, CitedSource

MOST = 400
"""How many changes the table holds: a job summary may have a mebibyte."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_REFERENCE = re.compile(r"[@#!~%$&](?=\w)|:(?=//)|\bwww(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"
"""Stands between a sign and a word, so that no host makes a mention, a reference or a link of them."""


@dataclass(frozen=True)
class WrittenPage:
    """A file in ``docs/`` that is *new*, *changed* or *gone*."""

    file: str
    how: str


@dataclass(frozen=True)
class Behind:
    """An English text that changed while others did not: a page, or a text of a record. ``languages`` are those that may need a look."""

    place: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """All that a reviewer is told."""

    changes: Sequence[Change]
    sources: Mapping[str, CitedSource]
    checked: int
    """Records that were only checked again."""
    silent: Sequence[tuple[str, str]]
    """Records (kind, id) that changed in nothing that a page says."""
    unread: Sequence[tuple[str, str]]
    internal: Mapping[str, int]
    pages: Sequence[WrittenPage] | None
    """``None``: the base has no written pages to compare with."""
    behind: Sequence[Behind]


def written_pages(was: Path, now: Path) -> list[WrittenPage]:
    """Files that differ between two ``docs/``."""
    old, new = ({file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.md")} for root in (was, now))
    found = []
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            found.append(WrittenPage(f"docs/{name}", "new" if name not in old else "gone" if name not in new else "changed"))
    return found


def pages_behind(pages: Sequence[WrittenPage], docs: Path, languages: Sequence[str]) -> Iterator[Behind]:
    """Pages whose first language changed while a translation did not."""
    first, *others = languages
    changed = {page.file for page in pages}
    for page in pages:
        if page.how != "gone" and page.file.startswith(f"docs/{first}/"):
            rest = page.file.removeprefix(f"docs/{first}/")
            left = tuple(code for code in others if f"docs/{code}/{rest}" not in changed and (docs / code / rest).is_file())
            if left:
                yield Behind(page.file, left)


def texts_behind(old: Any, new: Any, place: str, languages: Sequence[str]) -> Iterator[Behind]:
    """Texts of a raw record whose first language changed while another did not."""
    first, *others = languages
    if isinstance(old, dict) and isinstance(new, dict):
        texts = (old.get(first), new.get(first))
        if all(isinstance(text, str) for text in texts) and texts[0] != texts[1]:
            left = tuple(code for code in others if code in new and old.get(code) == new[code])
            if left:
                yield Behind(place, left)
        for key in new.keys() & old.keys():
            yield from texts_behind(old[key], new[key], f"{place}.{key}", languages)
    elif isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        for number, (was, now) in enumerate(zip(old, new, strict=True)):
            yield from texts_behind(was, now, f"{place}.{number}", languages)


def counts(review: Review) -> list[tuple[str, int]]:
    """What changed, in numbers."""
    found = [
        ("changed facts", len(review.changes)),
        ("records new", sum(change.how == "new" for change in review.changes)),
        ("records closed", sum(change.how == "closed" for change in review.changes)),
        ("records gone (close them instead)", sum(change.how == "gone" for change in review.changes)),
        ("records only checked again", review.checked),
        ("records changed in nothing that pages say", len(review.silent)),
        ("records of an older form, not compared", len(review.unread)),
        *((f"{kind} records (not facts for readers)", number) for kind, number in review.internal.items()),
    ]
    if review.pages is not None:
        found.append(("written pages", len(review.pages)))
    return [(name, number) for name, number in found if number or name == "changed facts"]


def markdown(review: Review) -> str:
    """The summary for a job summary of GitHub or a note of GitLab; nothing in a record can leave its cell or call anybody."""
    lines = ["## What changes", "", "| | number |", "|---|--:|"]
    lines += [f"| {escaped(name)} | {number} |" for name, number in counts(review)]
    if review.changes:
        lines += ["", "### Facts", "", "| record | field | before | now | sources |", "|---|---|---|---|---|"]
        lines += [_row(change, review.sources) for change in review.changes[:MOST]]
        if len(review.changes) > MOST:
            lines += ["", f"… and {len(review.changes) - MOST} more."]
    if review.behind:
        lines += ["", "### Translations that may need a look", ""]
        lines += [f"- {escaped(one.place)}: {', '.join(one.languages)}" for one in review.behind]
    for heading, records in (("Changed in nothing that pages say", review.silent), ("Of an older form, not compared", review.unread)):
        if records:
            lines += ["", f"### {heading}", "", *(f"- {escaped(f'{kind} {key}')}" for kind, key in records)]
    if review.pages is None:
        lines += ["", "The base has no written pages: those were not compared."]
    elif review.pages:
        lines += ["", "### Written pages", "", *(f"- {escaped(page.file)} ({page.how})" for page in review.pages)]
    return "\n".join([*lines, ""])


def plain(review: Review) -> Iterator[str]:
    """The summary for a terminal."""
    for name, number in counts(review):
        yield f"{number} {name}"
    for change in review.changes:
        old, new = _bare(_english(change.old)), _bare(_english(change.new))
        said = f"{old or '—'} → {new or '—'}" if old or new else _bare(_english(change.name))
        yield f"{change.kind} {change.id} {change.field or change.how}: {said}"
    for one in review.behind:
        yield f"May need a look in {', '.join(one.languages)}: {one.place}"
    for page in review.pages or ():
        yield f"{page.file}: {page.how}"


def _row(change: Change, sources: Mapping[str, CitedSource]) -> str:
    record = f"{escaped(_english(change.name))}<br>{escaped(f'{change.kind} {change.id}')}"
    field = f"{escaped(_english(change.label))}<br>{escaped(change.field or change.how)}"
    if "en" not in change.languages:
        field += f"<br>only in {', '.join(change.languages)}"
    old, new = (_in_languages(change, texts) for texts in (change.old, change.new))
    cited = "<br>".join(_link(sources[key]) for key in change.sources)
    return f"| {record} | {field} | {old} | {new} | {cited} |"


def _in_languages(change: Change, texts: Mapping[str, str] | None) -> str:
    """The English text; where only others changed, those."""
    if "en" in change.languages:
        return escaped(_english(texts))
    return "<br>".join(f"{code}: {escaped(texts[code])}" for code in change.languages if texts and code in texts)


def _link(source: CitedSource) -> str:
    title = escaped(_english(source.title))
    return f"[{title}](<{source.url.replace('|', '%7C')}>)" if source.url else title


def _english(texts: Mapping[str, str] | None) -> str:
    return "" if not texts else texts.get("en") or texts.get("ko") or next(iter(texts.values()))


def _bare(text: str) -> str:
    """A text on one line, without characters that control how others are shown."""
    kept = (one for one in text if unicodedata.category(one) not in {"Cf", "Cs", "Co"})
    return " ".join("".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in kept).split())


def escaped(text: str) -> str:
    """A text for a cell of a table in GitHub Flavored Markdown: shown as it stands, whatever it holds."""
    shown = _REFERENCE.sub(lambda match: match[0] + _JOINER, _bare(text))
    return _PUNCTUATION.sub(lambda match: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(match[1], f"\\{match[1]}"), shown)
