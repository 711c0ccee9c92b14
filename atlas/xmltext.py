"""Texts in XML. What the standard library has for it loads the client for HTTP, and every command would wait for that."""

from __future__ import annotations

from html import escape


def in_element(text: str) -> str:
    """A text between tags."""
    return escape(text, quote=False)


def in_attribute(text: str) -> str:
    """The value of an attribute, in double quotes."""
    return f'"{escape(text)}"'
