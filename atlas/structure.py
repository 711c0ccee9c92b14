"""Whether a translation is built like the page that it translates: headings, lists, tables, links and references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from atlas.article import Article, Remark
from atlas.prose import headings, linked_address, links
from atlas.reference import references

_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s", re.MULTILINE)
_TABLE_ROW = re.compile(r"^\|.*\|\s*$", re.MULTILINE)


def differences(articles: Mapping[str, Mapping[str, Article]], default: str) -> Iterator[Remark]:
    """Where a translation is not built like the page in the default language: headings, lists, links, references."""
    for found in articles.values():
        if default not in found:
            continue
        measure = structure(found[default])
        for language, article in found.items():
            own = structure(article)
            if language == default or own == measure:
                continue
            if [key for key, _ in own] != [key for key, _ in measure]:
                yield Remark(article.file, article.body_line, f"its headings are not those of {found[default].file}")
                continue
            for (key, theirs), (_, ours) in zip(measure, own, strict=True):
                for name in sorted(theirs.keys() | ours.keys()):
                    if theirs[name] != ours[name]:
                        line = next((article.place(offset)[0] for _, id_, offset in headings(article.body) if id_ == key[1]), 1)
                        said = f"under {key[1] or 'the title'}: {name} stands {ours[name]} times, in {found[default].file} {theirs[name]}"
                        yield Remark(article.file, line, said)


Section = tuple[tuple[int, str], Counter[str]]


def structure(article: Article) -> list[Section]:
    """What a translation must have in common: by section, how often each reference and link stands in it, list items and table rows."""
    ends = [(level, key, offset) for level, key, offset in headings(article.body)]
    starts: list[tuple[int, str, int]] = [(1, "", 0), *ends]
    sections: list[Section] = []
    for place, (level, key, offset) in enumerate(starts):
        end = starts[place + 1][2] if place + 1 < len(starts) else len(article.body)
        sections.append(((level, key), _counted(article, article.body[offset:end], offset)))
    sections.append(((0, "front matter"), Counter({"item of needs": len(article.needs), "leads_to": int(bool(article.leads_to))})))
    return sections


def _counted(article: Article, text: str, offset: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    for reference in references(text):
        day = f"@{reference.day}" if reference.day else ""
        match reference.kind:
            case "value":
                counted[f"{{{{{reference.id}.{reference.name}{day}}}}}"] += 1
            case "literal":
                pass
            case _:
                counted[f"{{{{{reference.written}}}}}"] += 1
    for place, href in links(article):
        if offset <= place < offset + len(text):
            address, anchor = linked_address(article, href)
            counted[f"a link to /{address}{'#' + anchor if anchor else ''}"] += 1
    counted["list item"] = len(_ITEM.findall(text))
    counted["table row"] = len(_TABLE_ROW.findall(text))
    return counted
