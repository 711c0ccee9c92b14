"""What editors write: Markdown files in ``docs/<language>/`` with a short front matter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from atlas.fault import Fault, shown
from atlas.intake.encoding import read_text
from atlas.intake.limits import FRONT_MATTER
from atlas.memory import Memory
from atlas.records.date import Date
from atlas.records.record import Record
from atlas.yamltext import Document, read_yaml

_FRONT = re.compile(r"---\n(.*?\n)---(?:\n|$)", re.DOTALL)


Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
"""The digest of a section, as :func:`atlas.translation.digest.digest` makes it."""


class Review(Record):
    """Who has reviewed a section: ``text`` is the digest of the section as she read it, so that an edit revokes her review."""

    by: Annotated[str, Field(pattern=r"^\S.*, \S.*$", max_length=80)]
    """Role and initials in the language of the page: ``medical translator, A. K.``."""
    on: Date
    text: Digest


class FrontMatter(Record):
    """What stands between the two lines of hyphens on top of a page."""

    title: Annotated[str, Field(max_length=200)] = ""
    """Title, description and lead are left out where the text belongs to the page of a record, which has its own."""
    description: Annotated[str, Field(max_length=500)] = ""
    lead: Annotated[str, Field(max_length=600)] = ""
    """The sentence under the title."""
    section: Literal["hospitals", "treatments", "visa", "plan", "rights", "remote-care", "programmes", "numbers", "north-korea", "about"]
    order: int = 0
    """Its place among the pages of its folder."""
    critical_class: Literal["A", "B"]
    """A: visa, medical, legal, money or emergency matter, where a wrong word is a wrong fact."""
    needs: Annotated[tuple[Annotated[str, Field(max_length=300)], ...], Field(max_length=40)] = ()
    """Of a step of the journey: what one needs; together over all steps they are the list that prints."""
    leads_to: Annotated[str, Field(max_length=400)] = ""
    """Of a step of the journey: what it leads to."""
    records: Literal["registration", "evidence"] | None = None
    """Which records are printed below the text."""
    checked_on: Date
    read_again_on: Date | None = None
    """The day on which a second reader held this text against its facts; pages of class A must have it."""
    translated_from: str | None = None
    """Of a translation, the language of the page that it was made from; this field and the next two are written by ``atlas accept``."""
    made_from: Annotated[Mapping[str, Digest], Field(max_length=100, default_factory=dict)]
    """Of a translation, by id of the section, the digest of the section of the source that it was made from."""
    reviewed: Annotated[Mapping[str, Review], Field(max_length=100, default_factory=dict)]
    """Of a page of class A, by id of the section, who has reviewed it."""


@dataclass(frozen=True)
class Article:
    """One written page. ``path`` is its address below the language: ``rights/registration/``."""

    path: str
    language: str
    title: str
    description: str
    lead: str
    section: str
    order: int
    critical_class: str
    needs: tuple[str, ...]
    leads_to: str
    records: str | None
    checked_on: str
    read_again_on: str | None
    body: str
    body_line: int
    """The line of the file on which the body begins."""
    file: str
    places: Mapping[str, tuple[int, int]]
    """Line and column of the fields of the front matter."""
    translated_from: str | None = None
    made_from: Mapping[str, str] = field(default_factory=dict)
    reviewed: Mapping[str, Review] = field(default_factory=dict)

    @property
    def stands_alone(self) -> bool:
        """Whether it has all that a page of its own needs."""
        return bool(self.title and self.description and self.lead)

    @property
    def relative(self) -> str:
        """Its file below the folder of the language: ``rights/registration.md``."""
        return self.file.removeprefix(f"docs/{self.language}/")

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of a place in the body."""
        before = self.body[:offset]
        return self.body_line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1

    def fields(self) -> Iterator[tuple[str, str]]:
        """The texts of the front matter by name."""
        yield from (("title", self.title), ("description", self.description), ("lead", self.lead), ("leads_to", self.leads_to))
        yield from ((f"needs.{place}", text) for place, text in enumerate(self.needs))


@dataclass(frozen=True, order=True)
class Remark:
    """Something that an editor should look at, which does not stop the build."""

    path: str
    line: int
    what: str
    column: int = 0
    """From 1; 0 where the whole line is meant."""

    def __str__(self) -> str:
        place = f"{self.line}:{self.column}" if self.column else str(self.line)
        return f"{self.path}:{place}: {self.what}"


def read_articles(
    root: Path, languages: tuple[str, ...], memory: Memory | None = None
) -> tuple[dict[str, dict[str, Article]], list[Fault]]:
    """All written pages below ``root/docs`` by path and language, and what is wrong with them."""
    memory = memory or Memory.of(root)
    articles: dict[str, dict[str, Article]] = {}
    faults: list[Fault] = []
    files = [path for path, _ in memory.below("docs")]
    for language in languages:
        folder = f"docs/{language}/"
        for path in (path for path in files if path.startswith(folder) and path.endswith(".md")):
            article, found = memory.made(("article", path), (memory.state(root, path),), partial(_article, root, path, language))
            faults += found
            if article and language in articles.get(article.path, {}):
                faults.append(Fault(path, 1, 1, "file", "another page has this address", f"/{article.path}", "Keep one of the two files."))
            elif article:
                articles.setdefault(article.path, {})[language] = article
    return articles, faults


