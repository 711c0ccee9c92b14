"""The help of the commands: what each does, one or two examples, options, in the language of the reader."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from atlas.commands.exitcode import MEANINGS
from atlas.commands.listed import TASKS
from atlas.commands.terminal import console
from atlas.message import said

_HEADING, _TERM = "bold", "cyan"
_FIRST = (
    ("atlas check", "what is wrong, in every file at once"),
    ("atlas new hospital", "begin a record: it asks what it needs"),
    ("atlas serve", "see the site, and each change as you save it"),
)


def tasks_help() -> str:
    """The help of ``atlas``: all commands by task."""
    parts: list[RenderableType] = [
        _usage("atlas", "COMMAND [ARGS]…"),
        "",
        said("Keeps, checks and builds Korea Care Atlas. `atlas COMMAND --help` tells more of each command, with examples."),
        *_section("First steps", _FIRST),
    ]
    for task, commands in TASKS:
        parts += _section(task, ((one.name, one.short) for one in commands if not one.hidden))
    parts += _section("Exit codes", ((str(code), meaning) for code, meaning in MEANINGS))
    variables = (
        ("ATLAS_LANG", "en or ko: the language of these messages; else that of the locale"),
        ("NO_COLOR", "no colours; there are none either where the output is not a terminal"),
    )
    parts += _section("Environment", variables)
    return _text(parts)


def command_help(command: Any, ctx: click.Context) -> str:
    """The help of one command."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    parts: list[RenderableType] = [_usage(ctx.command_path, pieces), "", *_paragraphs(command)]
    parts += _section("Examples", command.examples)
    options = [record for parameter in command.get_params(ctx) if (record := _option(parameter, ctx))]
    arguments = [(one.make_metavar(ctx), one.help or "") for one in command.get_params(ctx) if isinstance(one, click.Argument)]
    parts += _section("Arguments", arguments)
    parts += _section("Options", options)
    return _text(parts)


def group_help(group: Any, ctx: click.Context) -> str:
    """The help of a group of commands, such as ``atlas new``."""
    parts: list[RenderableType] = [_usage(ctx.command_path, "COMMAND [ARGS]…"), "", *_paragraphs(group)]
    parts += _section("Examples", group.examples)
    found = ((name, group.get_command(ctx, name)) for name in group.list_commands(ctx))
    parts += _section("Commands", ((name, first_sentence(one)) for name, one in found if one))
    return _text(parts)


def first_sentence(command: click.Command) -> str:
    """What a command does, in one sentence."""
    return inspect.cleandoc(command.help or "").split("\n\n", 1)[0].replace("\n", " ")


def paragraphs(command: click.Command) -> tuple[str, ...]:
    """The help of a command as its function says it, by paragraph, each on one line."""
    return tuple(" ".join(one.split()) for one in inspect.cleandoc(command.help or "").split("\n\n"))


def _paragraphs(command: click.Command) -> Iterator[RenderableType]:
    for place, text in enumerate(paragraphs(command)):
        if place:
            yield ""
        yield said(text)


def _option(parameter: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    if not isinstance(parameter, click.Option) or parameter.hidden:
        return None
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    metavar = "" if parameter.is_flag or parameter.count else f" {parameter.make_metavar(ctx)}"
    text = said(parameter.help or "")
    extra = []
    if parameter.show_default and parameter.default is not None:
        extra.append(said("by default ${value}", value=parameter.default))
    if parameter.envvar:
        extra.append(said("else from ${value}", value=parameter.envvar))
    if parameter.required:
        extra.append(said("needed"))
    return f"{names}{metavar}", f"{text} [{'; '.join(extra)}]" if extra else text


def _usage(path: str, pieces: str) -> Text:
    return Text.assemble((f"{said('Usage:')} ", _HEADING), (path, _TERM), " ", pieces)


def _section(heading: str, rows: Iterable[tuple[str, str]]) -> list[RenderableType]:
    rows = list(rows)
    if not rows:
        return []
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style=_TERM, no_wrap=max(len(term) for term, _ in rows) <= 48)
    table.add_column()
    for term, text in rows:
        table.add_row(Text(term), Text(said(text)))
    return ["", Text(said(heading), style=_HEADING), Padding(table, (0, 0, 0, 2))]


def _text(parts: Iterable[RenderableType]) -> str:
    shown: Console = console()
    with shown.capture() as captured:
        shown.print(Group(*(Text(part) if isinstance(part, str) else part for part in parts)))
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))
