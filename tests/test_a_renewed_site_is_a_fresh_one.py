"""A site that is brought up to date is byte for byte one that is built from nothing, whatever lay there and whenever it was stopped."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.publishing import listing
from atlas.publishing.manifest import NAME, PLACEHOLDER, read_manifest, seal, written
from atlas.publishing.renewal import LostError, held, list_fresh, renew
from atlas.publishing.replace import NotReplacedError, exchange, fresh_folder

Edition = Mapping[str, bytes]
FOOT = f"<p>{PLACEHOLDER}</p>".encode()
PAGES = ("index.html", "ru/index.html", "ru/visa/index.html", "data/index.html")
FILES = (
    "data",
    "data/v1/x.json",
    "ru.json",
    *(f"search/{version}/{name}" for version in ("aa", "bb", "cc") for name in ("t.json", "p.json")),
)
CONTENTS = (b"", b"one", b"two", b"longer " * 40)
SPARE = ".site.spare"

pages = st.dictionaries(st.sampled_from(PAGES), st.sampled_from([content + FOOT + content[:9] for content in CONTENTS]))
files = st.dictionaries(st.sampled_from(FILES), st.sampled_from(CONTENTS))
editions = (
    st.tuples(pages, files)
    .map(lambda both: {**both[0], **both[1]})
    .filter(lambda found: len({"data", "data/index.html"} & found.keys()) < 2)
)
editions = editions.filter(lambda found: len({"data", "data/v1/x.json"} & found.keys()) < 2)


def lying(folder: Path) -> dict[str, bytes | None]:
    """All that lies in a folder: the content of files, and nothing for folders. Anything else is not what we write."""
    found: dict[str, bytes | None] = {}
    for path in folder.rglob("*"):
        mode = path.lstat().st_mode
        assert stat.S_ISREG(mode) or stat.S_ISDIR(mode), path
        found[path.relative_to(folder).as_posix()] = path.read_bytes() if stat.S_ISREG(mode) else None
    return found


def built(edition: Edition, folder: Path) -> dict[str, bytes | None]:
    """What a build from nothing puts there."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in edition.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    seal(folder)
    return lying(folder)


def fresh(target: Path, edition: Edition) -> None:
    """As a build from nothing does where a warm one may follow."""
    with fresh_folder(target) as folder:
        built(edition, folder)
        digest = read_manifest((folder / NAME).read_text(encoding="utf-8"))[1]
        list_fresh(target, folder, {path: written(path, content) for path, content in edition.items()}, digest)


def renewed(target: Path, edition: Edition, before: Edition | None = None, *, losing: bool = False) -> None:
    """As a warm build does: only what differs from the edition ``before`` is given, and then what is lost."""
    made = {path: written(path, content) for path, content in edition.items()}
    changed = {path: content for path, content in edition.items() if (before or {}).get(path) != content}
    try:
        renew(target, made, changed)
    except LostError as error:
        if not losing:
            raise
        renew(target, made, changed | {path: edition[path] for path in error.paths})


def rewritten(file: Path, _: Path) -> None:
    """Another content of the same size, with the time of the old one."""
    before = file.stat()
    file.write_bytes(b"#" * before.st_size)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def appended(file: Path, _: Path) -> None:
    file.write_bytes(file.read_bytes() + b"!")


def became_a_folder(file: Path, _: Path) -> None:
    file.unlink()
    (file / "sub").mkdir(parents=True)
    (file / "sub" / "x.html").write_bytes(b"extra")


