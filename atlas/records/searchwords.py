"""What people type when they want a page."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from atlas.records.record import Known, Record, wrong

Typed = Annotated[str, Field(min_length=1, max_length=80)]


class SearchWords(Record):
    """Everyday words, short names, other spellings and old codes of one page, by language of the site. They are never printed as facts."""

    id: str
    """The address of the page below the language: ``treatments/ivf/``; the home page is ``""``."""
    words: dict[str, tuple[Typed, ...]]

    @model_validator(mode="after")
    def _languages(self, info: ValidationInfo) -> Self:
        languages = info.context.languages if isinstance(info.context, Known) else ()
        for code in self.words:
            if languages and code not in languages:
                raise wrong(f'"{code}" is not a language of this site', f"Use one of: {', '.join(languages)}.")
        return self
