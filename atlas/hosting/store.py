"""Publishing to a store that speaks S3, behind a CDN: a script that uploads in an order in which the site is never half there.

First what has a hash in its name, which no page names yet; then all else that pages read; then the pages; last what a service worker and
``atlas verify`` go by. Nothing is taken away: an open page may still ask for the files of the release before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from atlas.hosting.caching import ASKED_AGAIN, KEPT
from atlas.hosting.media import OTHERS, TEXTS, media_type
from atlas.hosting.place import Place
from atlas.hosting.policy import security_headers

HASHED = ("assets/*", "find/*", "search/*/*", "*/search/*/*")
"""As ``aws`` reads patterns: a star stands for slashes too. ``search/index.json`` is none of them."""
LAST = ("sw.js", "manifest.json")

BEGIN = """\
#!/bin/sh
# Made by: python -m atlas hosting s3 --origin {origin}
# Uploads a built site: sh publish.sh site s3://bucket{base}
# For a store that is not Amazon's set AWS_ENDPOINT_URL. Leave out .br and .gz: the CDN compresses.
set -eu
from=${{1:?the folder with the site}}
to=${{2:?the store, such as s3://bucket}}
to=${{to%/}}/
put() {{ # Cache-Control, Content-Type, then filters; what already lies there with the same size and time is passed over
  keep=$1 type=$2
  shift 2
  aws s3 sync "$from" "$to" --only-show-errors --cache-control "$keep" --content-type "$type" --exclude '*' "$@"
}}
"""


def store_script(place: Place) -> str:
    """The text of the script, for ``sh``."""
    return BEGIN.replace("{origin}", place.origin).replace("{base}", place.base.rstrip("/")).replace("{{", "{").replace(
        "}}", "}"
    ) + "".join(f"{line}\n" for line in _steps())


def _steps() -> Iterator[str]:
    yield "# 1. Hashed names: what has the same name is the same."
    for ending in TEXTS | OTHERS:
        if ending != "html":
            yield _put(KEPT, ending, [("include", f"{folder[:-1]}*.{ending}") for folder in HASHED], "--size-only")
    yield "# 2. All else but pages."
    hidden = [("exclude", pattern) for pattern in (*HASHED, *LAST)]
    for ending in TEXTS | OTHERS:
        if ending != "html":
            yield _put(ASKED_AGAIN, ending, [("include", f"*.{ending}"), *hidden])
    yield "# 3. Pages."
    yield _put(ASKED_AGAIN, "html", [("include", "*.html")])
    yield "# 4. What says that there is something new."
    for name in LAST:
        yield _put(ASKED_AGAIN, name.rpartition(".")[2], [("include", name)])


def _put(keep: str, ending: str, filters: Iterable[tuple[str, str]], *options: str) -> str:
    given = [*options, *(f"--{kind} '{pattern}'" for kind, pattern in filters)]
    return f"put '{keep}' '{media_type(f'x.{ending}')}' {' '.join(given)}"


def cloudfront_policy(place: Place, hashes: Iterable[str] = ()) -> str:
    """The headers for ``aws cloudfront create-response-headers-policy --response-headers-policy-config file://…`` (JSON)."""
    headers = security_headers(hashes)
    age = headers.pop("Strict-Transport-Security").removeprefix("max-age=")
    own: dict[str, dict[str, object]] = {
        "ContentSecurityPolicy": {"ContentSecurityPolicy": headers.pop("Content-Security-Policy")},
        "StrictTransportSecurity": {"AccessControlMaxAgeSec": int(age), "IncludeSubdomains": False, "Preload": False},
        "ContentTypeOptions": {},
        "FrameOptions": {"FrameOption": headers.pop("X-Frame-Options")},
        "ReferrerPolicy": {"ReferrerPolicy": headers.pop("Referrer-Policy")},
    }
    del headers["X-Content-Type-Options"]  # said by ContentTypeOptions
    config = {
        "Name": f"atlas-{place.host.replace('.', '-')}",
        "SecurityHeadersConfig": {name: {**value, "Override": True} for name, value in own.items()},
        "CustomHeadersConfig": {
            "Quantity": len(headers),
            "Items": [{"Header": name, "Value": value, "Override": True} for name, value in headers.items()],
        },
    }
    return json.dumps(config, indent=2) + "\n"
