"""``make serve``: a saved change shows in the browser by itself, and a mistake is named without ending the preview."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

RECORD = "data/hospitals/severance-hospital.yaml"


@contextmanager
def preview(project: Path) -> Iterator[str]:
    """Runs the preview of a project on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "atlas", "serve", "--address", address]
    with (project / "log").open("w") as log, subprocess.Popen(command, cwd=project, stdout=log, stderr=log) as process:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://{address}/", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://{address}/"
        finally:
            subprocess.run(["pkill", "-f", address], check=False)
            process.wait(20)


def test_a_saved_change_shows_by_itself(project: Path, browser: Browser) -> None:
    record = project / RECORD
    text = record.read_text(encoding="utf-8")
    with preview(project) as origin:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{origin}ru/hospitals/severance-hospital/")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("Больница Северанс")
        record.write_text(text.replace("kind: tertiary-general", "kind: nothing"), encoding="utf-8")
        for _ in range(100):
            if "there is no institution-kind with this id" in (project / "log").read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        record.write_text(text.replace("text: Больница Северанс", "text: Больница Северанс в Сеуле"), encoding="utf-8")
        expect(heading).to_have_text("Больница Северанс в Сеуле", timeout=30_000)
        context.close()
    assert "there is no institution-kind with this id" in (project / "log").read_text(encoding="utf-8")