def became_a_pipe(file: Path, _: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def became_a_link(file: Path, elsewhere: Path) -> None:
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def folder_became_a_link(file: Path, elsewhere: Path) -> None:
    shutil.move(file.parent, elsewhere)
    file.parent.symlink_to(elsewhere)


def had_another_name(file: Path, elsewhere: Path) -> None:
    os.link(file, elsewhere)


def joined_by_another(file: Path, _: Path) -> None:
    file.with_name(f"{file.name}.br").write_bytes(b"of an older edition")


TAMPERING: tuple[Callable[[Path, Path], None], ...] = (
    rewritten,
    appended,
    became_a_folder,
    became_a_pipe,
    became_a_link,
    folder_became_a_link,
    had_another_name,
    joined_by_another,
    lambda file, _: file.unlink(),
    lambda file, _: file.touch(),
    lambda file, _: file.chmod(0o600),
    lambda file, _: shutil.rmtree(file.parent),
)
tamperings = st.tuples(st.sampled_from(("site", f"{SPARE}/site", SPARE)), st.integers(0, 99), st.sampled_from(TAMPERING))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(editions, st.sampled_from((True, False, False)), st.lists(tamperings, max_size=2)), min_size=2, max_size=6))
def test_whatever_lay_there(steps: list[tuple[Edition, bool, list[tuple[str, int, Callable[[Path, Path], None]]]]]) -> None:
    with TemporaryDirectory() as name:
        target, elsewhere = Path(name, "project/site"), Path(name, "elsewhere")
        elsewhere.mkdir()
        before: Edition = {}
        touched = 0
        for number, (edition, from_nothing, tampering) in enumerate(steps):
            others = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
            if from_nothing:
                fresh(target, edition)
            else:
                renewed(target, edition, before, losing=touched > 0)
            assert lying(target) == built(edition, Path(name, f"fresh{number}"))
            assert {path: path.read_bytes() for path in others} == others, "what others have of it by a link is not written to"
            before = edition
            for folder, place, tamper in tampering:
                real = (path for path in (target.parent / folder).rglob("*") if path.resolve() == path and path.is_file())
                if found := sorted(path for path in real if path.parent not in {target, target.parent / SPARE / "site"}):
                    touched += 1
                    tamper(found[place % len(found)], elsewhere / str(touched))


FIRST = dict.fromkeys(PAGES, b"first" + FOOT) | {
    "search/aa/t.json": b"t1",
    "search/aa/p.json": b"p",
    "old/x.json": b"x",
    "robots.txt": b"r",
}
SECOND = FIRST | {"index.html": b"second" + FOOT, "search/bb/t.json": b"t2", "search/bb/p.json": b"p", "new/y.json": b"y"}
for gone in ("search/aa/t.json", "search/aa/p.json", "old/x.json"):
    del SECOND[gone]
THIRD = SECOND | {"ru/index.html": b"third" + FOOT, "ru.json": b"z"}


class KilledError(BaseException):
    """As a process that is killed, it does nothing more."""


