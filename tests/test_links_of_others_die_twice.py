"""Links to other sites: what a server says is taken for what it is, and one bad day kills no link."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme
from urllib3 import Timeout

from atlas.linkcheck.address import RefusedAddressError, UnknownHostError, is_public, public_address
from atlas.linkcheck.asking import Asker
from atlas.linkcheck.finding import Finding, Verdict, look
from atlas.linkcheck.history import Run, UnreadableStateError, dead_since, read_history
from atlas.linkcheck.link import external_links
from atlas.linkcheck.report import Entry
from atlas.linkcheck.round import NoNetworkError, check_links, one_round
from tests.conftest import ROOT

NAMES = ("a.test", "b.test", "www.a.test", "other.test")


@dataclass
class Servers:
    """Servers on the loopback interface that play every kind of host; ``asked`` are the requests that came."""

    port: int = 0
    tls_ports: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: dict[str, int] = field(default_factory=dict)
    most_at_once: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str, host: str = "a.test") -> str:
        return f"http://{host}:{self.port}{path}"


ANSWERS: dict[str, tuple[int, dict[str, str], str]] = {
    "/good": (200, {"Content-Type": "text/html"}, "<title>A hospital</title>"),
    "/paper.pdf": (200, {"Content-Type": "application/pdf"}, "%PDF-1.7"),
    "/404": (404, {}, ""),
    "/410": (410, {}, ""),
    "/403": (403, {}, ""),
    "/429": (429, {"Retry-After": "7"}, ""),
    "/451": (451, {}, ""),
    "/500": (500, {}, ""),
    "/400": (400, {}, ""),
    "/range": (416, {}, ""),
    "/challenge": (503, {"cf-mitigated": "challenge", "Content-Type": "text/html"}, ""),
    "/captcha": (200, {"Content-Type": "text/html"}, "<title>Just a moment...</title>"),
    "/circle": (302, {"Location": "/circle2"}, ""),
    "/circle2": (302, {"Location": "/circle"}, ""),
    "/news/2019/17": (301, {"Location": "/"}, ""),
    "/about/doctors": (301, {"Location": "/index.do"}, ""),
    "/": (200, {"Content-Type": "text/html"}, "<title>Home</title>"),
    "/index.do": (200, {"Content-Type": "text/html"}, "<title>Home</title>"),
    "/slash": (301, {"Location": "/slash/"}, ""),
    "/slash/": (200, {"Content-Type": "text/html"}, "<title>With a slash</title>"),
    "/soft": (200, {"Content-Type": "text/html; charset=euc-kr"}, "<title>페이지를 찾을 수 없습니다</title>"),
    "/soft-ru": (200, {"Content-Type": "text/html; charset=utf-8"}, "<title>Страница не найдена — Больница</title>"),
    "/about-404": (
        200,
        {"Content-Type": "text/html"},
        f"<title>Why a page was not found: {'a long study ' * 9}</title>",
    ),
    "/ward-404": (200, {"Content-Type": "text/html"}, "<title>Room 4041 of the new building</title>"),
    "/inside": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, ""),
    "/file": (302, {"Location": "file:///etc/passwd"}, ""),
}


class _Handler(http.server.BaseHTTPRequestHandler):
    servers: Servers

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        servers, host = self.servers, self.headers["Host"].partition(":")[0]
        with servers.lock:
            servers.asked.append((self.command, host, self.path))
            servers.agents.add(self.headers["User-Agent"])
            servers.at_once[host] = servers.at_once.get(host, 0) + 1
            servers.most_at_once[host] = max(servers.most_at_once.get(host, 0), servers.at_once[host])
        if self.path.startswith("/good?"):
            time.sleep(0.01)  # time for another to come in between
        with servers.lock:
            servers.at_once[host] -= 1
        self._play()

    def _play(self) -> None:
        path = self.path
        if path == "/slow":
            self.servers.over.wait(5)
        elif path == "/closed" or (path == "/no-head" and self.command == "HEAD"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif path == "/no-head":
            self._send(200, {"Content-Type": "text/html"}, b"<title>Only by GET</title>")
        elif path == "/405" and self.command == "HEAD":
            self._send(405, {}, b"")
        elif path == "/giant":
            self._giant()
        elif path == "/elsewhere":
            self._send(302, {"Location": self.servers.url("/good", "other.test")}, b"")
        elif path == "/www":
            self._send(301, {"Location": self.servers.url("/good", "www.a.test")}, b"")
        elif path.startswith("/step"):
            self._send(302, {"Location": f"/step{int(path[5:]) + 1}"}, b"")
        else:
            code, headers, body = ANSWERS.get(path, ANSWERS["/good"])
            self._send(code, headers, body.encode("euc-kr" if "euc-kr" in headers.get("Content-Type", "") else "utf-8"))

    def _send(self, code: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _giant(self) -> None:
        """A page of a gigabyte, without a title, whatever part of it is asked for."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(1 << 30))
        self.end_headers()
        try:
            while self.command != "HEAD" and not self.servers.over.is_set():
                self.servers.sent += self.connection.send(b" " * 65536)
        except OSError:
            self.close_connection = True


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def servers(authority: trustme.CA) -> Iterator[Servers]:
    found = Servers()
    handler = type("Handler", (_Handler,), {"servers": found})
    expired = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificates = {
        "good": authority.issue_cert("a.test"),
        "stranger": trustme.CA().issue_cert("a.test"),
        "other": authority.issue_cert("b.test"),
        "expired": authority.issue_cert("a.test", not_after=expired),
    }
    running = [_Server(("127.0.0.1", 0), handler)]
    found.port = running[0].server_address[1]
    for name, certificate in certificates.items():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server = _Server(("127.0.0.1", 0), handler)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        found.tls_ports[name] = server.server_address[1]
        running.append(server)
    threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True) for server in running]
    for thread in threads:
        thread.start()
    yield found
    found.over.set()
    for server in running:
        server.shutdown()
        server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no fault here."""


def _resolve(host: str, port: int) -> str:
    if host in NAMES:
        return "127.0.0.1"
    if host.endswith(".test"):
        raise UnknownHostError(host)
    return public_address(host, port)


@pytest.fixture(scope="module")
def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return context


@pytest.fixture
def asker(trust: ssl.SSLContext) -> Asker:
    waits: list[float] = []
    asker = Asker("a test", _resolve, waits.append, timeout=Timeout(connect=2, read=2), tls=trust)
    asker.waits = waits  # type: ignore[attr-defined]
    return asker


@pytest.mark.parametrize(
    ("path", "verdict", "code"),
    [
        ("/good", "ok", 200),
        ("/paper.pdf", "ok", 200),
        ("/405", "ok", 200),
        ("/no-head", "ok", 200),
        ("/slash", "ok", 200),
        ("/www", "ok", 200),
        ("/range", "ok", 416),
        ("/about-404", "ok", 200),
        ("/ward-404", "ok", 200),
        ("/404", "missing", 404),
        ("/410", "missing", 410),
        ("/403", "blocked", 403),
        ("/429", "blocked", 429),
        ("/451", "blocked", 451),
        ("/challenge", "blocked", 503),
        ("/captcha", "blocked", 200),
        ("/500", "unreachable", 500),
        ("/400", "unreachable", 400),
        ("/closed", "unreachable", 0),
        ("/circle", "unreachable", 302),
        ("/step1", "unreachable", 302),
        ("/news/2019/17", "moved", 200),
        ("/about/doctors", "moved", 200),
        ("/elsewhere", "moved", 200),
        ("/soft", "moved", 200),
        ("/soft-ru", "moved", 200),
        ("/inside", "refused", 0),
        ("/file", "refused", 0),
    ],
)
def test_what_a_server_says_is_taken_for_what_it_is(path: str, verdict: Verdict, code: int, servers: Servers, asker: Asker) -> None:
    found = look(servers.url(path), asker)
    assert (found.verdict, found.code) == (verdict, code), found
    assert bool(found.target) == (verdict == "moved")
    assert found.verdict == "ok" or found.detail


def test_a_server_that_does_not_answer_is_left_in_time(servers: Servers, asker: Asker) -> None:
    asker.timeout = Timeout(connect=0.1, read=0.1)
    assert look(servers.url("/slow"), asker) == Finding("unreachable", 0, "it did not answer in time")


def test_of_a_giant_page_only_the_beginning_is_read(servers: Servers, asker: Asker) -> None:
    before = servers.sent
    assert look(servers.url("/giant"), asker).verdict == "ok"
    assert servers.sent - before < 64 * 1024 * 1024  # what the buffers between the two ends hold, and not a gigabyte


def test_a_name_that_does_not_exist_is_missing(servers: Servers, asker: Asker) -> None:
    assert look(servers.url("/", "gone.test"), asker) == Finding("missing", 0, "there is no host of this name")


@pytest.mark.parametrize(
    ("server", "verdict", "detail"),
    [
        ("good", "ok", ""),
        ("stranger", "tls", "the chain of certificates is not complete"),
        ("other", "tls", "the certificate is for another host"),
        ("expired", "tls", "the certificate has expired"),
    ],
)
def test_a_certificate_that_does_not_hold_is_named(server: str, verdict: str, detail: str, servers: Servers, asker: Asker) -> None:
    found = look(f"https://a.test:{servers.tls_ports[server]}/good", asker)
    assert (found.verdict, found.detail) == (verdict, detail)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "http://printer.local/",
        "http://metadata.internal/",
        "http://name:secret@a.test/",
        "ftp://a.test/",
        "http://a..test/",
    ],
)
def test_nothing_inside_the_network_is_asked(url: str, trust: ssl.SSLContext) -> None:
    asker = Asker("a test", pause=lambda _: None, tls=trust)
    assert look(url, asker).verdict == "refused"


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "::1", "fd00::1", "fe80::1%eth0", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "224.0.0.1", "0.0.0.0"]
)
def test_a_name_that_leads_inside_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    answers = [(family, socket.SOCK_STREAM, 6, "", (address, 80)), (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    assert not is_public(address)
    with pytest.raises(RefusedAddressError):
        public_address("harmless.example", 80)


def test_a_host_is_asked_one_at_a_time_with_a_pause_and_by_name(servers: Servers, asker: Asker) -> None:
    servers.most_at_once.clear()
    servers.agents.clear()
    links = [servers.url(f"/good?{number}", host) for number in range(5) for host in ("a.test", "b.test")]
    found = one_round([*links, servers.url("/429")], asker)
    assert [finding.verdict for finding in found.values()].count("ok") == 10
    assert set(servers.most_at_once.values()) == {1}
    assert servers.agents == {"a test"}
    waits: list[float] = asker.waits  # type: ignore[attr-defined]
    assert set(waits) == {asker.spacing}
    look(servers.url("/good"), asker)
    assert max(waits) == 7.0, "Retry-After was not heeded"


def test_a_link_is_dead_after_three_days_or_when_two_networks_agree() -> None:
    def runs(origin: str, *found: tuple[int, Verdict]) -> list[Run]:
        return [Run(f"2026-11-{day:02}", origin, Finding(verdict)) for day, verdict in found]

    gone: Verdict = "missing"
    assert dead_since([]) is None
    assert dead_since(runs("x", (1, gone), (3, gone))) is None
    assert dead_since(runs("x", (1, gone), (3, gone), (5, gone))) == "2026-11-01"
    assert dead_since(runs("x", (1, gone), (1, gone), (1, gone))) is None, "three runs on one day are one signal"
    assert dead_since(runs("x", (1, gone), (3, "unreachable"), (5, gone), (7, gone))) is None, "a row was broken"
    for verdict in ("blocked", "unreachable", "moved", "tls", "refused"):
        assert dead_since(runs("x", *((day, verdict) for day in range(1, 7)))) is None, verdict
    assert dead_since([*runs("x", (2, gone)), *runs("y", (4, gone))]) == "2026-11-02"
    assert dead_since([*runs("x", (2, gone)), *runs("y", (28, gone))]) is None, "what was found long ago does not count"
    assert dead_since([*runs("x", (1, gone), (3, gone), (5, gone)), *runs("y", (4, "ok"))]) is None, "somebody saw it"


@pytest.fixture
def small(tmp_path: Path, servers: Servers) -> Path:
    """A project with four sources and one institution."""
    data = tmp_path / "data"
    (data / "sources").mkdir(parents=True)
    (data / "hospitals").mkdir()
    (data / "site.yaml").write_text("id: site\ncorrections: corrections@x.example\n", encoding="utf-8")
    sources = f"""good:
  url: {servers.url("/good")}
