"""Lighthouse gives 100 for accessibility, best practices and search engines; speed is measured in ``bench/lighthouse.py``."""

from __future__ import annotations

import pytest

from bench.lighthouse import asked, served
from tests.conftest import KINDS, LANGUAGES, Site

CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("part", range(2))
def test_lighthouse_gives_a_hundred(part: int, site: Site) -> None:
    """The language changes from kind to kind."""
    folders = [folder for folder, _ in LANGUAGES.values()]
    with served(site.folder) as address:
        urls = [address + folders[(place // 2 + part) % 4] + path for place, path in enumerate(KINDS.values()) if place % 2 == part]
        rows = asked(urls, CATEGORIES)
    assert [row["url"] for row in rows] == urls
    assert not [
        (row["url"], row["scores"], row["failed"], row["error"]) for row in rows if row["error"] or set(row["scores"].values()) != {100}
    ]
