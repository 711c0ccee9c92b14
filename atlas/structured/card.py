"""What is shown where the address of a page is shared: the properties of The Open Graph protocol (ogp.me).

``og:locale:alternate`` is left out: it offers other languages at the *same* address, and ours have their own, which ``hreflang`` names.
"""

from __future__ import annotations

from collections.abc import Collection

from babel import Locale
from babel.core import get_global

from atlas.records.language import SiteLanguage

WIDTH, HEIGHT = 1200, 630
"""The size of the picture in pixels, that which services ask for (1.91 : 1)."""


def picture(language: str) -> str:
    """The file of the picture of a language, in ``overrides/assets``; ``python -m bench.cards`` draws it."""
    return f"card-{language}.png"


def picture_shown(language: str, default: str, drawn: Collection[str]) -> str:
    """The picture on the pages of a language: that of the default language where none is ``drawn`` for it yet."""
    return picture(language) if picture(language) in drawn else picture(default)


def og_locale(site: SiteLanguage) -> str:
    """A language as ``og:locale`` wants it, with the country where CLDR names the likely one: ``en_GB``, ``ko_KR``, ``zh_CN``."""
    locale, likely = Locale.parse(site.locale), get_global("likely_subtags")
    territory = locale.territory or (likely.get(site.locale) or likely[locale.language]).split("_")[-1]
    return f"{locale.language}_{territory}"
