"""One built site, one server and one browser for all tests that only read; small projects for those that change things."""

from __future__ import annotations

import fcntl
import functools
import gc
import http.server
import json
import os
import re
import shutil
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from atlas import article, loading, yamltext
from atlas.article import Article
from atlas.atlas import Atlas
from atlas.building import site as building
from atlas.fault import FaultyInputError
from atlas.publishing.asset import asset_in
from atlas.staging import check, stage

ROOT = Path(__file__).resolve().parent.parent
os.environ["ATLAS_LANG"] = "en"
"""What commands say is compared in English, whoever runs the tests."""
gc.set_threshold(50_000, 20, 100)
"""What a worker has read stays until it ends: to look through it for garbage at every turn takes a twentieth of all tests."""
_SITES = {
    code: one["site"] for code, one in yaml.safe_load((ROOT / "data/languages.yaml").read_text(encoding="utf-8")).items() if "site" in one
}
LANGUAGES = {
    code: (f"{code}/" if site["order"] else "", site["tag"])
    for code, site in sorted(_SITES.items(), key=lambda one: one[1]["order"])
    if not site.get("growing")
}
"""Folder and BCP 47 tag of each language that has grown: ``en`` → ``("", "en")``, ``ko`` → ``("ko/", "ko")``."""
GROWING = tuple(code for code, site in _SITES.items() if site.get("growing"))
KINDS = {
    "home": "",
    "list of all": "hospitals/",
    "list": "hospitals/for/cancer/",
    "institution": "hospitals/severance-hospital/",
    "institution without evidence": "hospitals/kangbuk-samsung-hospital/",
    "list with distances": "hospitals/near/busan/",
    "comparison": "compare/",
    "treatments": "treatments/",
    "treatment": "treatments/stomach-cancer-surgery/",
    "visa": "visa/",
    "status of stay": "visa/c-3-3/",
    "scheme": "visa/k-eta/",
    "passports": "from/",
    "visa-free passport": "from/us/",
    "passport with a visa": "from/cn/",
    "ledger": "status/",
    "search": "search/",
    "rules": "rights/registration/",
    "map of Korea": "regions/",
    "province": "regions/seoul/",
    "clusters": "clusters/",
    "cluster": "clusters/busan/",
    "special zone": "clusters/zones/gangnam-medical/",
    "cards for drivers": "clusters/busan/cards/",
    "wellness site": "wellness/spaland/",
    "experiences": "k-culture/",
    "experience": "k-culture/gyeongbokgung/",
    "calendar": "k-culture/calendar/",
    "gentle days": "gentle-days/",
    "days after a treatment": "gentle-days/lasik-smile/",
    "plan": "gentle-days/lasik-smile/busan/",
    "programmes": "programmes/all/",
    "journey": "plan/",
    "step": "plan/recover/",
    "guide": "rights/disputes/",
    "numbers": "numbers/countries/",
    "statements with their basis": "north-korea/insurance-plan/",
    "evidence": "about/evidence/",
    "about": "about/",
    "what changed": "changes/",
    "feeds": "changes/feeds/",
    "open data": "data/",
    "keeping": "offline/",
}
"""One page of each kind."""
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """The built site: ``pages`` are the parsed pages by address, such as ``ko/hospitals/``, in the languages that have grown."""

    folder: Path
    pages: dict[str, html.HtmlElement]

    def asset(self, name: str) -> str:
        """The address of a style, script or picture, such as ``assets/style.0123456789.css``."""
        return asset_in(self.folder, name)

    def text(self, address: str) -> str:
        return (self.folder / address / "index.html").read_text(encoding="utf-8")


def found(tree: Any, path: str) -> list[Any]:
    """What an XPath finds, as a list."""
    result = tree.xpath(path)
    assert isinstance(result, list)
    return result


