"""The commands ``atlas terms export`` and ``atlas terms import``."""

from __future__ import annotations

from pathlib import Path

import click

from atlas.commands.command import AtlasGroup, command
from atlas.commands.report import report
from atlas.terms.exchange import exported, incoming
from atlas.terms.exchange import write as write_change

ROOT = Path(__file__).resolve().parents[2]


_OUT = (("atlas terms export terms.csv", "then open it in a spreadsheet"),)
_BACK = (
    ("atlas terms import terms.csv", "what would change"),
    ("atlas terms import terms.csv --write", "change it"),
)


@click.group("terms", cls=AtlasGroup, examples=(*_OUT, *_BACK))
def terms_command() -> None:
    """The term base as a table for a spreadsheet: out, and back again."""


@command("export", examples=_OUT, reports=True)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), help="The table, such as terms.csv.")
def export_command(file: Path) -> None:
    """Write the term base to FILE.csv: a row for each term, form, synonym and forbidden form. Excel and LibreOffice open it as it is."""
    content = exported(ROOT)
    file.write_bytes(content)
    rows = len(content.splitlines()) - 1
    report().result = {"rows": rows, "file": str(file)}
    report().say("${count} rows in ${file}.", count=rows, file=file)


@command("import", examples=_BACK, reports=True)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The table, such as terms.csv.")
@click.option("--write", is_flag=True, help="Write the changes to data/terms/. Without it they are only told.")
def import_command(file: Path, *, write: bool) -> None:
    """Check FILE.csv and say what it changes in data/terms/; with --write, change it. Files in which nothing changes stay as they are."""
    change = incoming(ROOT, file.read_bytes(), file.name)
    told = report()
    told.result = {"changes": list(change.told), "files": list(change.files), "written": write and bool(change.files)}
    for line in change.told:
        told.sentence(line)
    if not change.files:
        told.say("Nothing changes.")
        return
    if write:
        write_change(ROOT, change)
    files = ", ".join(change.files)
    if write:
        told.say("${count} change(s) in ${files}.", count=len(change.told), files=files)
    else:
        told.say("${count} change(s) for ${files}. Add --write to write them.", count=len(change.told), files=files)


terms_command.add_command(export_command)
terms_command.add_command(import_command)
