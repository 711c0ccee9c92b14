"""The command ``python -m atlas hosting``: prints the configuration of a host."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import click

from atlas.commands.command import FailedError, command
from atlas.hosting.apache import apache, htaccess
from atlas.hosting.caddy import caddy
from atlas.hosting.headersfile import headers_file
from atlas.hosting.inline import allowed
from atlas.hosting.nginx import nginx
from atlas.hosting.place import Place
from atlas.hosting.sbom import COMMITTED, sbom
from atlas.hosting.store import cloudfront_policy, store_script

ROOT = Path(__file__).resolve().parents[2]

PRINTED: dict[str, Callable[[Place], str]] = {
    "nginx": lambda place: nginx(place, allowed()),
    "caddy": lambda place: caddy(place, allowed()),
    "apache": lambda place: apache(place, allowed()),
    "htaccess": lambda place: htaccess(place, allowed()),
    "headers": lambda place: headers_file(place.base, allowed()),
    "s3": store_script,
    "cloudfront": lambda place: cloudfront_policy(place, allowed()),
}


_EXAMPLES = (
    ("atlas hosting nginx --origin https://guide.example/ > guide.conf", "for nginx; PUBLISHING.md says where it goes"),
    ("atlas hosting headers --origin https://guide.example/", "for Netlify and Cloudflare Pages: _headers"),
)


@command("hosting", examples=_EXAMPLES)
@click.argument("host", type=click.Choice(list(PRINTED)), help="The web server, or where the site lies.")
@click.option(
    "--origin", envvar="SITE_URL", required=True, show_envvar=True, help="The address of the site: https://host/ or https://host/path/."
)
@click.option("--root", default=Place.root, show_default=True, help="The folder that the server publishes.")
@click.option("--certificate", default="", help="Certificate with its chain (PEM); that of Let's Encrypt, or Caddy's own, if left out.")
@click.option("--key", default="", help="The key of the certificate.")
@click.option("--bind", default="", help="The IPv4 address to listen on; all if left out.")
@click.option("--brotli/--no-brotli", default=True, help="Whether nginx has the module for .br files.")
def hosting_command(host: str, origin: str, root: str, certificate: str, key: str, bind: str, *, brotli: bool) -> None:
    """Print the configuration of a host: headers, caching, media types, the page for the lost. PUBLISHING.md says where it goes."""
    try:
        place = Place(origin.rstrip("/") + "/", root.rstrip("/"), certificate, key, bind, brotli=brotli)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if bool(certificate) != bool(key):
        raise click.UsageError("A certificate needs its key, and a key its certificate.")
    click.echo(PRINTED[host](place), nl=False)


def bill(root: Path = ROOT) -> str:
    """The bill of materials for the lock file and the version in ``pyproject.toml``. Raises :class:`LookupError`, see :func:`sbom`."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sbom((root / "requirements" / "site.txt").read_text(encoding="utf-8"), project["name"], project["version"])


@command("sbom", examples=(("atlas sbom", "after `make lock`"),))
def sbom_command() -> None:
    """Write the bill of materials (CycloneDX) anew from requirements/site.txt."""
    try:
        COMMITTED.write_text(bill(), encoding="utf-8")
    except LookupError as error:
        raise FailedError(f"{error} Run `make site` first.") from None
