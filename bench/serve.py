"""How long one waits for the preview: ``python -m bench.serve`` prints start-up, and save → new page in the browser by kind of change.

It works on a copy of the project with the whole site. A change is timed from the moment before it is saved until the browser shows it:
the median of five. Beside it stands the CPU time that the preview used for it, which does not grow when the machine has other things to do.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5
RECORD = "data/hospitals/severance-hospital.yaml"
HOSPITAL, GUIDE, HOME = "ru/hospitals/severance-hospital/", "ru/rights/disputes/", "ru/"


@dataclass(frozen=True)
class Change:
    """A kind of change: the page on which it shows, the file, and what stands in the file after the change of a turn."""

    name: str
    address: str
    file: str
    edited: Callable[[str, int], str]


@dataclass(frozen=True)
class Preview:
    """A preview that is running: where it is, and the seconds of wall and CPU until the first page was there."""

    origin: str
    pid: int
    wall: float
    cpu: float


@dataclass(frozen=True)
class Shown:
    """What was measured of a kind of change, in seconds: until it is shown the median and the longest, and CPU of the preview."""

    name: str
    shown: float
    slowest: float
    cpu: float


def _replaced(old: str, new: str) -> Callable[[str, int], str]:
    """What stands there first is replaced, by something else in each turn."""
    return lambda text, turn: text.replace(old, new.format(21 + turn), 1)


CHANGES = tuple(
    Change(name, address, file, _replaced(old, new))
    for name, address, file, old, new in (
        ("a phone in a record", HOSPITAL, RECORD, "+82-2-2228-0114", "+82-2-2228-01{}"),
        ("a name in a record", HOSPITAL, RECORD, "text: Больница Северанс", "text: Больница Северанс {}"),
        ("a fee of entry", "visa/c-3-3/", "data/entry/fees.yaml", "amount: 60000", "amount: 600{}"),
        ("a sentence in a page", GUIDE, "docs/ru/rights/disputes.md", "\n## ", "\nНовая фраза {{{{={}}}}}.\n\n## "),
        ("a wording", HOME, "data/wordings/ru.yaml", "\nmenu: ", "\nmenu: Меню{} "),
        ("a template", HOSPITAL, "overrides/institution.html", "<h1", "<p>{}</p><h1"),
        ("a style", HOSPITAL, "overrides/assets/style.css", ":root {", ":root {{ --measured: {};"),
    )
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        project.mkdir()
        for name in ("atlas", "data", "docs", "hooks", "overrides"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copy(ROOT / "mkdocs.yml", project)
        for first in ("first start", "second start"):
            with started(project, HOSPITAL) as preview:
                print(f"{first}: first page after {preview.wall:.1f} s, {preview.cpu:.1f} s of CPU")
                if first == "second start":
                    print(f"{'saved':24} shown after (median of {TIMES}), slowest, CPU of the preview")
                    for one in measured(project, preview, CHANGES, TIMES):
                        print(f"{one.name:24} {one.shown:.2f} s  {one.slowest:.2f} s  {one.cpu:.2f} s")


@contextmanager
def started(project: Path, address: str) -> Iterator[Preview]:
    """A preview of a project that has shown the page at ``address``; it ends with the block."""
    begun = time.perf_counter()
    command = [sys.executable, "-u", "-m", "atlas", "serve", "--address", "127.0.0.1:0"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True, env={**os.environ, "ATLAS_LANG": "en"}) as process:
        try:
            assert process.stdout
            origin = next((looked[0] for line in process.stdout if (looked := re.search(r"http://\S+", line))), None)
            if origin is None:
                raise SystemExit("the preview did not start")
            subprocess.run(["curl", "-s", "-o", os.devnull, origin + address], check=True)
            yield Preview(origin, process.pid, time.perf_counter() - begun, _cpu(process.pid))
        finally:
            process.terminate()


def _cpu(pid: int) -> float:
    """The CPU seconds of a process so far (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(project: Path, preview: Preview, changes: Sequence[Change], times: int) -> Iterator[Shown]:
    """Makes each kind of change so many times, and takes it back."""
    executable = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for change in changes:
            page.goto(preview.origin + change.address)
            path = project / change.file
            before = path.read_text(encoding="utf-8")
            taken, used = [], _cpu(preview.pid)
            for turn in range(times):
                text = change.edited(before, turn)
                assert text != before, change.file
                taken.append(_shown(page, path, text))
            yield Shown(change.name, statistics.median(taken), max(taken), (_cpu(preview.pid) - used) / times)
            _shown(page, path, before)
        browser.close()


def _shown(page: Page, path: Path, text: str) -> float:
    """Saves a file, waits until the browser has loaded the page anew, and gives the seconds between."""
    with page.expect_event("load", timeout=60_000):
        begun = time.perf_counter()
        path.write_text(text, encoding="utf-8")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
