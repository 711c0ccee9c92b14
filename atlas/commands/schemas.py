"""The command ``schemas``."""

from __future__ import annotations

from atlas.commands.command import command
from atlas.commands.report import ROOT, report


@command("schemas", reports=True, examples=(("atlas schemas", "after a change of a model in atlas/records/"),))
def schemas_command() -> None:
    """Write data/schemas/ anew from the models: what text editors complete fields from and explain them with."""
    from atlas.schema import write_schemas

    count = write_schemas(ROOT)
    report().result = {"schemas": count}
    report().say("${count} schemas in ${folder}.", count=count, folder="data/schemas/")
