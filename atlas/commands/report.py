"""What a command reports: to people in their language, to programs as JSON in one shape.

With ``--json`` standard output holds one object, in English whatever the locale::

    {"command": "check", "exit": 1,
     "faults": [{"path", "line", "column", "field", "what", "got", "mend"}],
     "remarks": [{"path", "line", "column", "what"}],
     "said": ["No faults: …"],
     "result": {…}}

``line`` and ``column`` count from 1; a remark with column 0 is about the whole line. ``result`` is the command's own; the other fields
are always there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import click

from atlas.commands.exitcode import DONE, FAULTS
from atlas.fault import Fault
from atlas.message import filled, said, translated

_META = "atlas.report"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Report:
    """What one run of a command has found. It prints as it goes, or, for programs, all at the end."""

    command: str
    as_json: bool = False
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Any] = field(default_factory=list)
    """Each is an :class:`~atlas.article.Remark`."""
    lines: list[str] = field(default_factory=list)
    result: dict[str, Any] = field(default_factory=dict)

    def say(self, template: str, /, **values: object) -> None:
        """A sentence on standard output."""
        self.lines.append(filled(template, values))
        if not self.as_json:
            click.echo(said(template, **values))

    def sentence(self, text: str) -> None:
        """An English sentence of the engine on standard output."""
        self.lines.append(text)
        if not self.as_json:
            click.echo(translated(text))

    def warn(self, text: str) -> None:
        """An English sentence of the engine on standard error."""
        click.echo(translated(text), err=True)

    def found(self, faults: Iterable[Fault]) -> int:
        """Prints faults and returns the exit code for them."""
        from atlas.commands.showing import show_faults

        faults = list(faults)
        self.faults += faults
        if not self.as_json:
            show_faults(faults, ROOT)
        return FAULTS if faults else DONE

    def noticed(self, remarks: Iterable[Any]) -> None:
        """Prints remarks."""
        from atlas.commands.showing import show_remarks

        remarks = list(remarks)
        self.remarks += remarks
        if not self.as_json:
            show_remarks(remarks)

    def end(self, code: int) -> None:
        """Prints the report for programs."""
        if self.as_json:
            whole: Mapping[str, Any] = {
                "command": self.command,
                "exit": code,
                "faults": [asdict(fault) for fault in self.faults],
                "remarks": [{"path": one.path, "line": one.line, "column": one.column, "what": one.what} for one in self.remarks],
                "said": self.lines,
                "result": self.result,
            }
            click.echo(json.dumps(whole, ensure_ascii=False, indent=1))


def report() -> Report:
    """The report of the command that is running."""
    context = click.get_current_context()
    found = context.meta.get(_META)
    if not isinstance(found, Report):
        found = context.meta[_META] = Report(context.info_name or "")
    return found


def as_json(context: click.Context, _: click.Parameter, value: bool) -> None:
    """The option ``--json``."""
    context.meta[_META] = Report(context.info_name or "", as_json=value)
