"""The command ``changes``."""

from __future__ import annotations

import click

from atlas.commands.command import command
from atlas.commands.project import checked
from atlas.commands.report import ROOT, report

EXAMPLES = (
    ("atlas changes", "what you have changed since the last commit"),
    ("atlas changes --since main --markdown", "a summary for the reviewer, with old and new values and sources"),
)


@command("changes", examples=EXAMPLES, reports=True)
@click.option(
    "--since", metavar="REVISION|FOLDER", default="HEAD", show_default=True, help="A git revision, a project or a published site."
)
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="A summary for the reviewer of a change, with old and new values and sources."
)
def changes_command(since: str, *, as_markdown: bool) -> None:
    """Say which facts this state of the project changes, and which translations may need a look."""
    from atlas.changes.review import markdown, plain
    from atlas.changes.revision import state_of
    from atlas.views.reviewing import reviewed

    atlas, articles = checked()
    with state_of(ROOT, since) as base:
        review = reviewed(ROOT, base, atlas, articles)
    told = report()
    told.result = {"since": since, "changes": [change.model_dump() for change in review.changes]}
    for line in [markdown(review)] if as_markdown else plain(review):
        told.sentence(line)
