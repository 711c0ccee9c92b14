"""The command ``due``, and its older name ``ends``."""

from __future__ import annotations

import datetime as dt

import click

from atlas.commands.command import command
from atlas.commands.exitcode import DONE, FAULTS
from atlas.commands.project import checked
from atlas.commands.report import report
from atlas.commands.today import today_in_korea
from atlas.commands.typed import DAY

EXAMPLES = (
    ("atlas due", "what ends within 30 days, and what should have been checked again by today"),
    ("atlas due --on 2027-01-01", "the same, as it will be on New Year's Day"),
)


@command("due", examples=EXAMPLES, reports=True)
@click.option(
    "--on",
    "day",
    type=DAY,
    default=None,
    help="The day to look from; today in Korea if left out.",
)
def due_command(day: dt.datetime | None) -> int:
    """Say what ends soon and what is due for a new check.

    The exit code is 1 when an editor must act: something ends within 14 days, or is overdue.
    """
    from dataclasses import asdict

    from atlas.due import NOTICE_DAYS, calendar, ending, overdue

    atlas, _ = checked()
    today = day.date().isoformat() if day else today_in_korea()
    told = report()
    for line in calendar(atlas, today):
        told.sentence(line)
    soon, late = [*ending(atlas, today, within=NOTICE_DAYS[1])], [*overdue(atlas, today)]
    if not told.lines:
        told.say("On ${day} nothing ends soon, and nothing is due for a new check.", day=today)
    told.result = {"on": today, "ending": [asdict(entry) for entry in soon], "overdue": [asdict(entry) for entry in late]}
    return FAULTS if soon or late else DONE
