"""The command ``edit``."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]


@click.command("edit")
@click.option("--port", default=8010, show_default=True, help="The port on this machine.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the browser.")
def edit_command(port: int, *, opens: bool) -> None:
    """Edit records and pages in the browser, in all languages side by side. What is saved goes into data/ and docs/ of this folder."""
    from atlas.editing.package import NotInstalledError
    from atlas.editing.server import Editor

    try:
        editor = Editor(ROOT, port)
    except NotInstalledError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"The editor cannot use port {port}: {error.strerror}. Name another: --port {port + 1}", err=True)
        sys.exit(1)
    click.echo(f"{editor.address}  (stop with Ctrl+C)")
    if opens:
        webbrowser.open(editor.address)
    try:
        editor.serve_forever()
    except KeyboardInterrupt:
        click.echo("")
    finally:
        editor.server_close()
