"""Cells of CSV files that spreadsheets open without running anything (OWASP, CSV Injection)."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a text for a formula, also full-width."""


def cell(value: object) -> object:
    """The value for a cell: a text that would be taken for a formula has an apostrophe before it; numbers are left as they are."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS) else value
