"""The command line: ``python -m atlas check | ends | build | serve | restore | schemas``."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import click

from atlas.due import NOTICE_DAYS, calendar, ending, overdue
from atlas.fault import FaultyInputError
from atlas.opendata.restoring import restore
from atlas.prose import unread
from atlas.reading import reading_remarks
from atlas.schema import write_schemas
from atlas.staging import check
from atlas.structure import differences

ROOT = Path(__file__).resolve().parent.parent


@click.group()
def cli() -> None:
    """Builds and checks Korea Care Atlas. Exit code 0: done; 1: there are faults, each printed with its place and its remedy."""


@cli.command("check")
def check_command() -> None:
    """Check data/ and docs/: print every fault, or what an editor should look at: translations built otherwise, long sentences, ends."""
    try:
        atlas, articles = check(ROOT)
    except FaultyInputError as error:
        _fail(error)
    else:
        pages = sum(len(found) for found in articles.values())
        click.echo(f"No faults: {len(atlas.institutions)} institutions, {len(atlas.sources)} sources, {pages} written pages.")
        for remark in (*differences(articles, atlas.default_language), *reading_remarks(atlas, articles), *unread(articles)):
            click.echo(str(remark))
        today = _today()
        for line in calendar(atlas, today):
            click.echo(line)


@cli.command("ends")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day to look from; today in Korea if left out.")
def ends_command(day: dt.datetime | None) -> None:
    """Say what ends soon and what is due for a new check. Exit code 1 when something ends within 14 days or is overdue."""
    try:
        atlas, _ = check(ROOT)
    except FaultyInputError as error:
        _fail(error)
    else:
        today = day.date().isoformat() if day else _today()
        for line in calendar(atlas, today):
            click.echo(line)
        pressing = [*ending(atlas, today, within=NOTICE_DAYS[1]), *overdue(atlas, today)]
        sys.exit(1 if pressing else 0)


@cli.command()
def build() -> None:
    """Build the whole site into site/."""
    from hooks.drive import BuildFailedError, build_site  # MkDocs is loaded only here: `check` must be quick

    try:
        pages = build_site()
    except FaultyInputError as error:
        _fail(error)
    except BuildFailedError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    else:
        click.echo(f"{pages} pages in site/.")


@cli.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
def serve(address: str) -> None:
    """Preview the site with live reload."""
    sys.exit(subprocess.call([sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address], cwd=ROOT))


@cli.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
def restore_command(folder: Path, target: Path) -> None:
    """Write the records of a published data/v1/ FOLDER as a new folder TARGET, the data/ of a project that builds the same site."""
    try:
        count = restore(folder, target)
    except FaultyInputError as error:
        _fail(error)
    else:
        click.echo(f"{count} records in {target}.")


@cli.command("schemas")
def schemas_command() -> None:
    """Write data/schemas/ anew from the models."""
    click.echo(f"{write_schemas(ROOT)} schemas in data/schemas/.")


def _today() -> str:
    """The date in Korea."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=9))).date().isoformat()


def _fail(error: FaultyInputError) -> None:
    for fault in error.faults:
        click.echo(str(fault), err=True)
    click.echo(f"\n{len(error.faults)} fault(s).", err=True)
    sys.exit(1)


if __name__ == "__main__":
    cli(prog_name="atlas")
