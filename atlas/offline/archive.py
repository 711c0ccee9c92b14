"""``offline/korea-care-atlas-<language>.zip``: the pages of one language as they open from a disk (``file:``).

Scripts do not run from a disk (modules need a server), so that they are left out, with what they would fill in, and with the policy that
would keep styles from loading there. Links lead from file to file; what is not in the archive is on the live site. The same pages give the
same bytes.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import zlib
from array import array
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Set
from html import escape
from typing import Any

from atlas.offline.edition import Files
from atlas.offline.links import HAS_SCHEME, IN_STYLE, target
from atlas.offline.taken import Looking, Taken
from atlas.offline.zipped import Member, members_of, packed, zipped
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
LINK = re.compile(r"""="(?:(?<=\shref=")|(?<=\ssrc=")|(?<=\saction="))([^"#][^"]*)(?=")""")
"""What stands before a link is looked at last: few places are none, and the signs are found at once."""
COLLECTED = (".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
"""Assets that go into the archive: styles and pictures."""


Pieces = Iterator[bytes | memoryview]
"""A content, one after the other: of ten thousand hospitals it is too large to be held."""


def archive_of(looking: Looking, base: str, origin: str, view: Mapping[str, Any], last: Taken, before: bytes = b"") -> Pieces:
    """Packs the pages below ``base`` (``ru/``) of a site, piece by piece. ``view`` is that of the page ``offline/``, which stays out.

    What has not changed since the ``last`` edition is taken over from its archive, ``before``, which must be that one.
    """
    files, taken = looking.files, looking.taken.packed
    links, year_month_day = _Links(base, origin, frozenset(view["packed"])), view["released"].split("-")
    names = {f"{page}index.html": page for page in sorted(view["packed"])}
    stood = members_of(before) if before else {}
    moved = {_mark(page.removesuffix("index.html")) for page in _pages_in(stood) ^ names.keys()} if stood else set()
    assets: set[str] = set()

    def pages() -> Iterator[Member]:
        for name, page in names.items():
            sha256 = files.sha256(base + name)
            assets.update(one for one in looking.bundle(base + name) if one.endswith(COLLECTED))
            known = last.packed.get(name)
            if known and known[0] == sha256 and name in stood and moved.isdisjoint(array("I", known[1])):
                taken[name] = known
                yield stood[name]
            else:
                text = _from_disk(files.read(base + name).decode("utf-8"), page, base, origin, view)
                text, linked = links.rewritten(text, page)
                taken[name] = sha256, linked
                yield packed(name, text.encode("utf-8"))
        for name in sorted(assets):
            content = _style(files, name) if name.endswith(".css") else files.read(name)
            taken[name] = hashlib.sha256(content).hexdigest(), b""
            yield stood[name] if name in stood and last.packed.get(name) == taken[name] else packed(name, content)

    return zipped(pages(), (int(year_month_day[0]), int(year_month_day[1]), int(year_month_day[2])))


def _pages_in(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.endswith("index.html")}


def _mark(page: str) -> int:
    """What stands for a page among those that another links to. Two that have the same only cost time."""
    return zlib.crc32(f"/{page}".encode())


def _from_disk(text: str, page: str, base: str, origin: str, view: Mapping[str, Any]) -> str:
    """A page without what does not work from a disk, and with the words that it is a copy."""
    index = f'<a class="go" href="{up_to_root(base + page)}{base}search/">{escape(view["index"])}</a>'
    text = SEARCH.sub("" if page == "search/" else index, LEFT_OUT.sub("", text), count=1)  # the page of search is the index
    live = f'<a href="{escape(origin + base + page)}">{escape(view["live"])}</a>'
    text = text.replace(MAIN, f'{MAIN}<div class="wrap"><p class="small muted">{escape(view["copy"])} {live}</p></div>', 1)
    at = text.find(PLACEHOLDER)  # the digest of the manifest, which is not that of the archive
    return text[: text.rfind("<p", 0, at)] + text[text.find("</p>", at) + 4 :] if at >= 0 else text


def _style(files: Files, name: str) -> bytes:
    """A style with its drawings inside: from a disk a browser does not use a file as a mask."""

    def drawn(match: re.Match[str]) -> str:
        drawing = target(posixpath.dirname(name), match[1])
        if not drawing or not drawing.endswith(".svg"):
            return match[0]
        return f"url(data:image/svg+xml;base64,{b64encode(files.read(drawing)).decode('ascii')})"

    return re.sub(IN_STYLE.pattern + r"""["']?\)""", drawn, files.read(name).decode("utf-8")).encode("utf-8")


class _Links:
    """Turns the links of pages into links from file to file, or to the live site. What one page needed is known for all as deep as it."""

    def __init__(self, base: str, origin: str, pages: Set[str]) -> None:
        self._base, self._origin, self._pages = base, origin, pages
        self._known: dict[str, dict[str, tuple[str, int | None]]] = {}

    def rewritten(self, text: str, page: str) -> tuple[str, bytes]:
        """A page with its links rewritten, and the marks of all that they lead to in this language, as an array of numbers."""
        folder, up, root = self._base + page, "../" * page.count("/"), up_to_root(self._base + page)
        known = self._known.setdefault(root, {})

        def learnt(link: str) -> tuple[str, int | None]:
            led = self._led(link, folder, up)
            if link.startswith(root):
                known[link] = led
            return led

        parts = LINK.split(text)  # text, link, text, …: much less work than a call for each link
        led = [known[link] if link in known else learnt(link) for link in parts[1::2]]
        parts[1::2] = [f'="{link}' for link, _ in led]
        return "".join(parts), array("I", sorted({mark for _, mark in led if mark is not None})).tobytes()

    def _led(self, link: str, folder: str, up: str) -> tuple[str, int | None]:
        """Where a link leads from the archive, and the mark of the page that it names in this language, be there one or not."""
        if HAS_SCHEME.match(link):
            return link, None
        path, mark, rest = _parted(link)
        address = target(folder, path)
        if address is None:
            return link, None
        page = address.removeprefix(self._base)
        named = _mark(page) if address.startswith(self._base) else None
        if named is not None and page in self._pages:
            return f"{up}{page}index.html{mark + rest if mark == '#' else ''}", named
        if address.endswith(COLLECTED):
            return up + address, named
        return self._origin + address + mark + rest, named


def up_to_root(address: str) -> str:
    """How a page names the root of the site: ``../../``."""
    return "../" * address.count("/") or "./"


def _parted(link: str) -> tuple[str, str, str]:
    """Path, ``#`` or ``?`` or nothing, and the rest."""
    found = re.search(r"[#?]", link)
    return (link[: found.start()], found[0], link[found.end() :]) if found else (link, "", "")
