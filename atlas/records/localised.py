"""Text for people, by language."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import RootModel, ValidationInfo, field_validator, model_validator

from atlas.records.record import Known, wrong

FALLBACK = ("en", "ko")
"""Where to look when the reader's language has no text yet, in this order."""


@dataclass(frozen=True)
class Passage:
    """A piece of text and the language that it is really in."""

    text: str
    language: str


class Localised(RootModel[dict[str, str]]):
    """A text by language of the site, e.g. ``{en: Seoul, ko: 서울, ru: Сеул, zh: 首尔}``.

    A language that has no text yet falls back to English, then Korean; the page marks that with ``lang``.
    """

    model_config = {"frozen": True, "defer_build": True}

    @model_validator(mode="before")
    @classmethod
    def _by_language(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, dict):
            languages = info.context.languages if isinstance(info.context, Known) else ()
            lines = ", ".join(f"{code}: …" for code in languages or FALLBACK)
            raise wrong("this text is needed by language", f"Write a line for each below it ({lines}); one of en and ko must be there.")
        return value

    @field_validator("root")
    @classmethod
    def _languages(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        languages = info.context.languages if isinstance(info.context, Known) else ()
        for code, text in value.items():
            if languages and code not in languages:
                raise wrong(f'"{code}" is not a language of this site', f"Use one of: {', '.join(languages)}.")
            if not text.strip():
                raise wrong(f'the text in "{code}" is empty', "Write the text, or leave the language out.")
        if not any(code in value for code in FALLBACK):
            raise wrong("neither English nor Korean text is given", "Write at least one of en and ko.")
        return value

    def passage(self, language: str) -> Passage:
        """The text in ``language``, or in the first language that has one."""
        for code in (language, *FALLBACK):
            if code in self.root:
                return Passage(self.root[code], code)
        code, text = next(iter(self.root.items()))
        return Passage(text, code)
