"""Whether any page depends on a record that it does not say: ``python -m bench.asked [--edits 50] [--seed 1]``.

Edits the records of a copy of the project at random, and after each makes all pages up to what they print: a page that prints something
else must have asked for something that has changed. What did not is printed, and the command fails.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.asking import Editing
from tests.edits import record_changed

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Prints a line for each edit."""
    parser = argparse.ArgumentParser(prog="python -m bench.asked", description=__doc__)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("data", "docs", "hooks", "overrides"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copy(ROOT / "mkdocs.yml", project)
        editing = Editing(project, Random(asked.seed))
        for _ in range(asked.edits):
            told, spared = len(editing.done), editing.spared
            editing.edit((record_changed,))
            print(*editing.done[told:], f"{editing.spared - spared} pages were told to be as they were", sep="; ", flush=True)
        print(*editing.unasked, sep="\n")
        sys.exit(bool(editing.unasked))


if __name__ == "__main__":
    main()
