"""The command ``check``."""

from __future__ import annotations

from pathlib import Path

import click

from atlas.commands.command import command
from atlas.commands.project import checked, quickly
from atlas.commands.report import ROOT, report
from atlas.commands.today import today_in_korea

EXAMPLES = (
    ("atlas check", "everything: faults first; if there are none, what an editor should look at"),
    ("atlas check docs/ko/visa/index.md", "faults anywhere, but remarks of this page only"),
)


@command("check", examples=EXAMPLES, reports=True)
@click.argument("files", nargs=-1, metavar="[FILE]…", help="Files whose remarks are wanted; those of all if left out.")
def check_command(files: tuple[str, ...]) -> int:
    """Check data/ and docs/: print every fault at once, each with its place, what stands there and how to mend it.

    Without faults it prints what an editor should look at: translations that are built otherwise than their source, long
    sentences, what ends soon or is due. That is no reason to stop: the exit code is 0.
    """
    from atlas.commands.terminal import working
    from atlas.due import calendar
    from atlas.message import said
    from atlas.remarks import remarks

    with working(said("Reading data/ and docs/ …")), quickly():
        atlas, articles = checked()
        wanted = frozenset(_inside(file) for file in files)
        found = list(remarks(ROOT, atlas, articles, only=wanted or None))
    pages = sum(len(one) for one in articles.values())
    told = report()
    told.result = {"institutions": len(atlas.institutions), "sources": len(atlas.sources), "pages": pages}
    told.say("No faults: ${institutions} institutions, ${sources} sources, ${pages} written pages.", **told.result)
    told.noticed(found)
    if not wanted:
        for line in calendar(atlas, today_in_korea()):
            told.sentence(line)
    return 0


def _inside(file: str) -> str:
    """The path of a file from the root of the project, with slashes."""
    path = Path(file).absolute()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else file
