"""Names of files and ids: what every system can keep, every address can hold and no script takes for its own."""

from __future__ import annotations

import re

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEVICES = {"con", "prn", "aux", "nul", "clock", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""Windows keeps these for devices, with any ending (Naming Files, Paths, and Namespaces)."""
_SCRIPT = {"constructor", "prototype"}
"""What every object of JavaScript has; other such names, as ``__proto__``, have no form of an id."""
GENERATED = frozenset(
    ("404", "assets", "cards", "changes", "feeds", "find", "manifest", "offline", "robots", "sbom", "search", "site", "sitemap", "sw")
)
"""Addresses at the root of the site that the engine writes itself, and which have no room for an editor's text."""
LEFTOVERS = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|.*~|\.#.*|#.*#|\..*\.sw[a-p]|4913|\.gitkeep|\.gitignore|__pycache__")
"""What file managers and editors leave behind: never read, never published."""


def name_trouble(stem: str) -> tuple[str, str] | None:
    """What is wrong with the name of a file or folder, without its ending, or with an id; and how to mend it."""
    if not _SLUG.fullmatch(stem):
        return "this name is not made of lower-case letters, digits and single hyphens", "Rename it, such as severance-hospital."
    if stem in _DEVICES:
        return "Windows keeps this name for a device", "Choose another name."
    if stem in _SCRIPT:
        return "JavaScript keeps this name for itself", "Choose another name."
    if stem == "index":
        return "this name stands for the page of a folder", "Choose another name."
    return None