@pytest.fixture(autouse=True, scope="session")
def _files_are_read_once() -> Iterator[None]:
    """Small projects differ in a file or two: what a worker has read of the same text before, it need not read again."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (article, loading):
            patch.setattr(module, "read_yaml", cache(yamltext.read_yaml))
        yield


@cache
def checked() -> tuple[Atlas, dict[str, dict[str, Article]]]:
    """The records and written pages of this repository, read once by each worker."""
    return check(ROOT)


def made_once(name: str, base: pytest.TempPathFactory, worker_id: str, make: Callable[[Path], object]) -> Path:
    """A folder for all workers: the first to hold the lock makes it, the others wait and read."""
    shared = base.getbasetemp() if worker_id == "master" else base.getbasetemp().parent
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            fresh = shared / f"{name}.fresh"
            shutil.rmtree(fresh, ignore_errors=True)
            make(fresh)
            fresh.rename(folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Site:
    folder = made_once("site", tmp_path_factory, worker_id, building.build_site)
    pages = {}
    for file in sorted(folder.rglob("index.html")):
        relative = file.parent.relative_to(folder).as_posix()
        if relative.split("/")[0] in GROWING:  # these have tests of their own
            continue
        pages["" if relative == "." else f"{relative}/"] = page = html.fromstring(file.read_bytes())
        for template in found(page, "//template"):  # what a script fills in is not on the page
            template.drop_tree()
    return Site(folder, pages)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def server(site: Site) -> Iterator[str]:
    """The address of the built site, on the loopback interface."""
    with serving(site.folder) as address:
        yield address


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder, on the loopback interface."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}/"
        httpd.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: where Debian has it without the parts that draw windows, that one, which opens a page for a third of the work."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The small project that each test gets a copy of. Nobody changes this one."""
    return made_once("template", tmp_path_factory, worker_id, _small_project)


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """A small project with the real engine: five institutions, two treatments, sixteen passports, all texts."""
    return Path(shutil.copytree(template, tmp_path, dirs_exist_ok=True))


ELSEWHERE = "https://elsewhere.example/guide/"


