"""The second line of defence: whatever HTML the renderer has made of a page's text, only this much of it is published.

The first line are the checks of :mod:`atlas.prose`, which refuse what they know. This one keeps what is listed here and drops the rest,
parsed as browsers parse it (nh3 on html5ever).
"""

from __future__ import annotations

import re

import nh3

_TAGS = set(
    re.findall(
        r"[a-z0-9-]+",
        "a abbr atlas-period b blockquote br code dd details div dl dt em h2 h3 h4 h5 h6 hr i li ol p pre small span strong sub "
        "summary sup table tbody td th thead tr ul",
    )
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"aria-label", "data-fact", "href"},
    "span": {"data-after", "data-count", "data-fact", "data-literal", "data-soon", "hidden"},
    "atlas-period": {"data-until"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What an address may begin with, if it is not a relative one."""
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


_PLAIN = re.compile(
    r"""(?:[^<>&\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]+
    |</?(?:p|li|ul|ol|strong|em|h[2-6]|table|thead|tbody|tr|t[dh]|dl|d[dt]|blockquote)>
    |<(?:h[2-6]\ id="[a-z0-9-]+"|a\ href="(?:\.\./)*(?:[a-z0-9-]+/)*(?:\./)?(?:\#[a-z0-9-]+)?"|span\ lang="[A-Za-z-]+")>
    |</(?:a|span)>|&(?:amp|lt|gt|quot);)*+""",
    re.VERBOSE,
)
"""What nearly every text comes to: nothing but elements and attributes from the list, each written as the renderer writes it."""


def allowed(tag: str, attribute: str | None = None) -> bool:
    """Whether an element, or an attribute of it, may stand in a text."""
    return tag in _TAGS and (attribute is None or attribute in _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()))


def harmless(html: str) -> str:
    """A piece of HTML with nothing but what is allowed: no scripts, handlers, styles, forms, frames, images, foreign schemes, comments."""
    return html if _PLAIN.fullmatch(html) else _CLEANER.clean(_CONTROL.sub("", html))
