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
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5
RECORD = "data/hospitals/severance-hospital.yaml"
HOSPITAL, GUIDE, HOME = "ru/hospitals/severance-hospital/", "ru/rights/disputes/", "ru/"
CHANGES = (
    ("a phone in a record", HOSPITAL, RECORD, "+82-2-2228-0114", "+82-2-2228-01{}"),
    ("a name in a record", HOSPITAL, RECORD, "text: Больница Северанс", "text: Больница Северанс {}"),
    ("a fee of entry", "visa/c-3-3/", "data/entry/fees.yaml", "amount: 60000", "amount: 600{}"),
    ("a sentence in a page", GUIDE, "docs/ru/rights/disputes.md", "\n## ", "\nНовая фраза {{{{={}}}}}.\n\n## "),
    ("a wording", HOME, "data/wordings/ru.yaml", "\nmenu: ", "\nmenu: Меню{} "),
    ("a template", HOSPITAL, "overrides/institution.html", "<h1", "<p>{}</p><h1"),
    ("a style", HOSPITAL, "overrides/assets/style.css", ":root {{", ":root {{ --measured: {};"),
)
"""What changes, on which page it shows, in which file, what stands there, and what takes its place."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        project.mkdir()
        for name in ("atlas", "data", "docs", "hooks", "overrides"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copy(ROOT / "mkdocs.yml", project)
        for first in ("first start", "second start"):
            process, origin = _started(project, first)
            try:
                if first == "second start":
                    _measure(project, origin, process.pid)
            finally:
                process.terminate()
                process.wait(20)


def _started(project: Path, name: str) -> tuple[subprocess.Popen[str], str]:
    """Starts the preview and says how long it took until the first page was there."""
    begun = time.perf_counter()
    command = [sys.executable, "-u", "-m", "atlas", "serve", "--address", "127.0.0.1:0"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True, env={**os.environ, "ATLAS_LANG": "en"})
    assert process.stdout
    for line in process.stdout:
        if looked := re.search(r"http://\S+", line):
            subprocess.run(["curl", "-s", "-o", os.devnull, looked[0] + HOSPITAL], check=True)
            print(f"{name}: first page after {time.perf_counter() - begun:.1f} s, {_cpu(process.pid):.1f} s of CPU")
            return process, looked[0]
    raise SystemExit("the preview did not start")


def _cpu(pid: int) -> float:
    """The CPU seconds of a process so far (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _measure(project: Path, origin: str, pid: int) -> None:
    executable = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        print(f"{'saved':24} shown after (median of {TIMES}), slowest, CPU of the preview")
        for name, address, file, old, new in CHANGES:
            page.goto(origin + address)
            path = project / file
            before = path.read_text(encoding="utf-8")
            taken, used = [], _cpu(pid)
            for number in range(TIMES):
                text = before.replace(old.replace("{{", "{"), new.format(21 + number), 1)
                assert text != before, file
                taken.append(_shown(page, path, text))
            used = (_cpu(pid) - used) / TIMES
            print(f"{name:24} {statistics.median(taken):.2f} s  {max(taken):.2f} s  {used:.2f} s")
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
