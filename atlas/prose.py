"""Checks of written pages: references, links, typed figures, forbidden forms, and what Markdown they may use."""

from __future__ import annotations

import difflib
import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from atlas.article import Article, Remark, address_of
from atlas.atlas import Atlas
from atlas.fault import Fault, shown
from atlas.intake.density import density_troubles, paragraphs
from atlas.intake.limits import SECONDS
from atlas.intake.patience import TooSlowError, patience, too_slow
from atlas.kept import is_keeping, made
from atlas.memory import Memory
from atlas.part import part
from atlas.particle import BARE
from atlas.reference import LINKED, Named, NotFoundError, Reference, look_up, named_records, record_trouble, references
from atlas.usage import Usage, usage_by_language

_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"\n(#{1,6})\s+(.*?)\s*(?:\{#([a-z0-9-]+)\})?\s*$", re.MULTILINE)
_OF_FRAME = re.compile(r"main|menu|q|src|top|s[0-9]+|i-.*|constructor|prototype")
"""Ids that each page has: of its parts, its search field, its sources and its icons; names that scripts keep for themselves; and ``top``,
which is what stands before the first heading."""
_NOT_TEXT = re.compile(r"[{\]<](?:(?<=\{)(?:\{[^{}]*\}\}|#[^{}]*\})|(?<=\])\([^()\s]*\)|(?<=<)/?span[^<>]*>)")
_OF_LIST = re.compile(r"\n\s*\d{1,2}\.(?=\s)")
_BRACES = re.compile(r"\{\{|\}\}")
_STRANGE: tuple[tuple[tuple[str, ...], re.Pattern[str], str, str], ...] = (
    (
        ("<",),
        re.compile(r"<(?!span lang=\"[a-zA-Z-]+\">|/span>|[ \d=])[^<>\n]*>?"),
        "HTML stands in the text",
        "Write Markdown, and <span lang=…> only.",
    ),
    (("&",), re.compile(r"&#|&\w+;"), "a character is written as a code", "Write the character itself."),
    (
        ("{%", "{#"),
        re.compile(r"\{[%#](?!$).*?[%#]\}|\{%"),
        "a template stands in the text",
        "Take it out; facts are named as {{fact.figure}}.",
    ),
    (
        ("{", "}"),
        re.compile(r"(?<!\{)\{(?![%{])[^{}\n]*\}?|(?<![%}])\}(?!\})"),
        "an attribute list stands in the text",
        "Take it out; headings have {#id}.",
    ),
    (("\\",), re.compile(r"\\"), "a backslash stands in the text", "Take it out; marks of Markdown are left out of texts."),
    (("![",), re.compile(r"!\["), "pages carry no images", "Say in words what the image shows."),
    (
        ("](",),
        re.compile(r"\]\((?![^()\s]+\))(?![^()\s]*\s[^()]*\))[^\n]{0,60}"),
        "a link is not written in full",
        "Write [text](file.md).",
    ),
    (("]:", "]["), re.compile(r"\[[^\]]*\]:|\]\["), "a link is not written where it stands", "Write [text](file.md)."),
    (("](",), re.compile(r"\]\([^()\s]*\s[^()]*\)"), "a link has a title or a space", "Write [text](file.md)."),
    (
        ("\n=", "\n-"),
        re.compile(r"\n(?<=\S\n)(?:=+|-+)[ \t]*$", re.MULTILINE),
        "a heading is underlined",
        "Write ## before it, and {#id} behind it.",
    ),
    (
        ("|",),
        _EDGELESS := re.compile(r"^(?!\s*\|).*\n\s*:?-+:?\s*\|", re.MULTILINE),
        "a table has no line at its edges",
        "Begin and end each of its lines with |.",
    ),
)
"""Markdown and HTML that pages do without: it would pass by these checks or by the style of the site.

First what stands in it without fail, which few texts have: that is found a hundred times sooner.
"""
_RULED = re.compile(r"\n\s*:?-+:?\s*\|")
_BARE_PARTICLE = re.compile("(" + "|".join(sorted(BARE, key=len, reverse=True)) + r")(?=[\s.,;:!?·…)\]*’”]|$)")

