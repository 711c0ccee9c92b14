"""``sitemap.xml`` (sitemaps.org 0.9 with the alternates of Google's extension) and ``robots.txt``."""

from __future__ import annotations

from pathlib import Path

from atlas.offline.edition import files_in
from atlas.offline.publishing import write_offline
from atlas.publishing.manifest import seal
from atlas.publishing.writing import Writing
from atlas.staging import Stage
from atlas.views.offline import PATH as OFFLINE
from atlas.xmltext import in_attribute


def sitemap(staged: Stage, origin: str) -> str:
    """Every page that is written in its language, with its alternates and the day its newest fact was checked."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path, pages in sorted(staged.translations().items()):
        links = [
            f'<xhtml:link rel="alternate" hreflang="{staged.tags[code]}" href={_address(staged, origin, code, path)}/>' for code in pages
        ]
        if staged.default in pages:
            links.append(f'<xhtml:link rel="alternate" hreflang="x-default" href={_address(staged, origin, staged.default, path)}/>')
        for code, page in pages.items():
            changed = f"<lastmod>{page.changed_on}</lastmod>" if page.changed_on else ""
            lines.append(f"<url><loc>{_address(staged, origin, code, path)[1:-1]}</loc>{changed}{''.join(links)}</url>")
    return "\n".join([*lines, "</urlset>", ""])


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
    texts = {"sitemap.xml": sitemap(staged, origin), "robots.txt": robots(origin), **staged.files}
    return {address: text.encode("utf-8") for address, text in texts.items()}
