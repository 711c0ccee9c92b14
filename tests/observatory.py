"""The score of the MDN HTTP Observatory, by the rules published with @mdn/mdn-http-observatory 1.4.8 (algorithm 4, ``src/grader/charts.js``
and ``src/analyzer/tests/``): what a site without cookies gets for its headers and its home page.

The package itself starts a web service, asks the network and brings two hundred others, so that its rules stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from lxml import html

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
EXTRA_FROM = 90
"""Points above 100 count only where what is missing costs at most ten."""
HALF_A_YEAR = 15552000


def score(headers: Mapping[str, str], page: str, redirect: str) -> tuple[int, dict[str, int]]:
    """The score, and the points that each test gives or takes.

    ``headers`` are those of the home page over TLS by name in small letters, ``redirect`` is where a request without TLS is sent.
    """
    tree = html.fromstring(page)
    points = {
        "content-security-policy": _policy(_policies(headers, tree)),
        "cookies": 0 if "set-cookie" not in headers else -40,
        "cross-origin-resource-sharing": -50 if "access-control-allow-credentials" in headers else 0,
        "redirection": 0 if urlsplit(redirect).scheme == "https" else -20,
        "referrer-policy": _referrer(headers),
        "strict-transport-security": _transport(headers.get("strict-transport-security", "")),
        "subresource-integrity": _integrity(tree),
        "x-content-type-options": 0 if headers.get("x-content-type-options", "").lower() == "nosniff" else -5,
        "x-frame-options": _frames(headers),
        "cross-origin-resource-policy": _resources(headers.get("cross-origin-resource-policy", "")),
    }
    without_extra = 100 + sum(value for value in points.values() if value < 0)
    return (100 + sum(points.values()) if without_extra >= EXTRA_FROM else without_extra), points


def _parsed(policy: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.lower().split()
        assert name not in found, f"{name} stands twice in the policy"
        found[name] = set(sources) or {"'none'"}
    return found


def _policies(headers: Mapping[str, str], tree: html.HtmlElement) -> dict[str, set[str]]:
    """What the header and the metas allow together: a source must stand in all that name the directive."""
    metas = [one.get("content", "") for one in tree.iter("meta") if (one.get("http-equiv") or "").lower() == "content-security-policy"]
    together: dict[str, set[str]] = {}
    for policy in filter(None, [headers.get("content-security-policy"), *metas]):
        for name, sources in _parsed(policy).items():
            together[name] = (together[name] & sources or {"'none'"}) if name in together else sources
    return together


def _policy(policy: Mapping[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script, style, plugin = (policy.get(name, default) for name in ("script-src", "style-src", "object-src"))
    if script & (BROAD | {"'unsafe-inline'", "data:"}) or plugin & BROAD:
        return -20
    active = set().union(*(sources for name, sources in policy.items() if name not in {"img-src", "media-src"}))
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(source.startswith(("http:", "ftp:")) for name in ("img-src", "media-src") for source in policy.get(name, default)):
        return -10
    if style & (BROAD | {"'unsafe-inline'", "data:"}):
        return 0
    return 10 if default == {"'none'"} else 5


def _referrer(headers: Mapping[str, str]) -> int:
    if "referrer-policy" not in headers:
        return 0
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    return 5 if headers["referrer-policy"].rpartition(",")[2].strip().lower() in private else -5


def _transport(value: str) -> int:
    ages = [one.strip() for one in value.lower().split(";") if one.strip().startswith("max-age=")]
    if not ages or "," in value:
        return -20
    return 0 if int(ages[0].removeprefix("max-age=")) >= HALF_A_YEAR else -10


def _integrity(tree: html.HtmlElement) -> int:
    scripts = [one for one in tree.iter("script") if one.get("src")]
    foreign = [one for one in scripts if urlsplit(one.get("src", "")).netloc]
    if foreign:
        return -50 if any(urlsplit(one.get("src", "")).scheme != "https" for one in foreign) else -5
    return 5 if any(one.get("integrity") for one in scripts) else 0


def _frames(headers: Mapping[str, str]) -> int:
    if "frame-ancestors" in _parsed(headers.get("content-security-policy", "x")):
        return 5
    return 0 if headers.get("x-frame-options", "").strip().lower() in {"deny", "sameorigin"} else -20


def _resources(value: str) -> int:
    return {"": 0, "cross-origin": 0, "same-site": 10, "same-origin": 10}.get(value.strip().lower(), -5)
