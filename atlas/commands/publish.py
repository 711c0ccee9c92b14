"""The command ``publish``."""

from __future__ import annotations

from pathlib import Path

import click

from atlas.commands.build import built
from atlas.commands.command import command
from atlas.commands.report import ROOT, report

EXAMPLES = (
    ("atlas publish /srv/guide", "a fresh release, put in place as /srv/guide/current in one step"),
    ("atlas publish /srv/guide --back", "back to the release before"),
)


@command("publish", examples=EXAMPLES, reports=True)
@click.argument("to", type=click.Path(path_type=Path), metavar="FOLDER", help="The folder that the web server reads.")
@click.option("--site", type=click.Path(path_type=Path), default=ROOT / "site", help="The built site; site/ if left out.")
@click.option("--back", is_flag=True, help="Go back to the release before.")
def publish_command(to: Path, site: Path, *, back: bool) -> None:
    """Publish the built site to a folder that a web server reads, as FOLDER/current, with compressed copies; the last two are kept."""
    from atlas.publishing.release import go_back, publish

    told = report()
    with built():
        release = go_back(to, told.warn) if back else publish(site, to, told.warn)
    told.result = {"current": str(to / "current"), "release": release.name}
    told.say("${link} leads to ${release}.", link=to / "current", release=release.name)
