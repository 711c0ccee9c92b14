"""Promise 11: the same input gives the same bytes, in any folder, time zone and year; both ways to build give the same site."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from atlas.publishing.asset import asset_in
from tests.conftest import ROOT, Site

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


def test_plain_mkdocs_in_another_folder_zone_and_year_gives_the_same_site(site: Site, tmp_path: Path) -> None:
    for name in ("atlas", "data", "docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", ANOTHER_DAY], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert digests(tmp_path / "site") == digests(site.folder)


def test_a_base_path_and_another_origin_need_no_other_input(project: Path) -> None:
    environment = {**os.environ, "SITE_URL": "https://elsewhere.example/guide/"}
    subprocess.run([sys.executable, "-m", "atlas", "build"], cwd=project, env=environment, check=True, capture_output=True)
    page = (project / "site/ru/hospitals/severance-hospital/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://elsewhere.example/guide/ru/hospitals/severance-hospital/">' in page
    style = asset_in(project / "site", "style.css")
    assert f'href="../../../{style}"' in page
    assert f'href="/guide/{style}"' in (project / "site/404.html").read_text(encoding="utf-8")