_QUOTED = re.compile(r'<span lang="[^"]*">.*?</span>|\{\{.*?\}\}|\]\([^()]*\)', re.DOTALL)
_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z]-\d{1,2}(?:-\d{1,2})?(?![A-Za-z0-9])")
_PHONE = re.compile(r"\+\d[\d -]{6,}\d|\b\d{2,4}-\d{3,4}(?:-\d{4})?\b")
_CURRENCY = r"(?:KRW|USD|CNY|EUR|₩|\$|€|¥|won\b|dollars?\b|원|달러|вон|долл|рубл|韩元|美元|元)"
_AMOUNT = re.compile(
    rf"{_CURRENCY}\s?\d[\d.,\u00a0 ]*|\d[\d.,\u00a0 ]*(?:million |billion |만|억|млн |тыс\. |万|亿)*\s?{_CURRENCY}", re.IGNORECASE
)
_NUMBER = re.compile(r"[\d½¼¾²³Ⅰ-Ⅻ][\d.,\u00a0]*")

_READ = frozenset({"facts", "rules", "entry_rules", "series", "patient_counts", "helplines", "languages", "terms"})
"""The records that a page is held against; of the kinds that it links to, only the ids."""


def prose_faults(
    atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], addresses: frozenset[str], memory: Memory | None = None
) -> Iterator[Fault]:
    """Every fault in the texts of written pages. ``addresses``: the pages that a link may lead to besides the written ones."""
    memory = memory or Memory()
    seen = part(atlas, _READ, LINKED.values())
    atlas = seen.atlas
    there = _reached(addresses, articles, memory)
    context = hashlib.sha256(seen.content + repr((sorted(addresses), there.pages)).encode()).digest() if is_keeping() else b""
    named = named_records(atlas)
    lines = frozenset(line.number for line in atlas.helplines.values())
    usage = usage_by_language(atlas.terms, atlas.site_languages, memory)
    inputs = (named, atlas.patient_counts, atlas.site.released, addresses, *(tuple(getattr(atlas, one)) for one in LINKED.values()))
    facts = memory.made("facts of prose", inputs, object)  # stands for all of them: comparing it takes no time

    def read(article: Article) -> list[Fault]:
        spoken = usage[article.language]
        dense, told = memory.made(("prose", article.file), (article, lines, atlas.terms), partial(_text_faults, article, lines, spoken))
        if dense:
            return told
        factual = partial(_fact_faults, atlas, named, article, addresses)
        told = [*told, *memory.made(("prose and facts", article.file), (article, facts), factual)]
        return [*told, *memory.made(("links", article.file), (article, there), lambda: list(_link_faults(article, there)))]

    for found in articles.values():
        for article in found.values():
            content = context + repr(article).encode("utf-8", "surrogatepass") if is_keeping() else b""
            yield from made("page", content, partial(read, article), worth=lambda told: not told)


class _Target(NamedTuple):
    """What the links of other pages may rely on in one version of a page."""

    file: str
    stands_alone: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class _Reach:
    """Where links may lead: to the pages of records, and to the written ones by path and language."""

    records: frozenset[str]
    pages: Mapping[str, Mapping[str, _Target]]


def _reached(addresses: frozenset[str], articles: Mapping[str, Mapping[str, Article]], memory: Memory) -> _Reach:
    pages = {
        path: {code: memory.made(("target", one.file), (one,), partial(_target, one)) for code, one in found.items()}
        for path, found in articles.items()
    }
    return memory.made("reach", (addresses, pages), lambda: _Reach(addresses, pages))


def _target(article: Article) -> _Target:
    return _Target(article.file, article.stands_alone, tuple(key for _, key, _ in headings(article.body)))


def _text_faults(article: Article, lines: frozenset[str], usage: Usage) -> tuple[bool, list[Fault]]:
    """Whether nothing more is read of a page that may take hours to read, and what is wrong with its text by itself."""
    if dense := [_fault(article, *trouble) for trouble in density_troubles(article.body)]:
        return True, dense
    try:
        with patience(SECONDS):
            return False, [*_strange(article), *_typed(article, lines), *_headings(article), *_forbidden(article, usage)]
    except TooSlowError:
        return True, [too_slow(article.file)]


