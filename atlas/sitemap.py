"""``sitemap.xml`` (sitemaps.org 0.9 with the alternates of Google's extension) and ``robots.txt``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from atlas.offline.edition import files_in
from atlas.offline.publishing import write_offline
from atlas.publishing.manifest import seal
from atlas.publishing.writing import Writing
from atlas.staging import Stage
from atlas.views.offline import PATH as OFFLINE
from atlas.xmltext import in_attribute, in_element

MOST = 50_000
"""Pages in one file (sitemaps.org)."""
LARGEST = 50 * 1024 * 1024
"""Bytes of one file (sitemaps.org)."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FRAME = f'{_HEAD}\n<urlset xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{{}}\n</urlset>\n'
_INDEX = f'{_HEAD}\n<sitemapindex xmlns="{_SPACE}">\n{{}}\n</sitemapindex>\n'


def sitemaps(staged: Stage, origin: str) -> dict[str, str]:
    """Every page that is written in its language, with its alternates and the day its newest fact was checked, by address.

    One file; of more pages than one may list an index of several.
    """
    files = [_FRAME.format("\n".join(entries)) for entries in _in_files(_entries(staged, origin))]
    if len(files) < 2:
        return {"sitemap.xml": "".join(files) or _FRAME.format("")}
    named = {f"sitemap-{number}.xml": text for number, text in enumerate(files, 1)}
    index = "\n".join(f"<sitemap><loc>{in_element(origin + name)}</loc></sitemap>" for name in named)
    return {"sitemap.xml": _INDEX.format(index), **named}


def _entries(staged: Stage, origin: str) -> Iterator[str]:
    for path, pages in sorted(staged.translations().items()):
        links = [
            f'<xhtml:link rel="alternate" hreflang="{staged.tags[code]}" href={_address(staged, origin, code, path)}/>' for code in pages
        ]
        if staged.default in pages:
            links.append(f'<xhtml:link rel="alternate" hreflang="x-default" href={_address(staged, origin, staged.default, path)}/>')
        for code, page in pages.items():
            changed = f"<lastmod>{page.changed_on}</lastmod>" if page.changed_on else ""
            yield f"<url><loc>{_address(staged, origin, code, path)[1:-1]}</loc>{changed}{''.join(links)}</url>"


def _in_files(entries: Iterable[str]) -> Iterator[list[str]]:
    """As many as one file may hold."""
    found: list[str] = []
    size = len(_FRAME.encode())
    for entry in entries:
        more = len(entry.encode()) + 1
        if found and (len(found) == MOST or size + more > LARGEST):
            yield found
            found, size = [], len(_FRAME.encode())
        found.append(entry)
        size += more
    if found:
        yield found


def _address(staged: Stage, origin: str, code: str, path: str) -> str:
    return in_attribute(origin + staged.address(code, path))


def robots(origin: str) -> str:
    """All may be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {origin}sitemap.xml\n"


def publish_furniture(staged: Stage, origin: str, site: Path) -> None:
    """Writes what belongs to the whole site into it, once all languages are built; last the manifest, with its digest in every page."""
    writing = Writing(site)
    for address, content in {**staged.assets.contents, **furniture(staged, origin)}.items():
        writing.content(address, content)
    for code, pages in staged.pages.items():
        view = next(page.view for page in pages if page.path == OFFLINE)
        write_offline(files_in(site), staged.address(code, ""), origin, view, writing)
    seal(site)


def furniture(staged: Stage, origin: str) -> dict[str, bytes]:
    """What is published besides pages, assets, and what is made of all pages, by address."""
    texts = {**sitemaps(staged, origin), "robots.txt": robots(origin), **staged.files}
    return {address: text.encode("utf-8") for address, text in texts.items()}
