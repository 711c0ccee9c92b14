"""How long ``atlas check`` takes: the whole site, after an edit of one page, of one record, and the hook before a commit.

``python -m bench.check`` prints the median of five, of the time that passes and of the time of the processor, in seconds. *Cold*: nothing
is kept from earlier runs. *Warm*: everything is, but for what was edited. It works on a copy, in a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
PAGE = Path("docs/en/rights/consent.md")
RECORD = Path("data/hospitals/severance-hospital.yaml")


def main() -> None:
    """Prints one line for each case."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("atlas", "data", "docs", "hooks", "overrides"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", root)
        _run(root, "--help")  # compiles the modules
        _line("atlas --help", root, lambda: None, "--help")
        _line("check, cold", root, lambda: shutil.rmtree(root / "build", ignore_errors=True), "check")
        _line("check, warm, nothing edited", root, lambda: None, "check")
        _line("check, warm, one page edited", root, lambda: _edit(root / PAGE), "check")
        _line("check, warm, one record edited", root, lambda: _edit(root / RECORD), "check")
        _line("hook, one page edited", root, lambda: _edit(root / PAGE), "check", str(PAGE))
        _line("hook, one record edited", root, lambda: _edit(root / RECORD), "check", str(RECORD))


def _edit(path: Path) -> None:
    """A change that is none to a reader: a comment, or a line at the end."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"# {time.monotonic_ns()}\n" if path.suffix == ".yaml" else "\n")


def _line(name: str, root: Path, before: Callable[[], None], *words: str) -> None:
    passed, used = [], []
    for _ in range(RUNS):
        before()
        wall, cpu = _run(root, *words)
        passed.append(wall)
        used.append(cpu)
    print(f"{name:32}{statistics.median(passed):6.2f} s{statistics.median(used):8.2f} s of the processor")


def _run(root: Path, *words: str) -> tuple[float, float]:
    started, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-m", "atlas", *words], cwd=root, check=True, capture_output=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, cpu


if __name__ == "__main__":
    main()