@contextmanager
def killed_after(steps: int) -> Iterator[list[str]]:
    """Lets so many calls through that change the disk; of what the next would write, only half."""
    done: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **kept: Any) -> Any:
            if len(done) == steps:
                if name in {"write", "pwrite"}:
                    call(args[0], args[1][: len(args[1]) // 2], *args[2:])
                raise KilledError
            done.append(name)
            return call(*args, **kept)

        return counting

    with ExitStack() as stack:
        for name in ("write", "pwrite", "open", "mkdir", "rename", "replace", "unlink", "rmdir"):
            stack.enter_context(patch.object(os, name, counted(name, getattr(os, name))))
        stack.enter_context(patch("atlas.publishing.renewal.exchange", counted("exchange", exchange)))
        yield done


@pytest.mark.parametrize("with_spare", [True, False])
def test_whenever_it_is_stopped(tmp_path: Path, *, with_spare: bool) -> None:
    target = tmp_path / "site"
    editions = (FIRST, SECOND, THIRD)
    good = [built(edition, tmp_path / str(number)) for number, edition in enumerate(editions)]
    renewed(target, THIRD)
    for steps in range(1000):
        old, new = (steps - 1) % 3, steps % 3
        if not with_spare:
            shutil.rmtree(tmp_path / SPARE)
        try:
            with killed_after(steps) as done:
                renewed(target, editions[new], editions[old])
            break
        except KilledError:
            assert lying(target) == good[old], done
            renewed(target, editions[new], editions[old])
            assert lying(target) == good[new], done
    assert lying(target) == good[new], done
    assert steps > 15


def test_a_stop_before_the_listing_is_written_costs_only_time(tmp_path: Path) -> None:
    """Where the listing is lost, broken, or of before the machine was started, files are known by their content."""
    target = tmp_path / "site"
    for edition, last in ((FIRST, None), (SECOND, FIRST), (FIRST, SECOND)):
        renewed(target, edition, last)
    listings = sorted((tmp_path / SPARE).glob("listing.*"))
    assert len(listings) == 2, "one for each folder"
    for broken in (lambda file: file.write_bytes(b"x" * 40), lambda file: file.write_bytes(file.read_bytes()[:-1]), Path.unlink):
        for file in (tmp_path / SPARE).glob("listing.*"):
            broken(file)
        renewed(target, FIRST, FIRST)
        assert lying(target) == built(FIRST, tmp_path / "fresh")
    (tmp_path / "boot").write_text("another start", encoding="ascii")
    with patch.object(listing, "_BOOT", tmp_path / "boot"):
        (target / "ru.json").write_bytes(b"extra")
        renewed(target, FIRST, FIRST)
    assert lying(target) == built(FIRST, tmp_path / "fresh")


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """A file stays the same file, in a folder that is renamed too; one that changes becomes another, as a server may be sending it."""
    target = tmp_path / "site"
    for edition, last in ((FIRST, None), (FIRST, FIRST), (SECOND, FIRST), (SECOND, SECOND)):
        before = {path: (tmp_path / SPARE / "site" / path).stat().st_ino for path in FIRST if (tmp_path / SPARE / "site" / path).exists()}
        renewed(target, edition, last)
        if edition is SECOND and last is FIRST:
            assert (target / "ru/index.html").stat().st_ino == before["ru/index.html"]
            assert (target / "search/bb/p.json").stat().st_ino == before["search/aa/p.json"]
            assert (target / "search/bb/t.json").read_bytes() == b"t2"
    now = {path: (target / path).stat().st_ino for path in SECOND}
    renewed(target, SECOND, SECOND)
    renewed(target, SECOND, SECOND)
    assert {path: (target / path).stat().st_ino for path in SECOND} == now


def test_after_a_build_from_nothing_only_pages_are_copied(tmp_path: Path) -> None:
    target = tmp_path / "site"
    fresh(target, FIRST)
    renewed(target, SECOND, FIRST)
    shared = {path for path in SECOND if (target / path).stat().st_nlink == 2}
    assert shared == {"robots.txt", "search/bb/p.json"}, "even in a folder of another name"
    before = (tmp_path / SPARE / "site/search/aa/p.json").stat().st_ino
    renewed(target, SECOND, SECOND)
    assert (target / "search/bb/p.json").stat().st_ino == before, "and that of the first build is renamed"
    (target / "index.html").write_bytes(b"edited")
    renewed(target, THIRD, SECOND, losing=True)
    assert lying(target) == built(THIRD, tmp_path / "fresh")


def test_what_was_made_can_be_read_again(tmp_path: Path) -> None:
    target = tmp_path / "site"
    page = written("index.html", FIRST["index.html"])
    assert held(target, "index.html", page) is None
    renewed(target, FIRST)
    assert held(target, "index.html", page) == FIRST["index.html"], "with zeros in the place of the digest"
    renewed(target, SECOND, FIRST)
    renewed(target, FIRST, SECOND)
    (target / "index.html").write_bytes(b"edited by hand")
    assert held(target, "index.html", page) is None, "the spare has it as it was in the second edition"
    assert held(target, "ru/index.html", written("ru/index.html", FIRST["ru/index.html"])) == FIRST["ru/index.html"]


def test_what_is_not_to_be_had_is_said_and_nothing_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "site"
    renewed(target, FIRST)
    good = lying(target)
    with pytest.raises(LostError) as lost:
        renew(target, {path: written(path, content) for path, content in SECOND.items()}, {})
    assert set(lost.value.paths) == {"index.html", "new/y.json", "search/bb/t.json"}
    assert lying(target) == good
    (tmp_path / "other").mkdir()
    (tmp_path / "other/essay.txt").write_bytes(b"mine")
    with pytest.raises(NotReplacedError, match="holds other things"):
        renewed(tmp_path / "other", FIRST)
    assert (tmp_path / "other/essay.txt").read_bytes() == b"mine"


def test_a_spare_that_cannot_be_used_is_removed(tmp_path: Path) -> None:
    target = tmp_path / "site"
    renewed(target, FIRST)
    good = lying(target)
    with (
        patch("atlas.publishing.renewal.exchange", side_effect=OSError(28, "No space left on device")),
        pytest.raises(NotReplacedError, match="Make room"),
    ):
        renewed(target, SECOND, FIRST)
    assert lying(target) == good
    assert {path.name for path in tmp_path.iterdir()} == {"site"}
    (tmp_path / SPARE).symlink_to(tmp_path / "nowhere")
    renewed(target, SECOND, FIRST)
    assert (target / NAME).is_file()
