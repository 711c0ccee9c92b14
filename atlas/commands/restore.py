"""The command ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from atlas.commands.command import command
from atlas.commands.report import report

EXAMPLES = (("atlas restore published/data/v1 data-again", "a new folder data-again/, which may take the place of data/"),)


@command("restore", examples=EXAMPLES, reports=True)
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="A copy of a published data/v1/.",
)
@click.argument("target", type=click.Path(path_type=Path), metavar="TARGET", help="The new folder; there must be none yet.")
def restore_command(folder: Path, target: Path) -> None:
    """Write the records of a published data/v1/ FOLDER as a new folder TARGET, the data/ of a project that builds the same site."""
    from atlas.opendata.restoring import restore

    count = restore(folder, target)
    report().result = {"records": count, "into": str(target)}
    report().say("${count} records in ${folder}.", count=count, folder=target)
