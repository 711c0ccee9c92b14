"""The terminal: colours only where there is one (https://no-color.org/), wide letters counted as two columns."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST = 110


def console(*, stderr: bool = False) -> Console:
    """Standard output, or standard error, as it can show things."""
    from rich.console import Console  # only where there is somebody to look

    stream = sys.stderr if stderr else sys.stdout
    width = min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, force_terminal=stream.isatty())


@contextmanager
def working(text: str) -> Iterator[None]:
    """Shows that something is going on, on standard error where that is a terminal; elsewhere it says nothing."""
    if not sys.stderr.isatty():
        yield
        return
    with console(stderr=True).status(text, spinner="dots"):
        yield
