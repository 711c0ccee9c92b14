"""A page to be: where it lies, how it is drawn, and all that its template prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from atlas.trace import Key


@dataclass(frozen=True)
class Page:
    """One page in one language.

    ``path`` is the same in every language: ``hospitals/severance-hospital/``; the home page is ``""``.
    ``language`` is the language of the address, ``written_in`` that of the content; they differ where a translation is missing.
    """

    path: str
    language: str
    template: str
    title: str
    description: str
    view: dict[str, Any]
    crumbs: tuple[tuple[str, str], ...] = ()
    """Title and path of the pages above, from the home page down."""
    section: str = ""
    """The entry of the main menu that the page belongs to."""
    changed_on: str | None = None
    """The day on which the newest of its facts was checked."""
    body: str = ""
    """Markdown: the text of a written page, or what an editor adds to the page of a record."""
    body_in: str = ""
    """The language of the body, on the page of a record."""
    written_in: str = ""
    subject: str = ""
    """What the page is about, for machines: one of :data:`atlas.structured.graph.SUBJECTS`; most pages have none."""
    source: str = ""
    """The file that the body comes from."""
    feedback: str = ""
    """What a reader names in a correction: the id of the record, or the path."""

    partial: bool = False
    """In a language that is growing: nobody has written a text for it, so that only what comes from the interface is in the language."""

    @property
    def is_fallback(self) -> bool:
        """Whether it is no translation: its text, or what its records say, is not in the language of the address."""
        return self.partial or (bool(self.written_in) and self.written_in != self.language)

    @property
    def source_path(self) -> str:
        """Its file in the staged tree, below the folder of the language."""
        return f"{self.path}index.md"


@dataclass(frozen=True, repr=False)
class Draft:
    """A page that is made when it is first asked for: a preview shows one of thousands."""

    path: str
    make: Callable[[], Page]
    is_fallback: bool = False
    """Whether the text is not in the language of the address."""
    of: Key | None = None
    """The record or text that it was given, ``()`` for none, if all else that it tells is asked for when it is made, and so noted."""

    @cached_property
    def page(self) -> Page:
        """The page itself."""
        page = self.make()
        assert (page.path, page.is_fallback) == (self.path, self.is_fallback), self.path
        return page
