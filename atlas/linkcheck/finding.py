"""What one link was found to be, on one day, from one place."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from urllib3.exceptions import HTTPError, ProtocolError, SSLError

from atlas.linkcheck.address import RefusedAddressError, UnknownHostError
from atlas.linkcheck.asking import Answer, Asker, host_of

Verdict = Literal["ok", "missing", "moved", "blocked", "unreachable", "tls", "refused"]
"""``missing``: the server says that there is no such page (404, 410), or there is no such host. One such finding does not make a link dead.
``moved``: there is a page, but another. ``blocked``: the server does not answer robots (401, 403, 429, 451, a question whether one is
human). ``unreachable``: no answer, or one of trouble (5xx). ``tls``: the certificate does not hold. ``refused``: not asked."""
MOST_REDIRECTS = 8
_BLOCKED = {401, 403, 407, 418, 429, 451, 999}
_NO_HEAD = {*range(400, 600)} - {429}
_CHALLENGE = re.compile(
    r"just a moment|attention required|access denied|captcha|are you (a )?(robot|human)|verify you are human|security check|ddos-guard",
    re.IGNORECASE,
)
_NOTHING_HERE = re.compile(
    r"(?:error\s*)?404(?:\b|\s).*|.*\b404$|.*\b(?:page|file)\s+(?:was\s+)?not\s+found\b.*|not\s+found"
    r"|.*페이지를\s*찾을\s*수\s*없.*|.*존재하지\s*않는\s*페이지.*|.*(?:页面|網頁|网页)(?:不存在|未找到).*|.*страница\s+не\s+найдена.*",
    re.IGNORECASE,
)
_LONGEST_NOTHING = 80
"""Letters; a longer title is rather that of an article on missing pages than of one."""


@dataclass(frozen=True)
class Finding:
    """The verdict on a link; ``code`` is the last HTTP status, 0 when there was none; ``detail`` is a plain sentence, without what the
    server sent, but for ``target``: where a moved link leads."""

    verdict: Verdict
    code: int = 0
    detail: str = ""
    target: str = ""


def look(url: str, asker: Asker) -> Finding:
    """Follows a link to its end and says what is there."""
    at, seen = url, {url}
    for _ in range(MOST_REDIRECTS + 1):
        answer = _answer(at, asker)
        if isinstance(answer, Finding):
            return answer
        if answer.code not in {301, 302, 303, 307, 308} or not answer.location:
            return _arrived(url, at, answer)
        at = urljoin(at, answer.location.strip())
        if at in seen:
            return Finding("unreachable", answer.code, "it redirects in a circle")
        seen.add(at)
    return Finding("unreachable", answer.code, f"it redirects more than {MOST_REDIRECTS} times")


def _answer(url: str, asker: Asker) -> Answer | Finding:
    try:
        answer = _head(url, asker)
        if answer.code in _NO_HEAD or (200 <= answer.code < 300 and answer.is_html):
            answer = asker.ask("GET", url)
    except RefusedAddressError as error:
        return Finding("refused", 0, str(error))
    except UnknownHostError:
        return Finding("missing", 0, "there is no host of this name")
    except (SSLError, ssl.SSLError) as error:
        return Finding("tls", 0, _certificate(error))
    except (HTTPError, OSError) as error:
        return Finding("unreachable", 0, _trouble(error))
    return answer


def _head(url: str, asker: Asker) -> Answer:
    """The answer to ``HEAD``, or to ``GET`` where a server hangs up on the other."""
    try:
        return asker.ask("HEAD", url)
    except ProtocolError:
        return asker.ask("GET", url)


def _arrived(url: str, at: str, answer: Answer) -> Finding:
    code = answer.code
    if code in _BLOCKED or answer.challenged or (_CHALLENGE.search(answer.title) and (code >= 400 or len(answer.title) <= 40)):
        return Finding("blocked", code, "the server does not answer robots")
    if code in {404, 410}:
        return Finding("missing", code, "the server says that there is no such page")
    if code >= 500:
        return Finding("unreachable", code, "the server is in trouble")
    if code >= 400 and code != 416:  # 416: the page is there, but not as many bytes as were asked for
        return Finding("unreachable", code, "the server does not understand the question")
    if len(answer.title) <= _LONGEST_NOTHING and _NOTHING_HERE.fullmatch(answer.title):
        return Finding("moved", code, "the title of the page says that it is not there", at)
    if _bare(host_of(url)) != _bare(host_of(at)):
        return Finding("moved", code, "it leads to another host", at)
    if _is_home(at) and not _is_home(url):
        return Finding("moved", code, "it leads to the home page", at)
    return Finding("ok", code)


def _bare(host: str) -> str:
    return re.sub(r"^(?:www|m)\.", "", host)


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and re.fullmatch(r"/?(?:(?:index|main|default|home)(?:\.\w+)?)?/?", parts.path, re.IGNORECASE) is not None


def _certificate(error: Exception) -> str:
    text = str(error)
    for sign, words in (
        ("self-signed", "the certificate is signed by nobody but itself"),
        ("self signed", "the certificate is signed by nobody but itself"),
        ("certificate has expired", "the certificate has expired"),
        ("ostname mismatch", "the certificate is for another host"),
        ("doesn't match", "the certificate is for another host"),
        ("unable to get local issuer", "the chain of certificates is not complete"),
    ):
        if sign in text:
            return words
    return "no secure connection could be made"


def _trouble(error: Exception) -> str:
    name = type(error).__name__
    if "Timeout" in name or isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ConnectionRefusedError) or "NewConnection" in name:
        return "no connection could be made"
    return "the connection broke off"