gone:
  title: {{en: Gone}}
  url: {servers.url("/404")}
  archived: {servers.url("/good", "b.test")}
closed-to-robots:
  url: {servers.url("/403")}
moved:
  url: {servers.url("/elsewhere")}
unknown:
  url: null
"""
    (data / "sources/press.yaml").write_text(sources, encoding="utf-8")
    hospital = f"id: x\nwebsite: {{url: '{servers.url('/404')}', sources: [good]}}\nremarks: see {servers.url('/500')} for more\n"
    (data / "hospitals/x.yaml").write_text(hospital, encoding="utf-8")
    return tmp_path


def test_editors_are_told_which_record_holds_a_dead_link(small: Path, asker: Asker, servers: Servers) -> None:
    state, out = small / "state/links.json", small / "out/report"

    def on(day: str) -> dict[str, str]:
        return _states(check_links(small, state, out, origin="here", others=[], day=day, asker=asker))

    url = servers.url("/404")
    assert on("2026-11-02")[url] == on("2026-11-02")[url] == on("2026-11-04")[url] == "missing"
    entries = check_links(small, state, out, origin="here", others=[], day="2026-11-06", asker=asker)
    assert _states(entries) == {
        url: "dead",
        servers.url("/elsewhere"): "moved",
        servers.url("/403"): "blocked",
        servers.url("/good"): "ok",
        servers.url("/good", "b.test"): "ok",
    }
    assert [(holder.path, holder.line, holder.kind, holder.record) for holder in entries[0].holders] == [
        ("data/hospitals/x.yaml", 2, "institution", "x"),
        ("data/sources/press.yaml", 5, "source", "gone"),
    ]
    assert str(entries[0]) == (
        f"data/hospitals/x.yaml:2:16: website.url: this link is dead since 2026-11-02 (got {url}). "
        f"There is an archived copy: {servers.url('/good', 'b.test')}"
    )
    markdown = out.with_suffix(".md").read_text(encoding="utf-8")
    assert "1 dead, 1 moved, 1 blocked, 2 ok." in markdown
    assert f"| `{url}` | 2026-11-02 | 404: the server says that there is no such page | institution x (data/hospitals/x.yaml:2)" in markdown
    report = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert report["counts"]["dead"] == 1
    assert [entry["state"] for entry in report["entries"]] == ["dead", "moved", "blocked"]
    assert len(read_history(state)[url]) == 3


def test_another_network_can_confirm_a_death(small: Path, asker: Asker, servers: Servers) -> None:
    there, out, url = small / "there.json", small / "report", servers.url("/404")
    check_links(small, there, out, origin="there", others=[], day="2026-11-02", asker=asker)
    entries = check_links(small, small / "here.json", out, origin="here", others=[there], day="2026-11-03", asker=asker)
    assert _states(entries)[url] == "dead"
    again = check_links(small, small / "new.json", out, origin="there", others=[there], day="2026-11-03", asker=asker)
    assert _states(again)[url] == "missing", "its own state, given twice, is no second signal"


def test_a_link_that_was_taken_out_is_forgotten(small: Path, asker: Asker, servers: Servers) -> None:
    state = small / "state.json"
    check_links(small, state, small / "report", origin="here", others=[], day="2026-11-02", asker=asker)
    path = small / "data/sources/press.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("/403", "/good"), encoding="utf-8")
    check_links(small, state, small / "report", origin="here", others=[], day="2026-11-03", asker=asker)
    assert servers.url("/403") not in read_history(state)


def test_a_runner_without_network_kills_nothing(trust: ssl.SSLContext) -> None:
    def nothing(host: str, port: int) -> str:
        raise UnknownHostError(host)

    asker = Asker("a test", nothing, lambda _: None, tls=trust)
    with pytest.raises(NoNetworkError):
        one_round([f"https://host{number}.example/" for number in range(30)], asker)


def test_a_round_ends_in_time_and_leaves_the_rest_unasked(servers: Servers, asker: Asker) -> None:
    assert one_round([servers.url("/good")], asker, longest=0) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version": 2, "links": {}}',
        '{"version": 1, "links": {"https://x.example/": [{"day": "yesterday", "origin": "x", "verdict": "ok", "code": 200}]}}',
        '{"version": 1, "links": {"https://x.example/": [{"day": "2026-11-01", "origin": "x", "verdict": "dead", "code": 404}]}}',
    ],
)
def test_a_state_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableStateError, match=r"state\.json: this is not the state of a link check"):
        read_history(path)


def test_what_a_server_sends_cannot_draw_in_the_report(
    small: Path, servers: Servers, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = "/x?`|<img/src=//tracker.example>|![x](//tracker.example)"
    monkeypatch.setitem(ANSWERS, "/elsewhere2", (302, {"Location": f"http://other.test:{servers.port}{target}"}, ""))
    path = small / "data/sources/press.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("/elsewhere", "/elsewhere2"), encoding="utf-8")
    check_links(small, small / "state.json", small / "report", origin="here", others=[], day="2026-11-02", asker=asker)
    row = next(line for line in (small / "report.md").read_text(encoding="utf-8").splitlines() if "tracker" in line)
    assert row.count("|") == 6
    assert row.count("`") == 4


def test_every_source_with_an_address_is_asked() -> None:
    links = external_links(ROOT)
    kinds = {holder.kind for holders in links.values() for holder in holders}
    assert {"source", "institution", "official-site"} <= kinds
    assert len(links) > 500
    some = next(holder for holders in links.values() for holder in holders if holder.kind == "source")
    line = (ROOT / some.path).read_text(encoding="utf-8").splitlines()[some.line - 1]
    assert "http" in line


def _states(entries: tuple[Entry, ...]) -> dict[str, str]:
    return {entry.url: entry.state for entry in entries}
