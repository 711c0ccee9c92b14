"""Lighthouse gives 100 for accessibility, best practices and search engines; speed is measured in ``bench/lighthouse.py``.

What Lighthouse says of accessibility it is told by axe, which each kind of page is asked more of in
``test_each_kind_of_page_is_for_everyone``: here it is asked of one page in each language.
"""

from __future__ import annotations

import pytest

from bench.lighthouse import asked, served
from tests.conftest import KINDS, LANGUAGES, Site

CATEGORIES = ("best-practices", "seo")
FOLDERS = [folder for folder, _ in LANGUAGES.values()]
PAGES = [FOLDERS[place % len(FOLDERS)] + path for place, path in enumerate(KINDS.values())]
"""One page of each kind; the language changes from kind to kind."""
OF_EACH_LANGUAGE = [folder + path for folder, path in zip(FOLDERS, list(KINDS.values())[3::10], strict=False)]


@pytest.mark.parametrize(
    ("pages", "categories"),
    [(OF_EACH_LANGUAGE, ("accessibility", *CATEGORIES)), (PAGES[::2], CATEGORIES), (PAGES[1::2], CATEGORIES)],
    ids=["accessibility", "even", "odd"],
)
def test_lighthouse_gives_a_hundred(pages: list[str], categories: tuple[str, ...], site: Site) -> None:
    with served(site.folder) as address:
        urls = [address + page for page in pages]
        rows = asked(urls, categories)
    assert [row["url"] for row in rows] == urls
    assert not [
        (row["url"], row["scores"], row["failed"], row["error"]) for row in rows if row["error"] or set(row["scores"].values()) != {100}
    ]
