"""Ids that stand twice on a page: links to them would lead to the wrong place.

Which ids the frame and a template have depends on the page, so that only the finished page can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from atlas.fault import Fault

_ID = re.compile(r'<[a-z][^<>]*?\sid="([^"]*)"')


def anchor_fault(html: str, root: Path, source: str) -> Fault | None:
    """What is wrong with the ids of the page that was made of the file ``source`` (below ``root``), if anything."""
    maybe = [piece.partition('"')[0] for piece in html.split('id="')[1:]]
    if len(maybe) == len(set(maybe)):  # whatever stands behind these letters: in a tenth of the time
        return None
    twice = next((key for key, count in Counter(_ID.findall(html)).items() if count > 1), None)
    if twice is None:
        return None
    before, found, _ = (root / source).read_text(encoding="utf-8").partition(f"{{#{twice}}}")
    line, column = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1) if found else (1, 1)
    mend = "Choose another id, the same in every language."
    return Fault(source, line, column, "heading", "another part of this page has this id already", twice, mend)
