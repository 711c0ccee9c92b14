"""The sections of a written page: what is translated, compared and reviewed as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from atlas.article import Article
from atlas.prose import headings
from atlas.translation.digest import digest

TOP = "top"
"""The id of what stands before the first heading: title, description, lead, needs, leads_to and the text up to there."""


@dataclass(frozen=True)
class Section:
    """One section. ``text`` is its Markdown with the heading; of ``top`` also the fields, one a line as ``title: …``.

    ``offset`` is where it begins in the body of the page.
    """

    id: str
    heading: str
    text: str
    offset: int

    @cached_property
    def digest(self) -> str:
        """See :func:`atlas.translation.digest.digest`."""
        return digest(self.text)


def sections(article: Article) -> tuple[Section, ...]:
    """The sections of a page in their order: each heading of level 2 begins one, deeper headings belong to the one above.

    ``top`` comes first, if anything stands there.
    """
    body = article.body
    begins = [(key, offset) for level, key, offset in headings(body) if level == 2]
    ends = [*(offset for _, offset in begins), len(body)]
    top = "\n".join([*_fields(article), "", body[: ends[0]]])
    found = [Section(TOP, article.title, top, 0)] if top.strip() else []
    for (key, offset), end in zip(begins, ends[1:], strict=True):
        text = body[offset:end]
        found.append(Section(key, _heading(text), text, offset))
    return tuple(found)


def _fields(article: Article) -> Iterator[str]:
    for name, text in article.fields():
        if text:
            yield f"{name.partition('.')[0]}: {text}"


def _heading(text: str) -> str:
    """The words of the heading in the first line of a section, without marks and id."""
    return text.split("\n", 1)[0].lstrip("#").partition("{#")[0].strip()
