"""Of every page is noted which records it asked for: where none of them has changed, it prints what it printed.

Else a build after an edit would keep a page that is out of date. ``python -m bench.asked`` does the same for as long as one likes.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from tests.asking import Editing
from tests.edits import districts_renamed, record_changed

EDITS = (districts_renamed, record_changed, record_changed, record_changed)


def test_pages_that_asked_for_nothing_that_has_changed_print_the_same(template: Path, tmp_path: Path) -> None:
    editing = Editing(Path(shutil.copytree(template, tmp_path / "project")), Random(4))
    for edit in EDITS:
        editing.edit((edit,))
    assert editing.unasked == []
    assert editing.spared > 500, editing.done  # else hardly anything was compared
