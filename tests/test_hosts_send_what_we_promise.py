"""One definition of headers and caching, and what real servers make of it: asked over TLS on the loopback interface."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from atlas.__main__ import cli
from atlas.commands.listed import LISTED
from atlas.hosting.caching import ASKED_AGAIN, HASHED_FOLDERS, KEPT, cache_control
from atlas.hosting.command import PRINTED
from atlas.hosting.headersfile import LINE, RULES, headers_file
from atlas.hosting.inline import allowed
from atlas.hosting.media import media_type
from atlas.hosting.place import Place
from atlas.hosting.policy import DENIED, HEADER_ONLY, metas, security_headers
from atlas.hosting.scripts import inline_scripts
from atlas.hosting.store import cloudfront_policy, store_script
from tests.conftest import ROOT, Site
from tests.observatory import score
from tests.servers import FILES, HEAD, STYLE, Server, served

SERVED = [name for name in FILES if not name.startswith((".", "_", "empty")) or name.startswith(".well-known/")]
HIDDEN = [".env", ".git/config", ".git/", "_headers", "%2eenv", "assets/../.env", "assets/%2e%2e/.env", ".well-known/../.env"]


@pytest.fixture(scope="module", params=["nginx /", "nginx /guide/", "caddy /", "caddy /guide/", "apache /", "apache /guide/"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    name, base = request.param.split()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with served(name, Path(folder), base) as running:
            yield running


def test_every_answer_has_every_header_once(server: Server) -> None:
    for path in ("", "hospitals", STYLE, "data/v1/all.json", "ko.zip", "nothing", "assets/nothing-0f1e2d3c4b.css", ".env", "empty/"):
        found = server.ask(path).headers
        for name, value in security_headers().items():
            assert found.get(name.lower()) == value, (path, name)
    assert "strict-transport-security" not in server.ask("", tls=False).headers  # RFC 6797, section 7.2


def test_hashed_names_are_kept_and_all_else_is_asked_for_again(server: Server) -> None:
    for name in SERVED:
        answer = server.ask(name)
        assert (answer.status, answer.body) == (200, FILES[name].encode()), name
        assert answer.headers["content-type"] == media_type(name), name
        assert answer.headers["cache-control"] == cache_control(name), name
        assert answer.headers.get("access-control-allow-origin") == ("*" if name.startswith(("data/", "changes/")) else None), name
    for name in ("assets/nothing-0f1e2d3c4b.css", "ko/search/65b78491caf6/nothing.json"):
        assert server.ask(name).headers["cache-control"] == ASKED_AGAIN  # it may be there after the next release


@pytest.mark.parametrize("server", ["nginx /", "nginx /guide/", "caddy /", "caddy /guide/"], indirect=True)
def test_an_open_page_still_finds_the_hashed_files_of_the_release_before(server: Server) -> None:
    answer = server.ask("assets/older.1234567890.css")
    assert (answer.status, answer.body) == (200, b"h3 {}")
    assert answer.headers["cache-control"] == KEPT
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert server.ask("older.html").status == 404
    assert server.ask("previous/older.html").status == 404


def test_what_is_missing_gets_the_page_for_the_lost_and_nothing_is_listed(server: Server) -> None:
    for path in ("nothing", "nothing/", "nothing.json", "empty/", "empty/sub/", "assets/", *HIDDEN):
        answer = server.ask(path)
        assert answer.status == 404, path
        assert answer.body == FILES["404.html"].encode(), path
        assert answer.headers["content-type"] == "text/html; charset=utf-8", path
    for path in ("/../" * 6 + "etc/passwd", "/" + "..%2f" * 6 + "etc/passwd", server.place.base + "assets/" + "../" * 9 + "etc/passwd"):
        answer = server.ask(path)
        assert answer.status in {400, 404}, path
        assert b"root:" not in answer.body


def test_compressed_files_are_sent_as_they_lie_there(server: Server) -> None:
    for path, file in (("hospitals/", "hospitals/index.html"), ("data/v1/all.csv", "data/v1/all.csv"), (STYLE, STYLE), ("", "index.html")):
        zipped = server.ask(path, Accept_Encoding="gzip")
        assert zipped.headers["content-encoding"] == "gzip", path
        assert gzip.decompress(zipped.body) == FILES[file].encode(), path
        assert zipped.headers["content-type"] == media_type(file), path
        assert zipped.headers["cache-control"] == cache_control(file), path
    for path in ("hospitals/", "data/v1/all.csv"):
        best = server.ask(path, Accept_Encoding="gzip, deflate, br")
        assert (best.headers["content-encoding"], best.body) == ("br", b"made of brotli"), path
    for path in ("", "nothing", STYLE):
        plain = server.ask(path)
        assert "content-encoding" not in plain.headers
        assert plain.headers["vary"].lower() == "accept-encoding"
        assert server.ask(path, Accept_Encoding="br, gzip").headers["vary"].lower() == "accept-encoding"


def test_parts_and_questions_are_answered_and_nothing_else_is_done(server: Server) -> None:
    whole = server.ask(STYLE)
    head = server.ask(STYLE, "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(whole.body)))
    again = server.ask(STYLE, If_None_Match=whole.headers["etag"])
    assert (again.status, again.body, again.headers["cache-control"]) == (304, b"", KEPT)
    page = server.ask("")
    assert server.ask("", If_None_Match=page.headers["etag"]).status == 304
    assert server.ask("", If_None_Match='"another"').status == 200
    part = server.ask(STYLE, Range="bytes=0-3")
    assert (part.status, part.body) == (206, whole.body[:4])
    for method in ("POST", "PUT", "DELETE", "TRACE"):
        assert server.ask(STYLE, method).status == 405, method


def test_a_folder_without_its_slash_stays_on_the_host_and_below_the_base_path(server: Server) -> None:
    answer = server.ask("hospitals")
    assert answer.status in {301, 308}
    assert answer.headers["location"].removeprefix(server.place.origin[: -len(server.place.base)]) == f"{server.place.base}hospitals/"
    if server.name == "nginx":  # it may stand behind another server, and does not know under which name
        assert answer.headers["location"] == f"{server.place.base}hospitals/"
    insecure = server.ask("hospitals/", tls=False)
    assert insecure.status in {301, 308}
    assert re.fullmatch(rf"https://localhost(:\d+)?{server.place.base}hospitals/", insecure.headers["location"])
    assert server.ask("/.well-known/security.txt").body == FILES[".well-known/security.txt"].encode()


def test_the_observatory_gives_at_least_120(server: Server) -> None:
    home = server.ask("")
    total, points = score(home.headers, home.body.decode(), server.ask("", tls=False).headers["location"])
    assert total >= 120, points
    assert min(points.values()) >= 0, points


def test_the_score_falls_with_what_is_missing() -> None:
    headers = {name.lower(): value for name, value in security_headers().items()}

    def total(**changed: str | None) -> int:
        found = {
            name: value for name, value in (headers | {key.replace("_", "-"): value for key, value in changed.items()}).items() if value
        }
        return score(found, HEAD, "https://x.example/")[0]

    assert total() == 130
    assert total(cross_origin_resource_policy=None) == 120
    assert total(strict_transport_security=None) == 80
    weak = {**headers, "content-security-policy": "default-src 'self'; script-src 'unsafe-inline'"}
    assert score(weak, "<p>", "https://x.example/")[0] == 80
    assert score({}, "<p>", "http://x.example/")[0] <= 25


@pytest.mark.parametrize("server", ["nginx /guide/", "caddy /guide/", "apache /guide/"], indirect=True)
def test_a_browser_shows_the_site_and_says_nothing(server: Server, browser: Browser) -> None:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(server.place.origin, wait_until="load")
    expect(page).to_have_title("fetched")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(1, 2, 3)"
    assert not said
    features = page.evaluate("document.featurePolicy.allowedFeatures()")
    assert "clipboard-write" in features
    assert not set(DENIED) & set(features)
    context.close()


def test_a_meta_says_what_the_header_says_but_for_what_only_a_header_may() -> None:
    page, header = metas()["page"], security_headers()["Content-Security-Policy"]
    assert header == f"{page}; frame-ancestors 'none'"
    for policy in metas().values():
        assert not re.search(r"frame-ancestors|report-uri|sandbox|unsafe-|\*", policy)
    assert set(HEADER_ONLY) == {"frame-ancestors"}
    assert page.startswith("default-src 'none'; ")


def test_an_inline_script_runs_only_when_the_list_has_it(tmp_path: Path) -> None:
    page = "<script>alert('Hello, world.');</script><script src=a.js></script><script type=module>1</script>"
    page += "<script type='application/ld+json'>{}</script>"
    found = inline_scripts(page)
    assert found[0] == "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="  # the example of the specification
    assert len(found) == 2
    assert len(inline_scripts("<script type=' Text/JavaScript '>1</script><script type=importmap>{}</script>")) == 2
    listed = tmp_path / "inline.txt"
    listed.write_text(f"# why\n{found[0]} the reason\n", encoding="utf-8")
    assert metas(allowed(listed))["page"].count(f"script-src 'self' '{found[0]}';") == 1
    for wrong in ("sha256-abc the reason", found[0], "go()"):
        listed.write_text(wrong, encoding="utf-8")
        with pytest.raises(ValueError, match=r"^inline\.txt:1: "):
            allowed(listed)


def test_every_inline_script_of_the_site_is_in_the_list(site: Site) -> None:
    known = set(allowed())
    pages = [address for address, page in site.pages.items() if page.xpath("//script[not(@src)][not(@type='application/ld+json')]")]
    for path in [site.folder / "404.html", *(site.folder / address / "index.html" for address in pages)]:
        assert set(inline_scripts(path.read_text(encoding="utf-8"))) <= known, path


def published(site: Site) -> list[str]:
    """The addresses of all files."""
    return list(json.loads((site.folder / "manifest.json").read_text(encoding="utf-8"))["files"])


def test_headers_files_stay_within_the_limits_and_set_nothing_twice(site: Site) -> None:
    text = (site.folder / "_headers").read_text(encoding="utf-8")
    assert text == headers_file("/", allowed())
    rules = re.findall(r"^(/\S*)\n((?:  .+\n)+)", text, re.MULTILINE)
    assert len(rules) <= RULES
    assert max(map(len, text.splitlines())) <= LINE
    assert all(line.startswith(("/", "  ")) or not line for line in text.splitlines())
    shapes = [
        (re.compile(re.sub(r":\w+", "[^/]+", path.replace("*", ".*"))), re.findall(r"^  ([\w-]+): ", found, re.M)) for path, found in rules
    ]
    for address in published(site):
        names = [name for shape, found in shapes if shape.fullmatch(f"/{address}") for name in found]
        assert len(names) == len(set(names)), address
        assert set(names) >= set(security_headers())
        if "Cache-Control" in names:
            assert cache_control(address) == KEPT, f"{address} would be kept for a year and has no hash in its name"
    assert headers_file("/guide/").startswith("/guide/*\n")
    assert len(HASHED_FOLDERS) == text.count(KEPT)


def test_every_kind_of_file_has_a_media_type(site: Site) -> None:
    for address in published(site):
        assert address == "_headers" or media_type(address) != "application/octet-stream", address


def test_a_place_that_could_break_out_of_a_configuration_is_refused() -> None:
    for origin in (
        "http://x.example/",
        "https://x.example/a b/",
        "https://x.example/a;b/",
        "https://x;y/",
        "https://x.example/../",
        "x.example",
    ):
        with pytest.raises(ValueError, match="is not"):
            Place(origin)
    for root in ("srv/guide", "/srv/my guide", '/srv/"', "/srv;", "/srv\n", "/"):
        with pytest.raises(ValueError, match="is not"):
            Place("https://x.example/", root)


@pytest.mark.parametrize("name", ["PUBLISHING.md", "PUBLISHING.ko.md"])
def test_every_command_of_the_instructions_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for command, host in re.findall(r"\batlas (?!…)([a-z]+)(?: ([a-z0-9]+))?", text):
        assert command in LISTED, command
        assert command != "hosting" or host in PRINTED, host
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in re.findall(r"\bmake ([a-z]+)", text))


@pytest.mark.parametrize("kind", ["nginx", "caddy", "apache", "htaccess", "headers", "s3", "cloudfront"])
def test_the_command_prints_what_a_publisher_needs(kind: str) -> None:
    done = CliRunner().invoke(cli, ["hosting", kind, "--origin", "https://guide.example/korea/"])
    assert done.exit_code == 0, done.output
    assert security_headers()["Permissions-Policy"] in done.output or kind in {"s3", "cloudfront"}
    assert str(ROOT) not in done.output
    wrong = CliRunner().invoke(cli, ["hosting", kind, "--origin", "https://guide.example/ko;rea/"])
    assert wrong.exit_code == 2
    assert "is not a base path" in wrong.output


def sent(words: list[str], names: list[str]) -> list[str]:
    """What ``aws s3 sync`` would send of these files: the last filter that fits decides, and a star stands for slashes too."""
    filters = [(word, words[at + 1]) for at, word in enumerate(words) if word in ("--include", "--exclude")]
    taken = {name: [word for word, pattern in filters if fnmatchcase(name, pattern)][-1] == "--include" for name in names}
    return [name for name in names if taken[name]]


def test_the_upload_takes_every_file_once_and_in_an_order_in_which_nothing_is_missed(tmp_path: Path) -> None:
    (tmp_path / "publish.sh").write_text(store_script(Place("https://guide.example/")), encoding="utf-8")
    (tmp_path / "aws").write_text("#!/bin/sh\nprintf '%s\\t' \"$@\"; echo\n", encoding="utf-8")  # says what it was asked for
    (tmp_path / "aws").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", "publish.sh", "site", "s3://x"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    names = sorted({*FILES, "manifest.json", "index.html.br", "index.html.gz"} - {"assets/plain.css"})  # nothing is published so
    order: list[tuple[int, str]] = []
    for line in done.stdout.splitlines():
        words = line.rstrip("\t").split("\t")
        assert words[:4] == ["s3", "sync", "site", "s3://x/"]
        for name in sent(words, names):
            assert words[words.index("--cache-control") + 1] == cache_control(name), name
            assert words[words.index("--content-type") + 1] == media_type(name), name
            last = name in {"sw.js", "manifest.json"}
            order.append((0 if cache_control(name) == KEPT else 3 if last else 2 if name.endswith(".html") else 1, name))
    assert [step for step, _ in order] == sorted(step for step, _ in order)
    kept_back = {"_headers", ".env", ".git/config", "index.html.br", "index.html.gz"}
    assert sorted(name for _, name in order) == [name for name in names if name not in kept_back]


def test_the_headers_for_cloudfront_are_those_of_the_definition() -> None:
    config = json.loads(cloudfront_policy(Place("https://guide.example/")))
    security, own = config["SecurityHeadersConfig"], config["CustomHeadersConfig"]
    said = {one["Header"]: one["Value"] for one in own["Items"]}
    said["Content-Security-Policy"] = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    said["Strict-Transport-Security"] = f"max-age={security['StrictTransportSecurity']['AccessControlMaxAgeSec']}"
    said["X-Frame-Options"] = security["FrameOptions"]["FrameOption"]
    said["Referrer-Policy"] = security["ReferrerPolicy"]["ReferrerPolicy"]
    said["X-Content-Type-Options"] = "nosniff"
    assert said == security_headers()
    assert own["Quantity"] == len(own["Items"]) <= 10
