"""The commands ``atlas terms export`` and ``atlas terms import``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from atlas.fault import FaultyInputError
from atlas.terms.exchange import exported, incoming
from atlas.terms.exchange import write as write_change

ROOT = Path(__file__).resolve().parents[2]


@click.group("terms")
def terms_command() -> None:
    """The term base as a table for a spreadsheet: out, and back again."""


@terms_command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_command(file: Path) -> None:
    """Write the term base to FILE.csv: a row for each term, form, synonym and forbidden form. Excel and LibreOffice open it as it is."""
    try:
        content = exported(ROOT)
    except FaultyInputError as error:
        _fail(error)
    else:
        file.write_bytes(content)
        rows = len(content.splitlines()) - 1
        click.echo(f"{rows} rows in {file}.")


@terms_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write the changes to data/terms/. Without it they are only told.")
def import_command(file: Path, *, write: bool) -> None:
    """Check FILE.csv and say what it changes in data/terms/; with --write, change it. Files in which nothing changes stay as they are."""
    try:
        change = incoming(ROOT, file.read_bytes(), file.name)
    except FaultyInputError as error:
        _fail(error)
        return
    for line in change.told:
        click.echo(line)
    if not change.files:
        click.echo("Nothing changes.")
        return
    if write:
        write_change(ROOT, change)
    files = ", ".join(change.files)
    click.echo(
        f"{len(change.told)} change(s) in {files}." if write else f"{len(change.told)} change(s) for {files}. Add --write to write them."
    )


def _fail(error: FaultyInputError) -> None:
    for fault in error.faults:
        click.echo(str(fault), err=True)
    click.echo(f"\n{len(error.faults)} fault(s).", err=True)
    sys.exit(1)
