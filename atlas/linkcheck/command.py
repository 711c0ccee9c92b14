"""The command ``links``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from atlas.commands.command import FailedError, command
from atlas.commands.exitcode import DONE, FAULTS, NOT_POSSIBLE
from atlas.commands.report import report
from atlas.commands.typed import DAY

ROOT = Path(__file__).resolve().parents[2]
_FILE = click.Path(path_type=Path, dir_okay=False)
_KOREA = dt.timezone(dt.timedelta(hours=9))


_EXAMPLES = (("atlas links --state build/links/state.json --out build/links/report", "in about half an hour"),)


@command("links", examples=_EXAMPLES, reports=True)
@click.option("--state", type=_FILE, required=True, help="What was found in the last runs; kept here.")
@click.option("--out", type=_FILE, required=True, help="The report: OUT.md and OUT.json.")
@click.option("--origin", default="here", show_default=True, help="The name of the network that this runs in.")
@click.option("--other", type=_FILE, multiple=True, help="The state of another origin.")
@click.option(
    "--on",
    "day",
    type=DAY,
    default=None,
    help="The day of the run; today in Korea if left out.",
)
def links_command(state: Path, out: Path, origin: str, other: tuple[Path, ...], day: dt.datetime | None) -> int:
    """Ask the links to other sites, each once, and report the dead ones.

    Exit code 1: one is dead, missing in three runs on different days, or in two networks. 3: the check itself failed.
    """
    from dataclasses import asdict

    from atlas.linkcheck.history import UnreadableStateError  # these load what asks the network: no other command needs it
    from atlas.linkcheck.round import NoNetworkError, check_links

    on = (day or dt.datetime.now(_KOREA)).date().isoformat()
    try:
        found = check_links(ROOT, state, out, origin=origin, others=other, day=on)
    except (UnreadableStateError, NoNetworkError) as error:
        raise FailedError(str(error), code=NOT_POSSIBLE) from None
    dead = [entry for entry in found if entry.state == "dead"]
    told = report()
    for entry in dead:
        told.warn(str(entry))
    told.result = {"asked": len(found), "dead": [asdict(entry) for entry in dead], "report": str(out.with_suffix(".md"))}
    told.say("${count} links asked, ${dead} dead. The report is ${file}.", count=len(found), dead=len(dead), file=out.with_suffix(".md"))
    return FAULTS if dead else DONE
