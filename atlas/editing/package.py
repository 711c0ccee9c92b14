"""The files of Sveltia CMS (npm ``@sveltia/cms``, MIT licence), which ``make edit`` puts into ``.venv/editor/``.

The script that the package has for a page without a bundler fetches its fonts, and the words of its interface in other languages, from
public networks of copies. All of them are in the package as well: their addresses are replaced by ones of this server, so that nothing is
fetched from elsewhere.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / ".venv" / "editor"
SCRIPT = "dist/sveltia-cms.mjs"
COPIES, HERE = "https://unpkg.com/", "/edit/copies/"
_FONT = re.compile(r"https://cdn\.jsdelivr\.net/fontsource/fonts/([a-z0-9-]+?)(?::vf)?@[0-9.]+/[a-z0-9-]+\.woff2")


class NotInstalledError(Exception):
    """The package is not there, or is not as this module knows it."""


def package_file(address: str, package: Path = PACKAGE) -> bytes | None:
    """The file at an address below ``/edit/``: ``sveltia-cms.js``, ``fonts/…``, ``copies/@sveltia/cms@…/…``; ``None`` if there is none."""
    if address == "sveltia-cms.js":
        return script(package)
    if match := re.fullmatch(r"fonts/([\w-]+\.woff2)", address):
        return _read(package / "npm" / "assets" / match[1])
    if match := re.fullmatch(r"copies/@sveltia/cms(?:@[0-9.]+)?/(package\.json|locales/[A-Za-z-]+\.json)", address):
        return _read(package / match[1])
    return None


@cache
def script(package: Path = PACKAGE) -> bytes:
    """The script of the editor, which asks only this server for anything. Raises :class:`NotInstalledError`."""
    try:
        text = (package / SCRIPT).read_text(encoding="utf-8")
        fonts = {path.name for path in (package / "npm" / "assets").glob("*.woff2")}
    except OSError:
        raise NotInstalledError("The editor is not installed: run `make edit`.") from None

    def here(match: re.Match[str]) -> str:
        found = [name for name in fonts if name.startswith(f"{match[1]}-latin-")]
        if len(found) != 1:
            raise NotInstalledError(f"The package has no font {match[1]}: look at atlas/editing/package.py.")
        return f"/edit/fonts/{found[0]}"

    return _FONT.sub(here, text).replace(COPIES, HERE).encode("utf-8")


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
