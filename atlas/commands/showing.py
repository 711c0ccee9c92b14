"""Faults and remarks as they are printed: one line each; on a terminal with colours and the line of the file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from atlas.fault import Fault, printable
from atlas.message import ENGLISH, reader_language, said, translated

_PLACES = frozenset({"file", "folder", "front matter", "drawing", "revision", "template"})
"""Fields that are words for a place, not names of fields."""


def fault_line(fault: Fault) -> str:
    """A fault on one line, in the language of the reader."""
    if reader_language() == ENGLISH:
        return str(fault)
    what, got, mend = (printable(translated(part)) for part in (fault.what, fault.got, fault.mend))
    return f"{printable(fault.path)}:{fault.line}:{fault.column}: {_field(fault)}: {what} ({said('got')}: {got}). {mend}"


def _field(fault: Fault) -> str:
    if fault.field in _PLACES or (fault.field == "text" and fault.path.endswith(".md")):
        return translated(fault.field)
    return printable(fault.field)


def show_faults(faults: Sequence[Fault], root: Path) -> None:
    """Prints faults on standard error, and how many there are."""
    if not faults:
        return
    if sys.stderr.isatty():
        _show_with_source(faults, root)
    else:
        for fault in faults:
            click.echo(fault_line(fault), err=True)
    click.echo(f"\n{said('${count} fault(s).', count=len(faults))}", err=True)


def show_remarks(remarks: Sequence[Any]) -> None:
    """Prints remarks on standard output, one a line."""
    for one in remarks:
        place = str(one).removesuffix(one.what).removesuffix(": ")
        click.echo(f"{click.style(place, fg='cyan')}: {translated(one.what)}")


def _show_with_source(faults: Sequence[Fault], root: Path) -> None:
    """Each fault with its line of the file and a mark below the place."""
    from rich.text import Text

    from atlas.commands.terminal import console

    shown = console(stderr=True)
    lines: dict[str, list[str]] = {}
    for fault in faults:
        head = Text.assemble(
            (f"{printable(fault.path)}:{fault.line}:{fault.column}", "bold"),
            ("  " + _field(fault), "cyan"),
        )
        shown.print(head, soft_wrap=True)
        source = lines.setdefault(fault.path, _lines(root / fault.path))
        if fault.line <= len(source) and (text := printable(source[fault.line - 1])).strip():
            number = f"{fault.line:>5} │ "
            shown.print(Text.assemble((number, "dim"), text), no_wrap=True, overflow="ellipsis", crop=True)
            before = Text(text[: fault.column - 1]).cell_len
            if before + len(number) < shown.width:
                shown.print(Text.assemble(("      │ ", "dim"), " " * before, ("^", "bold red")))
        what, got, mend = (printable(translated(part)) for part in (fault.what, fault.got, fault.mend))
        shown.print(Text.assemble("  ", (what, "red"), f" ({said('got')} {got})"))
        shown.print(Text.assemble("  ", ("→", "bold green"), f" {mend}"))
        shown.print()


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n") if file.is_file() and not file.is_symlink() else []
    except (OSError, UnicodeDecodeError):
        return []
