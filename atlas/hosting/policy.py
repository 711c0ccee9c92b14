"""What the site lets a browser do: the one definition from which the headers of every host and the ``<meta>`` of every page are made.

Nothing but files of the site itself, nothing inline, no frames, no device. A page carries the Content Security Policy twice, as a header
and, for hosts that send no headers, in itself; the browser then holds it to both (CSP Level 3, section 8.1), which are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

PAGE = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""The directives of a page. Workers follow ``script-src``; search needs no WebAssembly."""
LOST = {**{name: PAGE[name] for name in ("default-src", "style-src", "img-src", "base-uri")}, "form-action": "'none'"}
"""The directives of ``404.html``, which has no script and no form."""
HEADER_ONLY = {"frame-ancestors": "'none'"}
"""What a ``<meta>`` may not say: browsers pass over frame-ancestors, report-uri and sandbox there (HTML, section 4.2.5.3)."""

REFERRER = "no-referrer"
"""The name of a page may tell a treatment or a passport: no link passes it on."""

TRANSPORT = "max-age=63072000"
"""HSTS for two years (RFC 6797), sent over TLS only. Without ``includeSubDomains`` and ``preload``: they bind every other site below the
publisher's domain, some of which may have no TLS, and can be taken back only after months. That is for the owner of the domain to say."""

DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
"""Features of the browser that no page may use (W3C Permissions Policy); none that Chromium does not know, which would write a warning on
the console of every page. The finder measures from places that one picks, not from where the reader is."""
ALLOWED = ("clipboard-write",)
"""What pages use: the button that copies a Korean name."""


def content_policy(directives: Mapping[str, str], hashes: Iterable[str] = ()) -> str:
    """A serialised Content Security Policy. ``hashes`` (``sha256-…``) are those of the inline scripts that may run."""
    allowed = "".join(f" '{one}'" for one in hashes)
    return "; ".join(f"{name} {value}{allowed if name == 'script-src' else ''}" for name, value in directives.items())


def metas(hashes: Iterable[str] = ()) -> dict[str, str]:
    """What templates print into the head: the policy of a page, that of ``404.html``, and what links pass on."""
    return {"page": content_policy(PAGE, hashes), "lost": content_policy(LOST), "referrer": REFERRER}


def security_headers(hashes: Iterable[str] = ()) -> dict[str, str]:
    """The headers of every answer, whatever its kind and status, by name; ``Strict-Transport-Security`` is for TLS only.

    COEP asks nothing new of the pages, since the policy lets them load only what is ours. CORP ``same-origin`` keeps others from
    embedding files; it does not stop programs that ask for open data, see :data:`~atlas.hosting.caching.SHARED`.
    """
    permissions = [f"{name}=()" for name in DENIED] + [f"{name}=(self)" for name in ALLOWED]
    return {
        "Content-Security-Policy": content_policy({**PAGE, **HEADER_ONLY}, hashes),
        "Strict-Transport-Security": TRANSPORT,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": REFERRER,
        "Permissions-Policy": ", ".join(permissions),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
