"""What hosts and programs look for in the root of the site: ``_headers``, ``.well-known/security.txt``, ``sbom.cdx.json``."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from atlas.hosting.headersfile import headers_file
from atlas.hosting.inline import allowed
from atlas.hosting.sbom import ADDRESS as SBOM
from atlas.hosting.sbom import COMMITTED
from atlas.hosting.securitytxt import ADDRESS as SECURITY
from atlas.hosting.securitytxt import security_txt
from atlas.records.site import Site


def root_files(site: Site, tags: Iterable[str], origin: str) -> dict[str, str]:
    """The texts of the files by address, for a site at ``origin`` (with a slash at the end)."""
    return {
        "_headers": headers_file(urlsplit(origin).path, allowed()),
        SECURITY: security_txt(site.security, site.released, tags, origin),
        SBOM: COMMITTED.read_text(encoding="utf-8"),
    }