def address_of(file: str) -> str:
    """The address of a file below the folder of its language: ``rights/index.md`` → ``rights/``."""
    parts = file.removesuffix(".md").split("/")
    if parts[-1] == "index":
        parts.pop()
    return "/".join([*parts, ""]) if parts else ""


def _article(root: Path, path: str, language: str) -> tuple[Article | None, list[Fault]]:
    text, faults = read_text(root, path)
    return None if text is None else _read(text, path, address_of(path.removeprefix(f"docs/{language}/")), language, faults), faults


def _read(text: str, path: str, address: str, language: str, faults: list[Fault]) -> Article | None:
    match = _FRONT.match(text)
    if not match:
        begun = text.startswith("---\n")
        what = "the front matter is not closed" if begun else "this file is empty" if not text.strip() else "there is no front matter"
        mend = "Begin the page with ---, its fields, and --- again."
        faults.append(Fault(path, 1, 1, "file", what, shown(text.split("\n", 1)[0]), mend))
        return None
    if len(match[1]) > FRONT_MATTER:
        got = f"{len(match[1])} characters"
        what = f"the front matter has more than {FRONT_MATTER} characters"
        faults.append(Fault(path, 2, 1, "front matter", what, got, "Move the text below it."))
        return None
    document, found = read_yaml("\n" + match.group(1), path)
    faults += found
    if not isinstance(document.value, dict):
        if not found:
            what, mend = "the front matter must be a group of fields", "Write one field a line: name, colon, value."
            faults.append(Fault(path, 2, 1, "front matter", what, shown(document.value), mend))
        return None
    try:
        front = FrontMatter.model_validate(document.value)
    except ValidationError as error:
        told = {(fault.line, fault.field) for fault in found}
        new = [_fault(document, details) for details in error.errors(include_url=False)]
        faults += [fault for fault in new if (fault.line, fault.field) not in told]
        return None
    body = text[match.end() :].lstrip("\n")
    line = text[: len(text) - len(body)].count("\n") + 1
    fields = ["title", "description", "lead", "leads_to", *(f"needs.{place}" for place in range(len(front.needs)))]
    fields += ["translated_from", "made_from", "reviewed"]
    places = {name: document.place(tuple(int(part) if part.isdigit() else part for part in name.split("."))) for name in fields}
    return Article(path=address, language=language, body=body, body_line=line, file=path, places=places, **_values(front))


def _values(front: FrontMatter) -> dict[str, Any]:
    """The fields as they were read."""
    return {name: getattr(front, name) for name in FrontMatter.model_fields}


def _fault(document: Document, details: ErrorDetails) -> Fault:
    """What is wrong with one field of the front matter."""
    loc, kind, context = details["loc"], details["type"], details.get("ctx", {})
    got = shown(str(loc[-1]) if kind == "extra_forbidden" else None if kind == "missing" else details["input"])
    mend = "Compare it with a page beside it."
    match kind:
        case "atlas":
            what, mend = context["what"], context["mend"]
        case "missing":
            what = "this field is missing"
        case "extra_forbidden":
            near = difflib.get_close_matches(str(loc[-1])[:80], list(FrontMatter.model_fields), n=1)
            what = "there is no such field"
            mend = f"Did you mean {near[0]}?" if near else f"Take it out; there are {', '.join(FrontMatter.model_fields)}."
        case "literal_error":
            what, mend = "this word is not one of those allowed", f"Use {context['expected']}."
        case "string_too_long":
            what, mend = f"this text has more than {context['max_length']} characters", "Shorten it."
        case "too_long":
            what, mend = f"this list has more than {context['max_length']} entries", "Shorten it."
        case "string_type":
            what, mend = "this must be text", "Put it in quotes."
        case "int_type":
            what, mend = "this must be a whole number", "Write digits only, without quotes."
        case "tuple_type":
            what, mend = "this must be a list", "Write one entry a line after a hyphen."
        case _:
            what = re.sub(r"^Input should", "this should", details["msg"])
    line, column = document.place(loc, key=kind == "extra_forbidden")
    return Fault(document.path, line, column, ".".join(map(str, loc)), what, got, mend)


def in_language(articles: Mapping[str, Article], language: str, fallbacks: Iterator[str] | tuple[str, ...]) -> Article:
    """The page in ``language``, or in the first of the other languages that has it."""
    for code in (language, *fallbacks):
        if code in articles:
            return articles[code]
    return next(iter(articles.values()))
