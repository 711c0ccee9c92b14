"""What readers take along is, after any edit, byte for byte what is made from nothing; and the zip file is one that everybody can read."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.offline import archive
from atlas.offline.edition import Files
from atlas.offline.publishing import write_offline
from atlas.offline.taken import Taken
from atlas.offline.zipped import members_of, packed, zipped
from atlas.publishing.manifest import PLACEHOLDER, written
from atlas.publishing.writing import Writing

PATHS = ("", "visa/", "visa/c-3-3/", "from/kz/")
ASSETS = {
    "assets/a.css": b"a{background:url(m.svg)}",
    "assets/m.svg": b"<svg/>",
    "assets/s.js": b'import "./t.js";',
    "assets/t.js": b"1",
    "assets/u.js": b"2",
}
RELEASES = ("2026-11-22", "2026-12-01")

texts = st.sampled_from(("", "one", "two " * 50))
links = st.lists(
    st.sampled_from(("./", "../", "visa/", "../visa/c-3-3/#x", "../../from/kz/", "../ko/x.csv", "https://x.example/", "tel:119")),
    max_size=3,
)
sites = st.tuples(
    st.dictionaries(st.sampled_from(PATHS), st.tuples(texts, links, st.booleans())),
    st.sampled_from(RELEASES),
    st.sampled_from((b"<svg/>", b"<svg>2</svg>")),
    st.sampled_from((b"1", b'import "./u.js";')),
)


def site_of(pages: Mapping[str, tuple[str, list[str], bool]], released: str, drawing: bytes, script: bytes) -> dict[str, bytes]:
    """A small site in one language, as it is written before what is taken along is made."""
    files = {**ASSETS, "assets/m.svg": drawing, "assets/t.js": script}
    for path, (text, led, scripted) in {
        **pages,
        "offline/": ("".join(f'<span data-size="{one}"></span>' for one in ("zip", "core")), [], True),
    }.items():
        root = "../" * (path.count("/") + 1)
        head = f'<link rel="stylesheet" href="{root}assets/a.css">' + f'<script src="{root}assets/s.js"></script>' * scripted
        body = "".join(f'<a href="{link}">x</a>' for link in led)
        foot = f'<footer><p class="muted">{released}</p><p>{PLACEHOLDER}</p></footer>'
        files[f"ru/{path}index.html"] = f'{head}<main id="main" tabindex="-1">{text}{body}</main>{foot}'.encode()
    return files


def made(
    files: dict[str, bytes], pages: list[str], released: str, last: Taken | None, before: Mapping[str, bytes]
) -> tuple[dict[str, bytes], Taken]:
    """What is written, and what may be kept of it; ``before`` is what the last edition wrote."""
    view = {
        "language": "ru",
        "locale": "ru",
        "released": released,
        "released_said": released,
        "date": released,
        "index": "A–Z",
        "copy": "Copy.",
        "live": "Live",
        "megabytes": "{size} MB",
        "kilobytes": "{size} kB",
        "packed": pages,
        "keepable": [*pages[:2], "offline/"],
        "sets": {"core": [*pages[:1], "offline/"]},
    }
    writing = Writing(None)
    have = {**before, **files}

    def read(address: str) -> bytes:
        if address not in have:
            raise FileNotFoundError(address)
        return have[address]

    taken = write_offline(
        Files(read, {path: written(path, content) for path, content in files.items()}), "ru/", "https://a.example/", view, writing, last
    )
    return writing.held, pickle.loads(pickle.dumps(taken))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(sites, st.booleans()), min_size=2, max_size=5))
def test_after_any_edit_it_is_what_is_made_from_nothing(
    steps: list[tuple[tuple[dict[str, tuple[str, list[str], bool]], str, bytes, bytes], bool]],
) -> None:
    last, before = None, dict[str, bytes]()
    for (pages, released, drawing, script), is_lost in steps:
        files = site_of(pages, released, drawing, script)
        now, kept = made(files, [*pages], released, last, before)
        nothing, _ = made(files, [*pages], released, None, {})
        assert now == nothing
        last, before = kept, {} if is_lost else now


def test_only_what_changed_is_packed_anew() -> None:
    pages = {path: ("text", ["../visa/c-3-3/#x"] if path == "visa/" else [], True) for path in PATHS}
    first, last = made(site_of(pages, RELEASES[0], b"<svg/>", b"1"), [*pages], RELEASES[0], None, {})
    pages["from/kz/"] = ("other", [], True)
    with patch.object(archive, "packed", side_effect=packed) as pack:
        second, last = made(site_of(pages, RELEASES[0], b"<svg/>", b"1"), [*pages], RELEASES[0], last, first)
    assert [call.args[0] for call in pack.call_args_list] == ["from/kz/index.html"]
    del pages["visa/c-3-3/"]
    with patch.object(archive, "packed", side_effect=packed) as pack:
        made(site_of(pages, RELEASES[0], b"<svg/>", b"1"), [*pages], RELEASES[0], last, second)
    assert [call.args[0] for call in pack.call_args_list] == ["visa/index.html"], "its link leads to the live site now"


def test_the_zip_file_is_that_of_the_library(tmp_path: Path) -> None:
    contents = {"index.html": b"text " * 999, "empty.css": b"", "от/мужа.html": b"x"}
    found = b"".join(zipped((packed(name, content) for name, content in contents.items()), (2026, 11, 22)))
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as library:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, (2026, 11, 22, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            library.writestr(entry, content)
    assert found == (tmp_path / "x.zip").read_bytes()
    with zipfile.ZipFile(BytesIO(found)) as read:
        assert {name: read.read(name) for name in read.namelist()} == contents
    assert b"".join(zipped(members_of(found).values(), (2026, 11, 22))) == found
