"""Which languages one of several jobs builds: ``python -m atlas.publishing.share 2/4`` prints them, one a line.

So that a workflow need not know the languages: a language more is built by one of the jobs that are there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from atlas.loading import languages_of

ROOT = Path(__file__).resolve().parent.parent.parent


def share(languages: Sequence[str], part: int, parts: int) -> tuple[str, ...]:
    """The languages of the job ``part`` (from 1) of ``parts``. Raises :class:`ValueError` where there is no such job."""
    if not 1 <= part <= parts:
        raise ValueError(f"there is no part {part} of {parts}. Write 1/{parts} to {parts}/{parts}.")
    return tuple(languages[part - 1 :: parts])


if __name__ == "__main__":
    for language in share(languages_of(ROOT), *(int(number) for number in sys.argv[1].split("/"))):
        sys.stdout.write(f"{language}\n")
