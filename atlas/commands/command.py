"""What all commands share: help with examples, ``--json``, faults told in one way, exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from atlas.commands.exitcode import DONE, FAULTS, NOT_POSSIBLE
from atlas.commands.report import Report, as_json, report
from atlas.fault import FaultyInputError
from atlas.message import said, translated

Examples = Iterable[tuple[str, str]]


class FailedError(click.ClickException):
    """Something could not be done; the sentence says what and how to mend it."""

    def __init__(self, message: str, *, code: int = FAULTS) -> None:
        super().__init__(message)
        self.code = code


class AtlasCommand(click.Command):
    """A command whose help has examples and whose faults are told as they should be.

    ``examples`` are pairs of a command line and what it is for. ``reports``: it has ``--json``.
    """

    def __init__(self, *args: Any, examples: Examples = (), reports: bool = False, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.examples = tuple(examples)
        self.reports = reports
        if reports:
            words = "Print the report for programs, as one JSON object."
            self.params.append(click.Option(["--json"], is_flag=True, expose_value=False, is_eager=True, callback=as_json, help=words))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from atlas.commands.helping import command_help

        formatter.write(command_help(self, ctx))

    def invoke(self, ctx: click.Context) -> int:
        """Runs the command. What it returns is the exit code; ``None`` is 0."""
        told = report()
        try:
            code = super().invoke(ctx) or DONE
        except FaultyInputError as error:
            code = told.found(error.faults)
        except FailedError as error:
            code = _failed(told, error.message, error.code)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            where = f": {error.filename}" if error.filename else ""
            code = _failed(told, translated(error.strerror or str(error)) + where, NOT_POSSIBLE)
        told.end(code)
        if ctx.parent is None:  # the command was run by itself, and nobody else leaves with its code
            ctx.exit(code)
        return code


def _failed(told: Report, message: str, code: int) -> int:
    told.lines.append(message)
    if not told.as_json:
        told.warn(message)
    return code


def command(name: str, *, examples: Examples = (), reports: bool = False) -> Callable[[Callable[..., int | None]], AtlasCommand]:
    """Makes a command of a function whose docstring is its help."""
    return click.command(name, cls=AtlasCommand, examples=examples, reports=reports)


class AtlasGroup(click.Group):
    """A group of commands of our own kind, such as ``atlas new``."""

    def __init__(self, *args: Any, examples: Examples = (), **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.examples = tuple(examples)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from atlas.commands.helping import group_help

        formatter.write(group_help(self, ctx))


def usage(message: str) -> click.UsageError:
    """A wrong use, told in the language of the reader."""
    return click.UsageError(translated(message))


__all__ = ["AtlasCommand", "AtlasGroup", "FailedError", "command", "said", "usage"]
