"""Publishing: a build that is killed, refused by the disk or run twice harms nothing; what is published can be verified, and taken back."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.building import site as building
from atlas.building.making import Making
from atlas.building.origin import origin_of
from atlas.publishing.asset import publish_assets
from atlas.publishing.manifest import NAME, PLACEHOLDER, read_manifest, seal
from atlas.publishing.part import PartsError, check_parts, put_together, read_part
from atlas.publishing.release import go_back, publish
from atlas.publishing.replace import NotReplacedError, fresh_folder, one_at_a_time, refusal
from atlas.publishing.verify import verify
from tests.conftest import LANGUAGES, Site, build_for, ended, parted

PAGE = f"<!doctype html><title>A page</title><p>It is long enough to be compressed: {'word ' * 80}</p><code>{PLACEHOLDER}</code>"


def quiet(_: object) -> None:
    """Says nothing."""


def small_site(folder: Path, text: str = "one") -> Path:
    """A sealed site of a few files."""
    (folder / "ru").mkdir(parents=True)
    (folder / "index.html").write_text(f"{PAGE}{text}", encoding="utf-8")
    (folder / "ru/index.html").write_text(f"{PAGE}{text}, по-русски", encoding="utf-8")
    (folder / "data.json").write_text(json.dumps(["x" * 300]), encoding="utf-8")
    seal(folder)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# What is published can be verified


def test_the_manifest_lists_every_file_and_each_page_shows_its_digest(site: Site) -> None:
    manifest, digest = read_manifest((site.folder / NAME).read_text(encoding="utf-8"))
    files = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()} - {NAME}
    assert files == set(manifest.files)
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert digest == manifest.digest
    for address, page in site.pages.items():
        assert page.xpath("string(//footer//code)") == digest, address
    page = (site.folder / "ru/visa/index.html").read_text(encoding="utf-8")
    assert hashlib.sha256(page.replace(digest, "0" * 64).encode()).hexdigest() == manifest.files["ru/visa/index.html"].sha256
    listed = json.loads((site.folder / NAME).read_text(encoding="utf-8"))["files"]
    compact = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(compact.encode()).hexdigest() == digest, "anybody can compute it"


def test_verify_tells_what_differs(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    assert verify(str(site)) == []
    page = (site / "index.html").read_bytes()
    (site / "index.html").write_bytes(page.replace(b"word", b"bird", 1))
    assert verify(str(site)) == ["index.html: changed"]
    (site / "index.html").write_bytes(re.sub(rb"(?<=<code>)[0-9a-f]{64}", b"1" * 64, page))
    assert verify(str(site)) == ["index.html: changed"], "the digest of another edition stands at its foot"
    (site / "index.html").unlink()
    (site / "more.html").write_bytes(page)
    assert verify(str(site)) == ["index.html: missing", "more.html: not in the manifest"]
    (site / "index.html").write_bytes(page)
    (site / "more.html").unlink()
    (site / "data.json.gz").write_bytes(gzip.compress(b"[]"))
    (site / "data.json.br").write_bytes(b"no brotli")
    assert verify(str(site)) == ["data.json.br: cannot be unpacked (brotli: decoder failed)", "data.json.gz: is not data.json"]
    (site / "data.json.gz").unlink()
    (site / "data.json.br").unlink()
    manifest = (site / NAME).read_text(encoding="utf-8")
    (site / NAME).write_text(re.sub(r'"digest":"[0-9a-f]{4}', '"digest":"0000', manifest), encoding="utf-8")
    assert [line.split(":")[0] for line in verify(str(site))] == [NAME]
    for broken in ("", "[]", "{}", '{"version": 2}', "[" * 10_000):
        (site / NAME).write_text(broken, encoding="utf-8")
        with pytest.raises(ValueError, match=r"manifest|Expecting"):
            verify(str(site))


def test_a_site_on_the_net_can_be_verified(server: str, site: Site, tmp_path: Path) -> None:
    """Against the real server of the tests: a small site below it, then one page of it changed on the way."""
    folder = site.folder / "verified"
    small_site(folder)
    try:
        assert verify(f"{server}verified/") == []
        (folder / "ru/index.html").write_text("other", encoding="utf-8")
        (folder / "data.json").unlink()
        assert verify(f"{server}verified") == ["data.json: missing", "ru/index.html: changed"]
    finally:
        shutil.rmtree(folder)
    with pytest.raises(ValueError, match=r"there is no manifest\.json"):
        verify(f"{server}nowhere/")


# Assets have names that never change their content


def test_an_asset_is_renamed_by_what_it_refers_to(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p { background: url(b.svg) } /* url(c.svg) */", encoding="utf-8")
    (tmp_path / "b.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "d.js").write_text('import { e } from "./e.js";\nexport const s = "a.css", other = "f.js";\n', encoding="utf-8")
    (tmp_path / "e.js").write_text("export const e = 1;\n", encoding="utf-8")
    before = publish_assets(tmp_path)
    assert {name: before.names[name][: len("assets/x.")] for name in before.names} == {
        n: f"assets/{n[0]}." for n in ("a.css", "b.svg", "d.js", "e.js")
    }
    assert Path(before.names["b.svg"]).name in before.contents[before.names["a.css"]].decode()
    script = before.contents[before.names["d.js"]].decode()
    assert f'from"./{Path(before.names["e.js"]).name}"' in script
    assert f'"{Path(before.names["a.css"]).name}"' in script
    assert '"f.js"' in script
    (tmp_path / "b.svg").write_text("<svg></svg>", encoding="utf-8")
    after = publish_assets(tmp_path)
    changed = {name for name in before.names if before.names[name] != after.names[name]}
    assert changed == {"a.css", "b.svg", "d.js"}
    (tmp_path / "e.js").write_text('export { s } from "./d.js";\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"d\.js → e\.js → d\.js refer to each other"):
        publish_assets(tmp_path)


def test_every_name_of_an_asset_is_the_hash_of_its_content(site: Site) -> None:
    files = sorted((site.folder / "assets").iterdir())
    assert len(files) > 20
    for file in files:
        _, digest, _ = file.name.rsplit(".", 2)
        assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(digest), file.name


# A site in parts


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Path:
    """The small project with one written page, built; for tests that read it or replace its site by the same."""
    folder = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(template, folder)
    for language in LANGUAGES:
        docs = folder / "docs" / language
        _, front, _ = (docs / "about/index.md").read_text(encoding="utf-8").split("---\n", 2)
        shutil.rmtree(docs)
        (docs / "about").mkdir(parents=True)
        (docs / "about/index.md").write_text(f"---\n{front}---\n", encoding="utf-8")
    (folder / "data/search.yaml").write_text("{}\n", encoding="utf-8")
    run(folder, "build")
    return folder


def run(project: Path, *words: str, **options: object) -> str:
    done = subprocess.run([sys.executable, "-m", "atlas", *words], cwd=project, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def test_parts_of_one_build_make_the_same_site_and_others_are_refused(built: Path) -> None:
    before = content(built / "site")
    run(built, "build", "--part", "1/3")  # parts begin and end in the middle of languages
    for number in (2, 3):
        folder = built / f"build/parts/{number}"
        assert ended(parted(built, partial(building.build_part, number, 3, folder))) == 0
    parts = sorted((built / "build/parts").iterdir())
    run(built, "merge", *map(str, reversed(parts)), "--into", "merged")
    assert content(built / "merged") == before
    told = read_part(parts[0])
    found = [(part, read_part(part)) for part in parts]
    check_parts(found, told.inputs)
    with pytest.raises(PartsError, match="there is no part 3/3"):
        check_parts(found[:2], told.inputs)
    with pytest.raises(PartsError, match="are both the part 1/3"):
        check_parts([*found, found[0]], told.inputs)
    with pytest.raises(PartsError, match="from other files, or for another address"):
        check_parts(found, "0" * 64)
    with pytest.raises(PartsError, match="and the others are of 3"):
        check_parts([*found, (built, replace(found[0][1], of=2))], told.inputs)
    with pytest.raises(PartsError, match="is not a part of a site"):
        read_part(built)
    other = built / "twice"
    put_together([parts[0], parts[0]], other)  # what several parts write alike, such as the map, is no trouble
    (other / "index.html").write_text("another page", encoding="utf-8")
    with pytest.raises(PartsError, match="and in another part"):
        put_together([parts[0]], other)
    page = built / "docs/en/about/index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "atlas", "merge", *map(str, parts)], cwd=built, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    page.write_text(text, encoding="utf-8")
    assert "built from other files" in done.stderr
    assert content(built / "site") == before


# The last good site stays


def test_a_build_killed_at_twenty_moments_harms_nothing(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed with all its processes at random moments of its run; then the folder holds the last good site, whole.

    The first builds begin with what this process has read and checked, for only what is written can be lost; the last four read, too.
    """
    chance = random.Random(20)
    target = built / "site"
    good = content(target)
    (target / "index.html").write_text("an older edition", encoding="utf-8")
    older = content(target)
    monkeypatch.setattr(building, "ROOT", built)
    prepared = Making(built, origin_of(built), None)

    def whole() -> None:
        building.build_site(target)

    def without_reading() -> None:
        monkeypatch.setattr(building, "Making", lambda *_: prepared)
        building.build_site(target)

    stayed = 0
    for build, times in ((without_reading, 16), (whole, 4)):
        begun = time.monotonic()
        assert ended(parted(built, build)) == 0
        length = time.monotonic() - begun
        assert content(target) == good
        for moment in [chance.uniform(0, length) for _ in range(times)]:
            (target / "index.html").write_text("an older edition", encoding="utf-8")
            process = parted(built, build)
            time.sleep(moment)
            os.killpg(process, signal.SIGKILL)
            ended(process)
            found = content(target)
            strange = {path for path in found.keys() | good.keys() if found.get(path) not in (older.get(path), good.get(path))}
            assert found in (older, good), (moment, length, sorted(strange)[:9])
            stayed += found == older
    assert stayed
    build_for(built)
    assert content(target) == good
    assert {path.name for path in built.glob(".site.*")} == {".site.spare"}, "one folder is kept for the next build"


