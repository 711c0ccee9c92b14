"""The command ``edit``."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from atlas.commands.command import FailedError, command
from atlas.commands.exitcode import NOT_POSSIBLE
from atlas.commands.report import report

ROOT = Path(__file__).resolve().parents[2]


@command("edit", examples=(("atlas edit", "then the browser opens; stop with Ctrl+C"),))
@click.option("--port", default=8010, show_default=True, help="The port on this machine.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the browser.")
def edit_command(port: int, *, opens: bool) -> None:
    """Edit records and pages in the browser, in all languages side by side. What is saved goes into data/ and docs/ of this folder."""
    from atlas.editing.package import NotInstalledError
    from atlas.editing.server import Editor

    try:
        editor = Editor(ROOT, port)
    except NotInstalledError as error:
        raise FailedError(str(error)) from None
    except OSError as error:
        message = f"The editor cannot use port {port}: {error.strerror}. Name another: --port {port + 1}"
        raise FailedError(message, code=NOT_POSSIBLE) from None
    report().say("${address}  (stop with Ctrl+C)", address=editor.address)
    if opens:
        webbrowser.open(editor.address)
    try:
        editor.serve_forever()
    except KeyboardInterrupt:
        click.echo("")
    finally:
        editor.server_close()
