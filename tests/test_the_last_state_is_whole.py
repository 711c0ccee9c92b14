"""The last published state, which a build compares itself with, is fetched whole, held against its hashes, or not at all."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from atlas.publishing import last
from atlas.publishing.last import NotFetchedError, fetch_last

RECORDS = b'{"kind": "institution", "version": "v1", "released": "2026-11-22", "records": {}}'


@dataclass
class Published:
    """A published site that a test may spoil: ``files`` by path, ``manifest`` in its place when it is set."""

    url: str
    files: dict[str, bytes] = field(default_factory=dict)
    manifest: Any = None
    redirects: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    def content(self, path: str) -> bytes | None:
        if path != "manifest.json":
            return self.files.get(path)
        if self.manifest is None and not self.files:
            return None
        return json.dumps(self.manifest or manifest_of(self.files), ensure_ascii=False).encode()


def manifest_of(files: dict[str, bytes]) -> dict[str, Any]:
    entries = {path: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()} for path, content in sorted(files.items())}
    return with_digest(entries)


def with_digest(entries: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(entries, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {"version": 1, "digest": hashlib.sha256(text.encode()).hexdigest(), "files": entries}


@pytest.fixture
def published() -> Iterator[Published]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            path = self.path.removeprefix("/guide/")
            found.asked.append(path)
            content = found.content(path)
            code = found.codes.get(path, 302 if path in found.redirects else 200 if content is not None else 404)
            self.send_response(code)
            if path in found.redirects:
                self.send_header("Location", found.redirects[path])
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Published(f"http://127.0.0.1:{server.server_address[1]}/guide")
        found.files = {
            "index.html": b"<title>Home</title>",
            "data/v1/institution.json": RECORDS,
            "data/v1/source.json": RECORDS.replace(b"institution", b"source"),
            "data/v1/institution.csv": b"id\n",
            "changes/changes.json": b"{}",
        }
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield found
        server.shutdown()


def _kept(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _now(_: float) -> None:
    """Waits for nothing."""


def test_records_and_changes_come_and_nothing_else(published: Published, tmp_path: Path) -> None:
    into = tmp_path / "build/last"
    assert fetch_last(published.url, into, pause=_now) == 3
    wanted = ["changes/changes.json", "data/v1/institution.json", "data/v1/source.json"]
    assert _kept(into) == [*wanted, "manifest.json"]
    assert sorted(published.asked) == [*wanted, "manifest.json"]
    assert (into / "data/v1/institution.json").read_bytes() == RECORDS
    del published.files["data/v1/source.json"]
    assert fetch_last(published.url + "/", into, pause=_now) == 2
    assert "data/v1/source.json" not in _kept(into), "the state before that is still there"


def test_a_first_publication_must_be_named(published: Published, tmp_path: Path) -> None:
    published.files = {}
    into = tmp_path / "last"
    with pytest.raises(NotFetchedError, match="If this is the first publication, add --first"):
        fetch_last(published.url, into, pause=_now)
    assert not into.exists()
    for _ in range(2):
        assert fetch_last(published.url, into, first=True, pause=_now) == 0
        assert list(tmp_path.iterdir()) == []
        into.mkdir()
        (into / "manifest.json").write_text("{}", encoding="utf-8")  # of a site that was taken down


def test_another_site_is_not_taken_for_this_one(published: Published, tmp_path: Path) -> None:
    published.files = {"index.html": b"<title>Shoes</title>"}
    with pytest.raises(NotFetchedError, match="names no records"):
        fetch_last(published.url, tmp_path / "last", first=True, pause=_now)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [403, 500, 503])
def test_a_site_in_trouble_is_not_taken_for_one_that_never_was(code: int, published: Published, tmp_path: Path) -> None:
    published.codes["manifest.json"] = code
    with pytest.raises(NotFetchedError, match=f"answers {code}"):
        fetch_last(published.url, tmp_path / "last", first=True, pause=_now)


def test_a_file_that_is_not_the_one_of_the_manifest_is_refused(published: Published, tmp_path: Path) -> None:
    into = tmp_path / "last"
    fetch_last(published.url, into, pause=_now)
    before = _kept(into)
    published.manifest = manifest_of(published.files)
    for content in (RECORDS + b" ", RECORDS[:-1], RECORDS.replace(b"2026", b"2027"), None):
        published.files.pop("data/v1/institution.json", None)
        if content is not None:
            published.files["data/v1/institution.json"] = content
        with pytest.raises(NotFetchedError, match=r"data/v1/institution\.json is not the file that manifest\.json names"):
            fetch_last(published.url, into, pause=_now)
    assert _kept(into) == before, "the good state is gone"
    assert [path.name for path in tmp_path.iterdir()] == ["last"], "something half-written is left"


def test_a_site_that_is_published_meanwhile_is_fetched_anew(published: Published, tmp_path: Path) -> None:
    published.manifest = manifest_of({**published.files, "data/v1/source.json": b"old"})
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        published.manifest = None

    assert fetch_last(published.url, tmp_path / "last", pause=pause) == 3
    assert len(waits) == 1


HASH = "0" * 64


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        ([], "not a manifest"),
        ({"version": 2, "digest": HASH, "files": {}}, "version 2"),
        ({"version": 1, "digest": HASH, "files": {}}, "digest"),
        (with_digest({"../../etc/data/v1/x.json": {"size": 1, "sha256": HASH}}), "right form"),
        (with_digest({"/data/v1/x.json": {"size": 1, "sha256": HASH}}), "right form"),
        (with_digest({"data\\v1/x.json": {"size": 1, "sha256": HASH}}), "right form"),
        (with_digest({"data/v1/x.json": {"size": 1, "sha256": "x"}}), "right form"),
        (with_digest({"data/v1/x.json": {"size": -1, "sha256": HASH}}), "right form"),
        (with_digest({"data/v1/x.json": {"size": True, "sha256": HASH}}), "digest"),
        (with_digest({"data/v1/x.json": {"size": 1 << 40, "sha256": HASH}}), "larger than"),
        (with_digest({"data/v1/x.json": {"sha256": HASH}}), "cannot be used"),
        (with_digest({f"data/v1/{n}.json": {"size": last.LARGEST_FILE, "sha256": HASH} for n in range(9)}), "larger than"),
    ],
)
def test_a_manifest_that_is_none_is_refused(manifest: object, why: str, published: Published, tmp_path: Path) -> None:
    published.manifest = manifest or [1]
    with pytest.raises(NotFetchedError, match=why):
        fetch_last(published.url, tmp_path / "last", pause=_now)
    assert published.asked == ["manifest.json"]
    assert list(tmp_path.iterdir()) == []


def test_only_https_is_asked_outside_this_machine(published: Published, tmp_path: Path) -> None:
    for url in ("http://guide.example/", "file:///etc/", "ftp://guide.example/", "https:///x", "guide.example"):
        with pytest.raises(NotFetchedError, match="is not an https address"):
            fetch_last(url, tmp_path / "last", pause=_now)
    for target in ("http://guide.example/manifest.json", "file:///etc/passwd", "ftp://guide.example/"):
        published.redirects["manifest.json"] = target
        with pytest.raises(NotFetchedError, match=r"is not an https address|answers 302"):
            fetch_last(published.url, tmp_path / "last", pause=_now)


def test_a_folder_that_holds_something_else_is_left_alone(published: Published, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/one.jpg").write_bytes(b"x")
    with pytest.raises(NotFetchedError, match="holds something else"):
        fetch_last(published.url, tmp_path / "photos", pause=_now)
    assert _kept(tmp_path / "photos") == ["one.jpg"]


def test_a_flood_is_cut_off_and_a_drip_too(published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last, "LARGEST_FILE", 100)
    with pytest.raises(NotFetchedError, match="larger than 100 bytes"):
        fetch_last(published.url, tmp_path / "last", pause=_now)
    monkeypatch.undo()
    monkeypatch.setattr(last, "LONGEST", -1.0)
    with pytest.raises(NotFetchedError, match="did not come within"):
        fetch_last(published.url, tmp_path / "last", pause=_now)
