"""What editors write: Markdown files in ``docs/<language>/`` with a short front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from atlas.fault import Fault, shown
from atlas.records.date import Date
from atlas.records.record import Record
from atlas.yamltext import read_yaml

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


class FrontMatter(Record):
    """What stands between the two lines of hyphens on top of a page."""

    title: str = ""
    """Title, description and lead are left out where the text belongs to the page of a record, which has its own."""
    description: str = ""
    lead: str = ""
    """The sentence under the title."""
    section: Literal["hospitals", "treatments", "visa", "plan", "rights", "remote-care", "programmes", "numbers", "north-korea", "about"]
    order: int = 0
    """Its place among the pages of its folder."""
    critical_class: Literal["A", "B"]
    """A: visa, medical, legal, money or emergency matter, where a wrong word is a wrong fact."""
    needs: tuple[str, ...] = ()
    """Of a step of the journey: what one needs; together over all steps they are the list that prints."""
    leads_to: str = ""
    """Of a step of the journey: what it leads to."""
    records: Literal["registration", "evidence"] | None = None
    """Which records are printed below the text."""
    checked_on: Date
    read_again_on: Date | None = None
    """The day on which a second reader held this text against its facts; pages of class A must have it."""


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

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def read_articles(root: Path, languages: tuple[str, ...]) -> tuple[dict[str, dict[str, Article]], list[Fault]]:
    """All written pages below ``root/docs`` by path and language, and what is wrong with them."""
    articles: dict[str, dict[str, Article]] = {}
    faults: list[Fault] = []
    for language in languages:
        for file in sorted((root / "docs" / language).rglob("*.md")):
            article = _read(
                file,
                file.relative_to(root).as_posix(),
                address_of(file.relative_to(root / "docs" / language).as_posix()),
                language,
                faults,
            )
            if article and language in articles.get(article.path, {}):
                path = file.relative_to(root).as_posix()
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


def _read(file: Path, path: str, address: str, language: str, faults: list[Fault]) -> Article | None:
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(Fault(path, line, 1, "file", "this is not UTF-8 text", "other bytes", "Save the file as UTF-8."))
        return None
    match = _FRONT.match(text)
    if not match:
        mend = "Begin the page with ---, its fields, and --- again."
        faults.append(Fault(path, 1, 1, "file", "there is no front matter", shown(text.split("\n", 1)[0]), mend))
        return None
    document, found = read_yaml("\n" + match.group(1), path)
    faults += found
    try:
        front = FrontMatter.model_validate(document.value)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            loc = details["loc"]
            line, column = document.place(loc)
            what = "this field is missing" if details["type"] == "missing" else details["msg"]
            got = None if details["type"] == "missing" else details["input"]
            faults.append(Fault(path, line, column, ".".join(map(str, loc)), what, shown(got), "Compare it with a page beside it."))
        return None
    body = text[match.end() :].lstrip("\n")
    line = text[: len(text) - len(body)].count("\n") + 1
    fields = ["title", "description", "lead", "leads_to", *(f"needs.{place}" for place in range(len(front.needs)))]
    places = {name: document.place(tuple(int(part) if part.isdigit() else part for part in name.split("."))) for name in fields}
    return Article(path=address, language=language, body=body, body_line=line, file=path, places=places, **front.model_dump())


def in_language(articles: Mapping[str, Article], language: str, fallbacks: Iterator[str] | tuple[str, ...]) -> Article:
    """The page in ``language``, or in the first of the other languages that has it."""
    for code in (language, *fallbacks):
        if code in articles:
            return articles[code]
    return next(iter(articles.values()))
