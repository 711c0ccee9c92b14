"""Where the site is served: address, folder, certificate. What the configuration of a server is made for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_BASE = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")
_FILE = re.compile(r"/[\w./@+-]*", re.ASCII)


@dataclass(frozen=True)
class Place:
    """One site on one server. Raises :class:`ValueError` for what could not be written into a configuration as it stands."""

    origin: str
    """The address with the base path, as in ``SITE_URL``: ``https://guide.example/korea/``. A port other than 443 belongs to it."""
    root: str = "/srv/guide/current"
    """The folder with the published site."""
    certificate: str = ""
    """The file with the certificate and those that it rests on (PEM), and its key. Caddy fetches its own if there is none."""
    key: str = ""
    bind: str = ""
    """The IPv4 address to listen on; all addresses, IPv6 too, if left out."""
    http_port: int = 80
    """Where readers who ask without TLS are sent on to it."""
    brotli: bool = True
    """Whether nginx has the module that serves ``.br`` files."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.origin)
        if parts.scheme != "https" or parts.query or parts.fragment or not _HOST.fullmatch(parts.hostname or "") or parts.username:
            raise ValueError(f"{self.origin!r} is not the address of a site. Write https://host/ or https://host/path/.")
        if not _BASE.fullmatch(self.base) or ".." in self.base:
            raise ValueError(f"{self.base!r} is not a base path. Use letters, digits, dots and hyphens between slashes.")
        for path in (self.root, self.certificate, self.key):
            if path and (not _FILE.fullmatch(path) or path == "/"):
                raise ValueError(f"{path!r} is not a full path without spaces and special characters.")
        if self.bind and not re.fullmatch(r"[0-9.]{7,15}", self.bind):
            raise ValueError(f"{self.bind!r} is not an IPv4 address.")

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.origin).port or 443

    @property
    def authority(self) -> str:
        """Host and, if it is not the usual one, port."""
        return self.host if self.port == 443 else f"{self.host}:{self.port}"

    @property
    def base(self) -> str:
        """The base path, with a slash at both ends; ``/`` if the site has the host to itself."""
        return urlsplit(self.origin).path.rstrip("/") + "/"

    @property
    def previous(self) -> str:
        """The folder with the release before, as ``atlas publish`` keeps it beside ``current``; empty for any other folder.

        A page that a reader has open may still ask for a hashed file of that release.
        """
        return self.root.removesuffix("current") + "previous" if self.root.endswith("/current") else ""

    @property
    def command(self) -> str:
        """The options that give this place on the command line."""
        given = [f"--origin {self.origin}", f"--root {self.root}"]
        given += [f"--certificate {self.certificate} --key {self.key}"] if self.certificate else []
        given += [f"--bind {self.bind}"] if self.bind else []
        return " ".join(given if self.brotli else [*given, "--no-brotli"])
