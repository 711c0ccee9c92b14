"""The command ``verify``."""

from __future__ import annotations

import click

from atlas.commands.command import FailedError, command
from atlas.commands.exitcode import DONE, FAULTS
from atlas.commands.report import report

EXAMPLES = (
    ("atlas verify", "is site/ whole and as it was built?"),
    ("atlas verify https://guide.example/", "do readers get what was built?"),
)


@command("verify", examples=EXAMPLES, reports=True)
@click.argument("where", default="site", metavar="[FOLDER|ADDRESS]", help="A built site; site/ if left out.")
def verify_command(where: str) -> int:
    """Say what differs between a built site, a folder or an address, and its manifest. Exit code 1 when anything does."""
    from atlas.publishing.verify import verify

    try:
        differences = verify(where)
    except (ValueError, OSError) as error:
        raise FailedError(str(error)) from None
    told = report()
    told.result = {"where": where, "differences": list(differences)}
    for difference in differences:
        told.sentence(difference)
    if differences:
        told.say("${count} difference(s).", count=len(differences))
    else:
        told.say("${where} is as it was built.", where=where)
    return FAULTS if differences else DONE
