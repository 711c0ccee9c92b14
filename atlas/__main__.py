"""The command line: ``python -m atlas --help`` lists what it does."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from atlas.changes.review import markdown, plain
from atlas.changes.revision import state_of
from atlas.due import NOTICE_DAYS, calendar, ending, overdue
from atlas.fault import FaultyInputError
from atlas.hosting.command import hosting_command, sbom_command
from atlas.linkcheck.command import links_command
from atlas.opendata.restoring import restore
from atlas.prose import unread
from atlas.publishing.command import last_command
from atlas.publishing.part import PartsError
from atlas.publishing.release import go_back, publish
from atlas.publishing.replace import NotReplacedError
from atlas.publishing.verify import verify
from atlas.reading import reading_remarks
from atlas.schema import write_schemas
from atlas.staging import check
from atlas.structure import differences
from atlas.translation.command import accept_command, diff_command, status_command
from atlas.translation.state import outdated, units
from atlas.views.reviewing import reviewed

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
        waiting = outdated(units(ROOT, atlas, articles))
        for remark in (*differences(articles, atlas.default_language), *reading_remarks(atlas, articles), *unread(articles), *waiting):
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


LAST = click.option(
    "--last",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    envvar="LAST",
    default=None,
    help="The last published site, or a copy of its data/v1/ and changes/: what changed since is told on /changes/ and in feeds.",
)


@cli.command()
@click.option(
    "--into", type=click.Path(path_type=Path), default=None, help="The folder; site/ if left out, build/parts/LANGUAGE for a part."
)
@click.option("--part", metavar="LANGUAGE", default=None, help="Build one language only, to be merged with the others.")
@LAST
def build(into: Path | None, part: str | None, last: Path | None) -> None:
    """Build the whole site into site/, or one language of it."""
    from hooks.drive import build_part, build_site  # MkDocs is loaded only here: `check` must be quick

    with _told():
        if part:
            folder = into or ROOT / "build" / "parts" / part
            click.echo(f"{build_part(part, folder, last)} pages in {_shown(folder)}.")
        else:
            click.echo(f"{build_site(into, last)} pages in {_shown(into or ROOT / 'site')}.")


@cli.command()
@click.argument("parts", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), default=None, help="The folder; site/ if left out.")
@LAST
def merge(parts: tuple[Path, ...], into: Path | None, last: Path | None) -> None:
    """Make the whole site of the parts that `build --part` has made; parts of different builds are refused."""
    from hooks.drive import merge_parts

    with _told():
        click.echo(f"{merge_parts(parts, into, last)} pages in {_shown(into or ROOT / 'site')}.")


@cli.command("changes")
@click.option(
    "--since", metavar="REVISION|FOLDER", default="HEAD", show_default=True, help="A git revision, a project or a published site."
)
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="A summary for the reviewer of a change, with old and new values and sources."
)
def changes_command(since: str, *, as_markdown: bool) -> None:
    """Say which facts this state of the project changes, and which translations may need a look."""
    try:
        atlas, articles = check(ROOT)
        with state_of(ROOT, since) as base:
            review = reviewed(ROOT, base, atlas, articles)
    except FaultyInputError as error:
        _fail(error)
    else:
        click.echo(markdown(review) if as_markdown else "\n".join(plain(review)))


@cli.command("verify")
@click.argument("where", default="site")
def verify_command(where: str) -> None:
    """Say what differs between a built site, a folder or an address, and its manifest. Exit code 1 when anything does."""
    try:
        differences = verify(where)
    except (ValueError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for difference in differences:
        click.echo(difference)
    click.echo(f"{len(differences)} difference(s)." if differences else f"{where} is as it was built.")
    sys.exit(1 if differences else 0)


@cli.command("publish")
@click.argument("to", type=click.Path(path_type=Path))
@click.option("--site", type=click.Path(path_type=Path), default=ROOT / "site", help="The built site; site/ if left out.")
@click.option("--back", is_flag=True, help="Go back to the release before.")
def publish_command(to: Path, site: Path, *, back: bool) -> None:
    """Publish the built site to a folder that a web server reads, as TO/current, with compressed copies; the last two are kept."""
    with _told():
        release = go_back(to, _said) if back else publish(site, to, _said)
        click.echo(f"{to / 'current'} leads to {release.name}.")


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


cli.add_command(hosting_command)
cli.add_command(sbom_command)
cli.add_command(last_command)
cli.add_command(links_command)
cli.add_command(status_command)
cli.add_command(diff_command)
cli.add_command(accept_command)


def _today() -> str:
    """The date in Korea."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=9))).date().isoformat()


@contextmanager
def _told() -> Iterator[None]:
    """Every way in which a build can fail, told in words."""
    from hooks.drive import BuildFailedError

    try:
        yield
    except FaultyInputError as error:
        _fail(error)
    except (BuildFailedError, NotReplacedError, PartsError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _said(text: str) -> None:
    click.echo(text, err=True)


def _shown(folder: Path) -> str:
    return f"{folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder}/"


def _fail(error: FaultyInputError) -> None:
    for fault in error.faults:
        click.echo(str(fault), err=True)
    click.echo(f"\n{len(error.faults)} fault(s).", err=True)
    sys.exit(1)


if __name__ == "__main__":
    cli(prog_name="atlas")
