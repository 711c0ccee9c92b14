"""``offline/korea-care-atlas-<language>.zip``: the pages of one language as they open from a disk (``file:``).

Scripts do not run from a disk (modules need a server), so that they are left out, with what they would fill in, and with the policy that
would keep styles from loading there. Links lead from file to file; what is not in the archive is on the live site. The same pages give the
same bytes.
"""

from __future__ import annotations

import re
import zipfile
from base64 import b64encode
from collections.abc import Mapping, Set
from html import escape
from pathlib import Path
from typing import Any

from atlas.offline.links import IN_STYLE, Assets, target
from atlas.publishing.manifest import PLACEHOLDER

NAME = "korea-care-atlas-{language}.zip"
LEFT_OUT = re.compile(
    r"""<meta\ http-equiv="Content-Security-Policy"[^>]*>\n?
      | <script\b[^>]*>.*?</script>\n?
      | <template\b[^>]*>.*?</template>\n?
      | <link\b[^>]*\brel="modulepreload"[^>]*>\n?
      | </?noscript>""",
    re.DOTALL | re.VERBOSE,
)
"""The policy, scripts, what they fill in, and the marks round what is said without scripts."""
SEARCH = re.compile(r"<atlas-search\b.*?</atlas-search>", re.DOTALL)
MAIN = '<main id="main" tabindex="-1">'
LINK = re.compile(r'(\s(?:href|src|action)=")([^"#][^"]*)(?=")')
COLLECTED = frozenset({".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"})
"""Assets that go into the archive: styles and pictures."""


def write_archive(site: Path, base: str, origin: str, view: Mapping[str, Any], path: Path) -> None:
    """Packs the pages below ``base`` (``ru/``) of a published site. ``view`` is that of the page ``offline/``, which stays out."""
    pages = {page: (site / base / page / "index.html") for page in view["packed"]}
    assets, links = Assets(site), _Links(base, origin, pages.keys())
    taken: set[str] = set()
    year, month, day = (int(part) for part in view["released"].split("-"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:

        def add(name: str, content: str | bytes) -> None:
            entry = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)

        for page in sorted(pages):
            text = pages[page].read_text(encoding="utf-8")
            taken.update(name for name in assets.all_of(text, base + page) if Path(name).suffix in COLLECTED)
            add(f"{page}index.html", links.rewritten(_from_disk(text, page, base, origin, view), page))
        for name in sorted(taken):
            add(name, _style(site / name) if name.endswith(".css") else (site / name).read_bytes())


def _from_disk(text: str, page: str, base: str, origin: str, view: Mapping[str, Any]) -> str:
    """A page without what does not work from a disk, and with the words that it is a copy."""
    index = f'<a class="go" href="{up_to_root(base + page)}{base}search/">{escape(view["index"])}</a>'
    text = SEARCH.sub("" if page == "search/" else index, LEFT_OUT.sub("", text), count=1)  # the page of search is the index
    live = f'<a href="{escape(origin + base + page)}">{escape(view["live"])}</a>'
    text = text.replace(MAIN, f'{MAIN}<div class="wrap"><p class="small muted">{escape(view["copy"])} {live}</p></div>', 1)
    at = text.find(PLACEHOLDER)  # the digest of the manifest, which is not that of the archive
    return text[: text.rfind("<p", 0, at)] + text[text.find("</p>", at) + 4 :] if at >= 0 else text


def _style(file: Path) -> str:
    """A style with its drawings inside: from a disk a browser does not use a file as a mask."""

    def drawn(match: re.Match[str]) -> str:
        drawing = file.parent / match[1]
        return f"url(data:image/svg+xml;base64,{b64encode(drawing.read_bytes()).decode('ascii')})" if drawing.suffix == ".svg" else match[0]

    return re.sub(IN_STYLE.pattern + r"""["']?\)""", drawn, file.read_text(encoding="utf-8"))


class _Links:
    """Turns the links of pages into links from file to file, or to the live site. What one page needed is known for all as deep as it."""

    def __init__(self, base: str, origin: str, pages: Set[str]) -> None:
        self._base, self._origin, self._pages = base, origin, pages
        self._known: dict[str, dict[str, str]] = {}

    def rewritten(self, text: str, page: str) -> str:
        """A page with its links rewritten."""
        folder, up, root = self._base + page, "../" * page.count("/"), up_to_root(self._base + page)
        known = self._known.setdefault(root, {})

        def learnt(link: str) -> str:
            led = self._led(link, folder, up)
            if link.startswith(root):
                known[link] = led
            return led

        parts = LINK.split(text)  # text, attribute, link, text, …: much less work than a call for each link
        parts[2::3] = [known[link] if link in known else learnt(link) for link in parts[2::3]]
        return "".join(parts)

    def _led(self, link: str, folder: str, up: str) -> str:
        path, mark, rest = _parted(link)
        address = target(folder, path)
        if address is None:
            return link
        page = address.removeprefix(self._base)
        if address.startswith(self._base) and page in self._pages:
            return f"{up}{page}index.html{mark + rest if mark == '#' else ''}"
        if Path(address).suffix in COLLECTED:
            return up + address
        return self._origin + address + mark + rest


def up_to_root(address: str) -> str:
    """How a page names the root of the site: ``../../``."""
    return "../" * address.count("/") or "./"


def _parted(link: str) -> tuple[str, str, str]:
    """Path, ``#`` or ``?`` or nothing, and the rest."""
    found = re.search(r"[#?]", link)
    return (link[: found.start()], found[0], link[found.end() :]) if found else (link, "", "")