def _fact_faults(atlas: Atlas, named: Mapping[str, Named], article: Article, addresses: frozenset[str]) -> list[Fault]:
    """What is wrong with a page in the light of the records that it names."""
    faults: list[Fault] = []
    for reference in references(article.body):
        faults += _reference_faults(atlas, named, article, reference, alone=article.path not in addresses)
    if article.path in addresses and (article.records or article.needs or article.leads_to):
        line, column = article.places.get("section", (1, 1))
        what = "the text of a record's page has no records, needs or leads_to"
        faults.append(Fault(article.file, line, column, "front matter", what, "one of them", "Take them out."))
    for place, text in article.fields():
        faults += _field_faults(atlas, article, place, text)
    return faults


def _fault(article: Article, offset: int, what: str, got: str, mend: str) -> Fault:
    line, column = article.place(offset)
    return Fault(article.file, line, column, "text", what, shown(got), mend)


def _reference_faults(atlas: Atlas, named: Mapping[str, Named], article: Article, reference: Reference, *, alone: bool) -> Iterator[Fault]:
    def fault(what: str, mend: str) -> Fault:
        return _fault(article, reference.start, what, reference.written, mend)

    line = article.body[article.body.rfind("\n", 0, reference.start) + 1 :].split("\n", 1)[0]
    if line.startswith("#") and reference.kind != "literal":
        yield fault("a reference stands in a heading", "Put it into the text below.")
    match reference.kind:
        case "malformed":
            yield fault("this is not a reference", "Write {{fact.figure}}, {{^fact}}, {{kind:id}} or {{=24}}; CONTRIBUTING.md tells how.")
        case "block" if not alone:
            yield fault("the page of a record has its own lists", "Link to the page that has this one.")
        case "block":
            if not re.search(r"(?:^|\n\n)$", article.body[: reference.start]) or not re.match(r"\n*$|\n\n", article.body[reference.end :]):
                yield fault("this must stand on a line of its own", "Put an empty line before and behind it.")
        case "record" | "count":
            if trouble := record_trouble(atlas, reference):
                yield fault(*trouble)
        case "value" | "cite" if not alone:
            yield fault(
                "the page of a record has its own facts and sources", "Link to the page that tells it, or write it into the record."
            )
        case "value" | "cite":
            try:
                look_up(atlas, named, reference)
            except NotFoundError as error:
                yield fault(error.what, error.mend)
    if reference.kind == "cite" and (reference.in_link or reference.particle):
        yield fault("sources are marked behind a sentence", "Put it behind the link, the particle and the full stop.")
    bare = _BARE_PARTICLE.match(article.body, reference.end)
    if article.language == "ko" and bare and reference.kind not in {"literal", "cite"} and not reference.particle:
        what = "a particle of one form follows a reference, whose value may come to need the other"
        yield _fault(article, reference.end, what, bare[1], "Write both forms, such as 은/는, 이/가, 을/를, 과/와, 으로/로.")
    if reference.particle and article.language != "ko":
        yield fault("a Korean particle stands in another language", "Take it out.")


def _field_faults(atlas: Atlas, article: Article, place: str, text: str) -> Iterator[Fault]:
    """Title, description and lead are bare text; what one needs may name records."""
    line, column = article.places.get(place, (1, 1))
    for reference in references(text):
        if reference.kind not in {"record", "literal"} or not place.startswith(("needs", "leads_to")):
            mend = "Say it in the text below." if reference.kind != "malformed" else "Write {{kind:id}}."
            yield Fault(article.file, line, column, place, "this reference cannot stand here", shown(reference.written), mend)
        elif reference.kind == "record" and (trouble := record_trouble(atlas, reference)):
            yield Fault(article.file, line, column, place, trouble[0], shown(reference.written), trouble[1])
    if match := re.search(r"<[A-Za-z/!?]|&#|&\w+;|\{%|\{#", text):
        yield Fault(article.file, line, column, place, "this text has markup", shown(text[match.start() :]), "Write plain text.")
    masked = _NOT_TEXT.sub("", _OF_LIST.sub("", f"\n{text}"))
    if stray := _BRACES.search(masked):
        yield Fault(article.file, line, column, place, "a brace stands alone", shown(stray[0]), "Write {{kind:id}}, or no braces.")
    if match := _NUMBER.search(masked):
        yield Fault(article.file, line, column, place, "a number is typed into the text", shown(match[0]), "Say it without the number.")


