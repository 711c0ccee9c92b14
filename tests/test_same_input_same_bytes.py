"""Promise 11: the same input gives the same bytes, in any folder, time zone and year; both ways to build give the same site."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from atlas.publishing.asset import asset_in
from tests.conftest import ELSEWHERE

ANOTHER_DAY = """
import datetime, sys, time

clock, moment, day = time.time, datetime.datetime, datetime.date
gmtime, localtime, strftime = time.gmtime, time.localtime, time.strftime
later = 500 * 86400
time.time = lambda: clock() + later
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, parts=None: strftime(form, time.localtime() if parts is None else parts)

class Later(moment):
    @classmethod
    def now(cls, tz=None):
        return moment.now(tz) + datetime.timedelta(seconds=later)

class LaterDay(day):
    @classmethod
    def today(cls):
        return day.today() + datetime.timedelta(seconds=later)

datetime.datetime, datetime.date = Later, LaterDay
from mkdocs.__main__ import cli
sys.exit(cli(["build", "--strict"]))
"""
"""Runs MkDocs with every clock of Python 500 days ahead."""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()
    }


def test_plain_mkdocs_in_another_folder_zone_and_year_gives_the_same_site(project: Path, elsewhere: Path) -> None:
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SITE_URL": ELSEWHERE}
    done = subprocess.run([sys.executable, "-c", ANOTHER_DAY], cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    same = digests(elsewhere / "site")
    assert len(same) > 2_000
    assert digests(project / "site") == same


def test_a_base_path_and_another_origin_need_no_other_input(elsewhere: Path) -> None:
    page = (elsewhere / "site/ru/hospitals/severance-hospital/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://elsewhere.example/guide/ru/hospitals/severance-hospital/">' in page
    style = asset_in(elsewhere / "site", "style.css")
    assert f'href="../../../{style}"' in page
    assert f'href="/guide/{style}"' in (elsewhere / "site/404.html").read_text(encoding="utf-8")
