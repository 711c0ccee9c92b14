"""The text of a page: Markdown in, harmless HTML out.

CommonMark 0.31 with tables, definition lists and ``{#id}`` behind headings, as pulldown-cmark has them; the parser takes time in
proportion to the text, whatever the text is. HTML is passed on, and what may not stand in a page is dropped behind it.
"""

from __future__ import annotations

import re

import pyromark
from pyromark import Options

from atlas.intake.markup import harmless

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_DEFINITION_LIST | Options.ENABLE_HEADING_ATTRIBUTES
_TO_FILE = re.compile(r'(<a [^>]*?href=")((?:[^":?#]*/)?)index\.md(?=["#])')
"""Links lead from file to file, as a renderer of a folder takes them."""


def rendered(body: str) -> str:
    """The HTML of a text of the staged tree; links to files are links to the addresses of their pages."""
    return harmless(_TO_FILE.sub(lambda match: f"{match[1]}{match[2] or './'}", pyromark.html(body.strip(), options=_OPTIONS)))
