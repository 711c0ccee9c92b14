"""The command ``last``."""

from __future__ import annotations

from pathlib import Path

import click

from atlas.commands.command import FailedError, command
from atlas.commands.report import report

_EXAMPLES = (("atlas last https://guide.example/ build/last", "then: atlas build --last build/last"),)


@command("last", examples=_EXAMPLES, reports=True)
@click.argument("url", metavar="ADDRESS", help="The published site: https://…")
@click.argument("into", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER", help="A new folder.")
@click.option("--first", is_flag=True, help="Nothing may have been published there yet; then no folder is made.")
def last_command(url: str, into: Path, *, first: bool) -> None:
    """Fetch what the published site says about itself into a folder, for `atlas build --last` to compare with."""
    from atlas.publishing.last import NotFetchedError, fetch_last  # loads what asks the network

    try:
        files = fetch_last(url, into, first=first)
    except NotFetchedError as error:
        raise FailedError(str(error)) from None
    told = report()
    told.result = {"files": files, "into": str(into)}
    if files:
        told.say("${count} files in ${folder}.", count=files, folder=into)
    else:
        told.say("Nothing has been published yet: this is the first publication. No ${folder}.", folder=into)