def test_two_builds_at_once_wait_for_each_other(tmp_path: Path) -> None:
    said: list[str] = []
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with one_at_a_time(tmp_path / "lock", said.append):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with one_at_a_time(tmp_path / "lock", quiet):
        inside.set()
        while not said:
            time.sleep(0.01)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert said == ["Another build is going on here: waiting until it ends."]


def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path) -> None:
    homework = tmp_path / "homework"
    homework.mkdir()
    (homework / "essay.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(homework)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = content(tmp_path)
    for name, why in (
        ("homework", r"holds other things than a built site \(such as essay\.txt\)"),
        ("link", "is not a folder"),
        ("file", "is not a folder"),
    ):
        with pytest.raises(NotReplacedError, match=f"{why}.*it was left as it was"), fresh_folder(tmp_path / name):
            raise AssertionError("must not be reached")
    with pytest.raises(NotReplacedError, match="holds other things than releases of a site"):
        publish(small_site(tmp_path / "site"), homework, quiet)
    shutil.rmtree(tmp_path / "site")
    assert content(tmp_path) == before


def in_child(act: Callable[[], None]) -> str:
    """What ``act`` is refused with in a process of its own, as a user who owns nothing."""
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            act()
        except NotReplacedError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(pid, 0)
    return told


def test_a_full_disk_leaves_the_last_good_site(tmp_path: Path) -> None:
    """The kernel refuses to write on: by a limit to the size of files, as a full disk does."""
    target = small_site(tmp_path / "site")
    before = content(target)

    def write() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        with fresh_folder(target) as fresh:
            small_site(fresh / "more", "two" * 1000)

    told = in_child(write)
    assert "was not written: File too large" in told
    assert told.endswith("What stood there is as it was.")
    assert content(tmp_path) == {f"site/{path}": text for path, text in before.items()}, "and nothing half-written beside it"
    full = refusal(target, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.html"))
    assert full == f"{target} was not written: No space left on device (page.html). Make room on the disk. What stood there is as it was."


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    target = small_site(tmp_path / "closed" / "site")
    before = content(target)
    target.parent.chmod(0o555)

    def write() -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        with fresh_folder(target):
            pass

    told = in_child(write)
    target.parent.chmod(0o755)
    assert "Permission denied" in told
    assert "Name a folder that you may write to." in told
    assert content(target) == before


# Publication


def test_a_release_takes_the_place_of_the_one_before_and_two_are_kept(tmp_path: Path) -> None:
    to = tmp_path / "srv"
    digests = []
    for text in ("one", "two", "three"):
        release = publish(small_site(tmp_path / text, text), to, quiet)
        digests.append(release.name)
        assert (to / "current").resolve() == release.resolve()
        assert (to / "current/index.html").read_text(encoding="utf-8").endswith(text)
        assert verify(str(to / "current")) == []
    assert {path.name for path in (to / "releases").iterdir()} == set(digests[1:])
    assert go_back(to, quiet).name == digests[1]
    assert (to / "current/index.html").read_text(encoding="utf-8").endswith("two")
    assert publish(tmp_path / "three", to, quiet).name == digests[2], "published again"
    assert publish(tmp_path / "three", to, quiet).name == digests[2], "and once more changes nothing"
    assert {path.name for path in (to / "releases").iterdir()} == set(digests[1:])
    page = (to / "current/index.html").read_bytes()
    assert gzip.decompress((to / "current/index.html.gz").read_bytes()) == page
    assert brotli.decompress((to / "current/index.html.br").read_bytes()) == page
    assert len((to / "current/index.html.br").read_bytes()) < len(page)


def test_a_site_that_is_not_as_it_was_built_is_not_published(tmp_path: Path) -> None:
    to = tmp_path / "srv"
    publish(small_site(tmp_path / "good"), to, quiet)
    before = content(to)
    bad = small_site(tmp_path / "bad", "two")
    (bad / "index.html").write_text("half a pa", encoding="utf-8")
    with pytest.raises(NotReplacedError, match=r"is not as it was built: index\.html: changed"):
        publish(bad, to, quiet)
    with pytest.raises(NotReplacedError, match="make site"):
        publish(tmp_path, to, quiet)
    assert content(to) == before
    with pytest.raises(NotReplacedError, match="no release to go back to"):
        go_back(to, quiet)


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-zа-я0-9]{1,8}(/[a-z]{1,4})?\.(html|json)", fullmatch=True), st.binary(max_size=40), max_size=6))
def test_any_site_is_what_its_manifest_says(files: dict[str, bytes]) -> None:
    """Sealed, verified, and any one byte changed is noticed."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(text)
        seal(folder)
        assert verify(name) == []
        for path, text in files.items():
            (folder / path).write_bytes(text + b"!")
            assert verify(name) == [f"{path}: changed"]
            (folder / path).write_bytes(text)