@pytest.fixture(scope="session")
def elsewhere(template: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The small project, built in the fast way for another origin and a base path. Nobody changes it."""

    def make(folder: Path) -> None:
        shutil.copytree(template, folder)
        build_for(folder, ELSEWHERE)

    return made_once("elsewhere", tmp_path_factory, worker_id, make)


def build_for(project: Path, origin: str | None = None) -> None:
    """Builds a project in the fast way, in a process parted from this one: what is loaded and read here it need not load and read."""
    assert ended(parted(project, lambda: building.build_site(project / "site"), origin)) == 0


def parted(project: Path, work: Callable[[], object], origin: str | None = None) -> int:
    """The id of a process, and of its group, that builds something of a project. It ends with 0 when that is done."""
    if (pid := os.fork()) == 0:
        status = 1
        try:
            os.setpgid(0, 0)
            os.environ.update({"SITE_URL": origin} if origin else {})
            building.ROOT = project
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.setpgid(pid, pid)
    return pid


def ended(process: int) -> int:
    """Waits until a process has ended; its exit code, or the number of the signal that killed it, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.fixture(scope="session")
def altered(template: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The small project, built, without two of its Russian pages and with an editor's text on the page of a record. Nobody changes it."""

    def make(folder: Path) -> None:
        shutil.copytree(template, folder)
        for name in ("plan/quote", "about/index"):
            (folder / f"docs/ru/{name}.md").unlink()
        text = folder / "docs/en/hospitals/severance-hospital.md"
        text.parent.mkdir()
        front = '---\ntitle: x\ndescription: x\nlead: x\nsection: hospitals\ncritical_class: B\nchecked_on: "2026-11-22"\n---\n'
        text.write_text(front + "Ask for the *north* gate.\n", encoding="utf-8")
        build_for(folder)

    return made_once("altered", tmp_path_factory, worker_id, make)


ORIGIN = "https://x.example/"


def staged(project: Path) -> dict[str, str]:
    """The pages of a project as they go to the renderer, by file."""
    docs = stage(project, ORIGIN).docs
    return {path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8") for path in docs.rglob("*.md")}


@pytest.fixture(scope="session")
def before(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The staged pages of the small project as it is before a test changes it."""
    return staged(Path(shutil.copytree(template, tmp_path_factory.mktemp("before"), dirs_exist_ok=True)))


def _small_project(folder: Path) -> None:
    for name in ("atlas", "hooks", "overrides", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("from"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    kept = {
        "severance-hospital.yaml",
        "kangbuk-samsung-hospital.yaml",
        "hangil-eye-hospital.yaml",
        "samsung-medical-center.yaml",
        "seoul-national-university-hospital.yaml",
        "stomach-cancer-surgery.yaml",
        "ivf.yaml",
    }

    def ignore(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if Path(folder).name in {"hospitals", "treatments"} and name not in kept}

    shutil.copytree(ROOT / "data", folder / "data", ignore=ignore)
    for path in (folder / "data" / "terms").iterdir():
        if path.stem not in {"check-up", "fertility", "hospital-practice"}:
            path.unlink()
    _small_regions(folder / "data")
    (folder / "data" / "events.yaml").unlink()
    patients = folder / "data" / "patients.yaml"
    patients.write_text(_of_few_countries(patients.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (folder / "data" / "entry").rglob("*.yaml"):
        path.write_text(_of_few_passports(path.read_text(encoding="utf-8")), encoding="utf-8")


SITES = {"spaland", "museum-san", "tea-therapy", "ongdalsaem", "cimer"}
EXPERIENCES = {
    "spa-land",
    "busan-cinema-center",
    "gwangalli",
    "gamcheon",
    "coex",
    "gyeongbokgung",
    "museum-san-kc",
    "fest-jinhae",
    "templestay",
}


TYPED = {"treatments/ivf/", "hospitals/severance-hospital/", "visa/c-3-3/", "from/kz/"}


def _small_regions(data: Path) -> None:
    """Two clusters, five wellness sites, nine experiences, and the advice on the two treatments."""
    for folder, kept in (("wellness", SITES), ("experiences", EXPERIENCES)):
        for path in (data / folder).iterdir():
            if path.stem not in kept:
                path.unlink()
    _rewrite(
        data / "clusters.yaml",
        lambda key, one: {**one, "sites": sorted(SITES & set(one["sites"])), "anchors": []} if key in {"busan", "gangwon"} else None,
    )
    _rewrite(data / "search.yaml", lambda page, one: one if page in TYPED else None)
    _rewrite(data / "special-zones.yaml", lambda _, one: {**one, "anchors": []})
    _rewrite(
        data / "recovery.yaml",
        lambda _, one: (
            {**one, "treatments": kept} if (kept := sorted({"ivf", "stomach-cancer-surgery"} & set(one["treatments"]))) else None
        ),
    )


def _rewrite(path: Path, change: Callable[[str, dict[str, Any]], dict[str, Any] | None]) -> None:
    """A table with each record changed, or taken out."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    changed = {key: found for key, one in rows.items() if (found := change(key, one)) is not None}
    path.write_text(json.dumps(changed, ensure_ascii=False, indent=1), encoding="utf-8")


PASSPORTS = {"AE", "CA", "CN", "EG", "HK", "ID", "JP", "KG", "KZ", "MN", "RU", "TH", "TW", "US", "UZ", "VN"}


def _of_few_countries(text: str) -> str:
    """The records of a table that concern the few countries, with its first lines."""
    head, *records = re.split(r"^(?=[a-z0-9-]+:$)", text, flags=re.MULTILINE)
    return head + "".join(record for record in records if re.search(rf"^  country: \"?({'|'.join(PASSPORTS)})\b", record, re.MULTILINE))


def _of_few_passports(text: str) -> str:
    """A file of data/entry/ that names no passports but a few: its rows, lists and amounts of others are left out."""

    def few(match: re.Match[str]) -> str:
        kept = [item for item in match[2].split(", ") if item.strip('"')[:2] in PASSPORTS]
        return f"{match[1]}{', '.join(kept)}{match[3]}"

    others = f'(?!(?:{"|".join(sorted(PASSPORTS))})"?: )"?[A-Z][A-Z]"?: '
    text = re.sub(rf"^{others}.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^( *(?:- )?(?:countries|less_sure): \[)(.*)(\])$", few, text, flags=re.MULTILINE)
    text = re.sub(r"^( *(?:- )?by_country: \{)(.*)(\})$", few, text, flags=re.MULTILINE)
    return re.sub(rf"^ +{others}\d+\n", "", text, flags=re.MULTILINE)


@pytest.fixture
def faults_after(project: Path) -> Callable[[str, str, str], list[str]]:
    """Replaces a text in a file of the small project, once, and returns the faults that ``check`` then finds."""

    def change(file: str, old: str, new: str) -> list[str]:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            check(project)
        except FaultyInputError as error:
            return [str(fault) for fault in error.faults]
        return []

    return change
