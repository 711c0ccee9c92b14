"""What a published page loads and where its links lead, read from the page itself: names of assets change with their content.

Addresses are relative to the root of the site: ``ru/visa/``, ``assets/style.css``. A page is named by its folder, with a slash at the end.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from atlas.offline.edition import Files

TAG = re.compile(r"<(?:link|script|img)\b[^>]*>")
LINK = re.compile(r'\b(?:href|src)="([^"#?]+)')
LOADED = ('rel="stylesheet"', 'rel="icon"', 'rel="modulepreload"')
"""The ``<link>`` elements whose target a browser loads."""
IN_STYLE = re.compile(r"""url\(\s*["']?([^"')#?]+)""")
IN_SCRIPT = re.compile(r"""(?:\bfrom|\bimport|\bnew URL)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
HAS_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def target(folder: str, link: str) -> str | None:
    """Where a link in ``folder`` (``ru/visa/``) leads: an address, or nothing for another site or scheme."""
    if HAS_SCHEME.match(link):
        return None
    path = posixpath.normpath(posixpath.join("/", folder, unquote(link))).lstrip("/")
    return f"{path}/" if path and link.endswith(("/", "/.", "/..", ".")) and path != "." else path.removeprefix(".")


def loaded(page: str, address: str) -> Iterator[str]:
    """The assets that a page names: styles, scripts, pictures."""
    for tag in TAG.findall(page):
        link = LINK.search(tag)
        if link and (not tag.startswith("<link") or any(mark in tag for mark in LOADED)):
            found = target(address, link[1])
            if found is not None:
                yield found


class Assets:
    """The assets of a site, and what each of them loads in its turn."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._bundles: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.named_by = cache(self._named_by)

    def all_of(self, page: str, address: str) -> tuple[str, ...]:
        """Everything that the page at ``address`` needs to look and work as published, in order of name; most pages need the same."""
        named = tuple(loaded(page, address))
        if named not in self._bundles:
            found: set[str] = set()
            waiting = list(named)
            while waiting:
                name = waiting.pop()
                if name not in found:
                    found.add(name)
                    waiting += self.named_by(name)
            self._bundles[named] = tuple(sorted(found))
        return self._bundles[named]

    def _named_by(self, name: str) -> tuple[str, ...]:
        """What a style or script names. Raises :class:`FileNotFoundError` where a page names an asset that is not there."""
        kind = {"css": IN_STYLE, "js": IN_SCRIPT}.get(name.rpartition(".")[2])
        if not kind:
            if not self._files.there(name):
                raise FileNotFoundError(name)
            return ()
        folder = posixpath.dirname(name) + "/"
        named = (target(folder, link) for link in kind.findall(self._files.read(name).decode("utf-8")))
        return tuple(one for one in named if one and self._files.there(one))
