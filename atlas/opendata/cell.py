"""Cells of CSV files that a spreadsheet can open.

A spreadsheet takes a cell for a formula when it begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return, or with one of the
signs in full width (OWASP, *CSV injection*). An apostrophe stands before them. Where a spreadsheet splits lines at semicolons or tabs, the
text after one begins a cell too: it gets its apostrophe likewise. Numbers are left as they are. :func:`plain` takes the apostrophes away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BEGINS = r"(^|[;\t\r\n])([ ]*)"
_FORMULA = r"[=+\-@\t\r＝＋－＠]"
_RISKY = re.compile(f"{_BEGINS}(?='*{_FORMULA})")
_MADE_SAFE = re.compile(f"{_BEGINS}'(?='*{_FORMULA})")
_SIGNS = frozenset("=+-@\t\r＝＋－＠")
JOINT = "|"
"""Between the entries of a list."""


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return _RISKY.sub(r"\1\2'", text) if not _SIGNS.isdisjoint(text) else text


def plain(cell: str) -> str:
    """The text that :func:`safe` was given."""
    return _MADE_SAFE.sub(r"\1\2", cell)


def joined(entries: Iterable[object]) -> str:
    """A list in one cell: ``a|b``. A backslash or bar inside an entry has a backslash before it."""
    return JOINT.join(said(entry).replace("\\", "\\\\").replace(JOINT, f"\\{JOINT}") for entry in entries)


def parted(text: str) -> list[str]:
    """The entries of :func:`joined`."""
    return [re.sub(r"\\(.)", r"\1", entry) for entry in re.findall(r"(?:^|\|)((?:[^|\\]|\\.)*)", text, re.DOTALL)]


def said(value: object) -> str:
    """A plain value as text."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
