"""The command ``links``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
_FILE = click.Path(path_type=Path, dir_okay=False)
_KOREA = dt.timezone(dt.timedelta(hours=9))


@click.command("links")
@click.option("--state", type=_FILE, required=True, help="What was found in the last runs; kept here.")
@click.option("--out", type=_FILE, required=True, help="The report: OUT.md and OUT.json.")
@click.option("--origin", default="here", show_default=True, help="The name of the network that this runs in.")
@click.option("--other", type=_FILE, multiple=True, help="The state of another origin.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day of the run; today in Korea if left out.")
def links_command(state: Path, out: Path, origin: str, other: tuple[Path, ...], day: dt.datetime | None) -> None:
    """Check the links to other sites. Exit code 1: one is dead (missing in three runs on different days, or in two networks); 2: the
    check itself failed."""
    from atlas.linkcheck.history import UnreadableStateError  # these load what asks the network: no other command needs it
    from atlas.linkcheck.round import NoNetworkError, check_links

    on = (day or dt.datetime.now(_KOREA)).date().isoformat()
    try:
        found = check_links(ROOT, state, out, origin=origin, others=other, day=on)
    except (UnreadableStateError, NoNetworkError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    dead = [entry for entry in found if entry.state == "dead"]
    for entry in dead:
        click.echo(str(entry), err=True)
    click.echo(f"{len(found)} links asked, {len(dead)} dead. The report is {out.with_suffix('.md')}.")
    sys.exit(1 if dead else 0)
