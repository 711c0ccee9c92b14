"""How the generators that are measured write the same Markdown, and where each keeps its pages."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from bench.corpus.text import Text

Place = tuple[str, str]


class Dialect(ABC):
    """The Markdown and the tree of one generator; what is not said otherwise is CommonMark."""

    default: ClassVar[str] = "en"
    """The language whose pages lie at the root of the site."""

    @abstractmethod
    def file(self, language: str, place: Place) -> str:
        """Where a page lies in the project."""

    @abstractmethod
    def href(self, language: str, here: Place, place: Place) -> str:
        """A link from one page to another."""

    @abstractmethod
    def note(self, title: str, text: str) -> str:
        """A paragraph that stands out."""

    def heading(self, level: int, text: str, key: str) -> str:  # noqa: ARG002  # most have ids of their own making
        """A heading."""
        return f"{'#' * level} {text}"

    def number(self, text: str) -> str:
        """A figure in the text."""
        return text

    def code(self, text: str) -> str:
        """A figure that is set as code."""
        return f"`{text}`"

    def page(self, text: Text) -> str:
        """The whole file."""
        front = f"---\ntitle: {quoted(text.title)}\ndescription: {quoted(text.description)}\n---\n\n"
        return f"{front}{text.lead}{'' if text.language == 'zh' else ' '}{text.body}"


class Files(Dialect):
    """Links go from file to file: MkDocs, Zensical."""

    def file(self, language: str, place: Place) -> str:
        return f"docs/{language}/{_tail(place)}.md"

    def href(self, language: str, here: Place, place: Place) -> str:  # noqa: ARG002
        return f"{'../' if here[0] else ''}{_tail(place)}.md"

    def note(self, title: str, text: str) -> str:
        return f'!!! note "{title}"\n    {text}'


class Addresses(Dialect):
    """Links are addresses from the root: Hugo, Starlight."""

    def href(self, language: str, here: Place, place: Place) -> str:  # noqa: ARG002
        tail = _tail(place).removesuffix("index").rstrip("/")
        return self._below(language) + (f"{tail}/" if tail else "")

    def _below(self, language: str) -> str:
        return "/" if language == self.default else f"/{language}/"


class Hugo(Addresses):
    """https://gohugo.io/content-management/organization/"""

    def file(self, language: str, place: Place) -> str:
        return f"content/{language}/{_tail(place).replace('index', '_index')}.md"

    def note(self, title: str, text: str) -> str:
        return f"> **{title}.** {text}"


class Starlight(Addresses):
    """https://starlight.astro.build/guides/i18n/, with English as the root locale."""

    def file(self, language: str, place: Place) -> str:
        return f"src/content/docs{self._below(language)}{_tail(place)}.md"

    def note(self, title: str, text: str) -> str:
        return f":::note[{title}]\n{text}\n:::"


class Own(Files):
    """Our own rules: ids of headings by hand, figures marked as meant, no admonitions, no code that holds a reference."""

    def heading(self, level: int, text: str, key: str) -> str:
        return f"{'#' * level} {text} {{#{key}}}"

    def number(self, text: str) -> str:
        return f"{{{{={text}}}}}"

    def code(self, text: str) -> str:
        return self.number(text)

    def note(self, title: str, text: str) -> str:
        return f"> **{title}.** {text}"


def quoted(text: str) -> str:
    """A text as YAML, which JSON is."""
    return json.dumps(text, ensure_ascii=False)


def _tail(place: Place) -> str:
    return "/".join(part for part in place if part)
