"""Promises 6 to 8: no third party, a strict content security policy with nothing inline, and a light first view."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin, urlsplit

from atlas.hosting.inline import allowed
from atlas.hosting.policy import metas
from tests.conftest import Site

KB = 1000


def resources(address: str, page: object) -> list[str]:
    """What a browser loads with the page: paths below the site."""
    found = page.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")  # type: ignore[attr-defined]
    assert not [link for link in found if urlsplit(link).netloc], address
    return sorted({urlsplit(urljoin(f"https://x/{address}", link)).path.removeprefix("/") for link in found})


def test_every_page_has_the_policy_and_nothing_inline(site: Site) -> None:
    policy = metas(allowed())["page"]
    for address, page in site.pages.items():
        assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [policy], address
        # A block of data is no script: its type ends the preparation before the policy is asked (HTML, 4.12.1.1).
        assert not page.xpath("//script[not(@src)][not(@type='application/ld+json')] | //style | //*[@style]"), address
        assert not page.xpath("//iframe | //form[not(@action)]"), address
        handlers = [name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib if name.startswith("on")]
        assert not handlers, address


def test_styles_load_nothing_from_elsewhere(site: Site) -> None:
    css = (site.folder / site.asset("style.css")).read_text(encoding="utf-8")
    assert "@import" not in css
    assert "@font-face" not in css
    assert all((site.folder / "assets" / name).is_file() for name in re.findall(r"url\(([^)]+)\)", css))


def test_the_first_view_of_every_page_is_light(site: Site) -> None:
    sizes: dict[str, int] = {}

    def size(path: str) -> int:
        if path not in sizes:
            sizes[path] = len(gzip.compress((site.folder / path).read_bytes(), 6))
        return sizes[path]

    pictures = size(site.asset("bojagi.svg")) + size(site.asset("seal.svg"))
    for address, page in site.pages.items():
        loaded = resources(address, page)
        total = size(f"{address}index.html") + sum(map(size, loaded)) + pictures
        assert total <= 30 * KB, (address, total)
        assert sum(size(path) for path in loaded if path.endswith(".js")) <= 8 * KB, address
        assert sum(size(path) for path in loaded if path.endswith(".css")) <= 12 * KB, address
