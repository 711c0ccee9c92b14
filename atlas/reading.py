"""What makes a page hard to read: long sentences, and abbreviations that it does not explain. Listed for editors; it stops nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from atlas.article import Article, Remark
from atlas.atlas import Atlas

LONGEST = {"en": 28, "ru": 28, "ko": 24, "zh": 75}
"""The longest sentence: words, in Chinese characters."""
KNOWN = {
    "CSV",
    "JSON",
    "PDF",
    "CD",
    "CC",
    "BY",
    "URL",
    "TV",
    "UK",
    "US",
    "KRW",
    "ID",
    "QR",
    "HTML",
    "HTTP",
    "HTTPS",
    "CSP",
    "SMS",
    "YAML",
    "AA",
    "MERS",
    "NK",
    "TASS",
}
"""Abbreviations that readers know, or that are names of things of the web."""

_END = re.compile(
    r"(?<=[.!?。！？])(?:\{\{\^[^{}]*\}\})*[\s」』”»)）]+|(?<=[。！？])|(?<=\}\})\s+(?=[А-ЯЁ])|\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.|\||#|:)\s?)"
)
_MARKUP = re.compile(r"\{\{\^.*?\}\}|\]\([^()]*\)|\{[#:][^{}]*\}|<[^<>]*>|[*_\[\]#|]|^\s*(?:[-+]|\d+\.)\s", re.MULTILINE)
_REFERENCE = re.compile(r"\{\{.*?\}\}")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,6}(?![A-Za-z0-9-])")


def reading_remarks(atlas: Atlas, articles: Mapping[str, Mapping[str, Article]]) -> Iterator[Remark]:
    """Every sentence that is too long, and the first place of every abbreviation that a page does not explain."""
    spoken = _spoken(tuple(form for term in atlas.terms.values() for form in term.forms.values()))
    for found in articles.values():
        for article in found.values():
            yield from _long(article)
            yield from _long_fields(article)
            yield from _unexplained(spoken, article)


@cache
def _spoken(forms: tuple[str, ...]) -> frozenset[str]:
    """The abbreviations of the term base: pages need not explain them."""
    return frozenset(short for form in forms for short in _ABBREVIATION.findall(form))


def sentences(article: Article) -> Iterator[tuple[int, str]]:
    """The sentences of a page with their places; a reference counts as one word."""
    start = 0
    for match in [*_END.finditer(article.body), None]:
        end = match.start() if match else len(article.body)
        text = _REFERENCE.sub("N", _MARKUP.sub(" ", article.body[start:end])).strip()
        if text:
            lead = len(article.body[start:end]) - len(article.body[start:end].lstrip())
            yield start + lead, text
        start = match.end() if match else end


def _long(article: Article) -> Iterator[Remark]:
    for offset, text in sentences(article):
        length = _length(text, article.language)
        if length > LONGEST.get(article.language, 28):
            unit = "characters" if article.language == "zh" else "words"
            yield Remark(article.file, article.place(offset)[0], f"a sentence has {length} {unit}: {text[:60]}…")


def _long_fields(article: Article) -> Iterator[Remark]:
    for place, text in article.fields():
        for sentence in re.split(r"(?<=[.!?])\s+|(?<=[。！？])", text):
            if (length := _length(sentence, article.language)) > LONGEST.get(article.language, 28):
                yield Remark(article.file, article.places[place][0], f"a sentence of {place} has {length} words or characters")


def _length(sentence: str, language: str) -> int:
    """The length of a sentence: in words; in Chinese in characters, where a Latin word counts as one."""
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9]+", sentence)) if language == "zh" else len(sentence.split())


def _unexplained(spoken: frozenset[str], article: Article) -> Iterator[Remark]:
    told: set[str] = set()
    text = _MARKUP.sub(lambda match: " " * len(match[0]), article.body)
    for match in _ABBREVIATION.finditer(_REFERENCE.sub(lambda match: " " * len(match[0]), text)):
        short = match[0]
        if short in told or short in KNOWN or short in spoken:
            continue
        told.add(short)
        around = article.body[max(match.start() - 3, 0) : match.end() + 3]
        if not re.search(rf"[(（,]\s?{short}\s?[,)）]|{short}\s?[(（]", around):
            yield Remark(article.file, article.place(match.start())[0], f"{short} is not explained where the page names it first")
