"""The command ``last``."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("last")
@click.argument("url")
@click.argument("into", type=click.Path(path_type=Path, file_okay=False))
@click.option("--first", is_flag=True, help="Nothing may have been published there yet; then no folder is made.")
def last_command(url: str, into: Path, *, first: bool) -> None:
    """Fetch what the site at URL says about itself into the folder INTO, for `build --last` to compare with."""
    from atlas.publishing.last import NotFetchedError, fetch_last  # loads what asks the network

    try:
        files = fetch_last(url, into, first=first)
    except NotFetchedError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"{files} files in {into}." if files else f"Nothing has been published yet: this is the first publication. No {into}.")
