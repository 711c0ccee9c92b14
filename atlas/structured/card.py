"""What is shown where the address of a page is shared: the properties of The Open Graph protocol (ogp.me)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel import Locale
from babel.core import get_global

from atlas.records.language import SiteLanguage

WIDTH, HEIGHT = 1200, 630
"""The size of the picture in pixels, that which services ask for (1.91 : 1)."""


def picture(language: str) -> str:
    """The file of the picture of a language, in ``overrides/assets``; ``python -m bench.cards`` draws it."""
    return f"card-{language}.png"


def og_locale(site: SiteLanguage) -> str:
    """A language as ``og:locale`` wants it, with the country where CLDR names the likely one: ``en_GB``, ``ko_KR``, ``zh_CN``."""
    locale, likely = Locale.parse(site.locale), get_global("likely_subtags")
    territory = locale.territory or (likely.get(site.locale) or likely[locale.language]).split("_")[-1]
    return f"{locale.language}_{territory}"


def card(languages: Mapping[str, SiteLanguage], written_in: str, translations: Mapping[str, Any]) -> dict[str, Any]:
    """The locale of a page, and those of its translations, in the order of the languages."""
    return {
        "locale": og_locale(languages[written_in]),
        "others": [og_locale(site) for code, site in languages.items() if code in translations and code != written_in],
    }
