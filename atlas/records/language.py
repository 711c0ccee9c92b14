"""Languages: those of the site and those that institutions speak."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from pydantic import AfterValidator, Field, model_validator

from atlas.records.record import Record, wrong


def _known_locale(value: str) -> str:
    try:
        Locale.parse(value)
    except (ValueError, UnknownLocaleError):
        raise wrong("CLDR has no such locale", "Write it as in zh_Hans or en_GB.") from None
    return value


def _named(value: str) -> str:
    if value not in Locale("en").languages:
        raise wrong("CLDR has no name for this language", "Write an ISO 639-1 code such as ru.")
    return value


class SiteLanguage(Record):
    """How the site speaks a language."""

    order: Annotated[int, Field(ge=0, le=99)]
    """Place in the header; 0 is the default language, at the root of the site."""
    tag: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    """BCP 47 tag for ``lang`` and ``hreflang``: ``zh-Hans``."""
    locale: Annotated[str, AfterValidator(_known_locale)]
    """CLDR locale for names, dates, numbers and plurals: ``zh_Hans``."""
    myriads: Literal["split", "decimal"] | None = None
    """How large amounts are counted by ten thousands, if they are: *split* 3억 2,000만, *decimal* 3.2亿."""
    name: str
    """Its own name, as it stands in the header."""
    alphabet: Annotated[str, Field(pattern=r"^\S*$", max_length=100)] = ""
    """Its small letters in their order, where that is not the order of Unicode: Kazakh puts ә behind а. Empty where it is."""
    growing: bool = False
    """Whether only some pages are translated yet: those for which there is a text in ``docs/<code>/``. The others say that they are not,
    and no page of another language offers them."""
    translated: Annotated[tuple[str, ...], Field(max_length=2000)] = ()
    """Of a growing language, addresses of pages that are translated although they have no text in ``docs/``: ``""`` (home), ``search/``."""

    @property
    def script(self) -> str:
        """The script that it is written in (ISO 15924), by its locale or else the likely one of CLDR: ``Cyrl``, ``Hans``, ``Kore``."""
        locale = Locale.parse(self.locale)
        likely: str = get_global("likely_subtags").get(locale.language, "")
        return locale.script or next((part for part in likely.split("_") if len(part) == 4), "Latn")


class Language(Record):
    """A language by its ISO 639-1 code; its names come from CLDR."""

    id: Annotated[str, Field(pattern=r"^[a-z]{2,3}$"), AfterValidator(_named)]
    site: SiteLanguage | None = None
    """``null``: spoken by institutions or used by sources, not a language of the site."""

    @model_validator(mode="after")
    def _folder(self) -> Self:
        if self.site and len(self.id) != 2:
            raise wrong("the folder of a language of the site has two letters", "Write the code of ISO 639-1: kk, not kaz.")
        if self.site and self.site.growing and self.site.order == 0:
            raise wrong("the default language cannot be growing: all others fall back to it", "Take growing out, or give it another order.")
        if self.site and self.site.translated and not self.site.growing:
            raise wrong("all pages of a language that is not growing are translated", "Take the list out.")
        return self