def _strange(article: Article) -> Iterator[Fault]:
    masked = re.sub(r"\{\{[^{}]*\}\}", lambda match: " " * len(match[0]), article.body)
    stray = [*_BRACES.finditer(masked)]
    for match in stray:
        yield _fault(article, match.start(), "a brace stands alone", match[0], "Write {{fact.figure}}, closed by two braces.")
    for match in re.finditer(r"`[^`\n]*\{\{[^`\n]*`", article.body):
        yield _fault(article, match.start(), "a reference stands in code", match[0], "Take the backquotes out.")
    masked = re.sub(r"\{\{[^{}\n]*\}?", lambda match: " " * len(match[0]), masked)  # told already
    masked = re.sub(r"(?m)\{(?<=[ \t]\{)#[a-z0-9-]+\}(?=[ \t]*$)", lambda match: " " * len(match[0]), masked)
    yield from _unclosed(article)
    for marks, form, what, mend in _STRANGE:
        if not any(mark in masked for mark in marks) or (form is _EDGELESS and not _RULED.search(masked)):
            continue
        for match in form.finditer(masked):
            if stray and "{" in form.pattern and match[0] in {"{", "}"}:
                continue  # the other end of a brace that was told
            yield _fault(article, match.start() + len(match[0]) - len(match[0].lstrip()), what, match[0].strip(), mend)


def _unclosed(article: Article) -> Iterator[Fault]:
    """Passages in another language and code that are not closed in their paragraph."""
    for start, paragraph in paragraphs(article.body) if "`" in article.body or "<" in article.body else ():
        if paragraph.count("`") % 2:
            place = start + paragraph.rindex("`")
            yield _fault(article, place, "a backquote is not closed in its paragraph", "`", "Close it, or take it out.")
        depth = 0
        for tag in re.finditer(r"<(/?)span", paragraph):
            depth += -1 if tag[1] else 1
            if depth not in {0, 1}:
                break
        if depth:
            place = start + paragraph.index("<")
            yield _fault(
                article, place, "a span is not closed in its paragraph", "<span>", "Write <span lang=…>…</span>, one beside the other."
            )


def links(article: Article) -> Iterator[tuple[int, str]]:
    """The links of a page with their places."""
    for match in _LINK.finditer(article.body):
        yield match.start(1), match[1]


def linked_address(article: Article, href: str) -> tuple[str, str]:
    """The address below the language that a link from one written page to another leads to, and the anchor."""
    target, _, anchor = href.partition("#")
    if not target:
        return article.path, anchor
    file = posixpath.normpath(posixpath.join(posixpath.dirname(article.relative), target))
    return address_of(file), anchor


def _link_faults(article: Article, there: _Reach) -> Iterator[Fault]:
    for offset, href in links(article):
        if re.match(r"[a-z]+:|/", href):
            mend = (
                "Name the site in data/entry/sites.yaml and write {{site:id}}, or link to the file of the page, such as ../visa/index.md."
            )
            yield _fault(article, offset, "a link leads out of the guide, or to no file", href, mend)
            continue
        address, anchor = linked_address(article, href)
        if not href.startswith("#") and not href.split("#")[0].endswith(".md"):
            yield _fault(article, offset, "a link does not lead to a file", href, "End it in .md, such as ../visa/c-3-3/index.md.")
        elif address not in there.records and address not in there.pages:
            yield _fault(article, offset, "there is no such page", href, "Correct the link; it counts from the folder of this file.")
        elif anchor and address in there.pages:
            versions = there.pages[address]
            other = versions.get(article.language) or next(iter(versions.values()))
            if anchor not in other.anchors and other.stands_alone:
                yield _fault(article, offset, "the page has no heading with this id", href, _likely(anchor, other))


def _likely(anchor: str, other: _Target) -> str:
    near = difflib.get_close_matches(anchor, other.anchors, n=1)
    return f"Did you mean #{near[0]}?" if near else f"Correct the id after #, or add it in {other.file}."


