"""The command ``atlas`` itself: it loads a command when it is called, and tells wrong uses in the language of the reader."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from atlas.commands.exitcode import STOPPED, WRONG_USE
from atlas.commands.listed import LISTED
from atlas.message import said, translated


class Atlas(click.Group):
    """All commands of :mod:`atlas.commands.listed`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [one.name for one in LISTED.values() if not one.hidden]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if (listed := LISTED.get(cmd_name)) is None:
            return None
        module, _, name = listed.where.partition(":")
        found = getattr(importlib.import_module(module), name)
        assert isinstance(found, click.Command)
        return found

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        from atlas.commands.helping import tasks_help

        formatter.write(tasks_help())

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise _with_likely(args[0], ctx) from error

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Runs and leaves with the exit code of the command."""
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        try:
            code = run(*args, standalone_mode=False, **extra)
        except click.ClickException as error:
            _tell(error)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo(said("Stopped."), err=True)
            sys.exit(STOPPED)
        sys.exit(code if isinstance(code, int) else 0)


def _with_likely(name: str, ctx: click.Context) -> click.UsageError:
    import difflib

    near: Sequence[str] = difflib.get_close_matches(name, LISTED, n=1)
    text = f'There is no command "{name}". Did you mean {near[0]}?' if near else f'There is no command "{name}".'
    return click.UsageError(text, ctx)


def _tell(error: click.ClickException) -> None:
    """A wrong use: how the command is called, what is wrong, where to read on."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "atlas"
    if error.exit_code == WRONG_USE and isinstance(error, click.UsageError) and error.ctx:
        pieces = " ".join(error.ctx.command.collect_usage_pieces(error.ctx))
        click.echo(f"{said('Usage:')} {path} {pieces}", err=True)
    click.echo(translated(error.format_message()), err=True)
    if error.exit_code == WRONG_USE:
        click.echo(said("`${command} --help` tells how, with examples.", command=path), err=True)


cli = Atlas("atlas", context_settings={"help_option_names": ["-h", "--help"]})
"""The command."""