def _blank(match: re.Match[str]) -> str:
    """As many blanks, on as many lines."""
    return "\n".join(" " * len(line) for line in match[0].split("\n")) if "\n" in match[0] else " " * len(match[0])


def _typed(article: Article, lines: frozenset[str]) -> Iterator[Fault]:
    """Figures that are typed where a record should be named."""
    listed = _OF_LIST.sub(_blank, f"\n{article.body}")[1:]  # first: none of the others stands in it, and it may stand in them
    masked = _NOT_TEXT.sub(_blank, listed)
    if not _NUMBER.search(masked):  # each of the forms has one
        return
    taken: list[tuple[int, int]] = []
    for form, what, mend in (
        (_CODE, "a visa code is typed into the text", "Write {{status:${id}}}, or {{=${got}}} where only the letters are meant."),
        (_AMOUNT, "an amount is typed into the text", "Put it into data/facts/ and write {{fact.figure}}."),
        (_PHONE, "a telephone number is typed into the text", "Write {{line:id}} for a helpline, or put it into data/facts/."),
        (
            _NUMBER,
            "a number is typed into the text",
            "Put it into data/facts/ and write {{fact.figure}}, or {{=${got}}} where it is no fact.",
        ),
    ):
        for match in form.finditer(masked):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            got = match[0].strip(" .,\u00a0")
            if form is _NUMBER and got in lines:
                what, mend = (
                    "a telephone number is typed into the text",
                    "Write {{line:id}} for a helpline, or put it into data/facts/.",
                )
            yield _fault(article, match.start(), what, got, mend.replace("${id}", got.lower()).replace("${got}", got))


def _forbidden(article: Article, usage: Usage) -> Iterator[Fault]:
    """Forms that the term base forbids, outside passages in another language."""
    masked = _QUOTED.sub(lambda match: " " * len(match[0]), article.body)
    fields = list(article.fields())
    near = usage.near("\n".join([masked, *(text for _, text in fields)]))
    if not near:
        return
    for offset, got, why, right in usage.wrong(masked, near):
        yield _fault(
            article, offset, f"the term base forbids this form ({why})", got, f"Write {right}." if right else "Write another word."
        )
    for place, text in fields:
        for _, got, why, right in usage.wrong(text, near):
            line, column = article.places[place]
            mend = f"Write {right}." if right else "Write another word."
            yield Fault(article.file, line, column, place, f"the term base forbids this form ({why})", shown(got), mend)


def headings(text: str) -> list[tuple[int, str, int]]:
    """Level, id and place of the headings of a text."""
    return [(len(match[1]), match[3] or "", match.start()) for match in _HEADING.finditer(f"\n{text}")]


def _headings(article: Article) -> Iterator[Fault]:
    seen: set[str] = set()
    for level, key, offset in headings(article.body):
        if level == 1:
            yield _fault(article, offset, "the title is the only heading of the first level", "#", "Write ## here.")
        if not key:
            mend = "Write it behind the heading, in English, the same in every language: {#like-this}."
            yield _fault(article, offset, "a heading has no id", article.body[offset:].split("\n", 1)[0], mend)
        elif _OF_FRAME.fullmatch(key):
            yield _fault(article, offset, "the frame of the page has this id already", key, "Choose another id.")
        elif key in seen:
            yield _fault(article, offset, "two headings have this id", key, "Choose another id.")
        seen.add(key)


def unread(articles: Mapping[str, Mapping[str, Article]]) -> Iterator[Remark]:
    """Pages of class A that nobody has held against their facts a second time."""
    for found in articles.values():
        for article in found.values():
            if article.critical_class == "A" and article.read_again_on is None:
                yield Remark(article.file, 1, "this page is of class A and has no second reading: write read_again_on when it is done")


def unused_facts(atlas: Atlas, articles: Mapping[str, Mapping[str, Article]]) -> list[str]:
    """Facts that no written page names."""
    bodies: Iterable[Article] = (article for found in articles.values() for article in found.values())
    used = {reference.id for article in bodies for reference in references(article.body) if reference.kind in {"value", "cite"}}
    return sorted(atlas.facts.keys() - used)
