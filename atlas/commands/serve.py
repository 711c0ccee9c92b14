"""The command ``serve``."""

from __future__ import annotations

import subprocess
import sys

import click

from atlas.commands.command import command
from atlas.commands.report import ROOT


@command("serve", examples=(("atlas serve", "then look at http://127.0.0.1:8000/"),))
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
def serve_command(address: str) -> int:
    """Show the site in the browser; what you save shows by itself, and a mistake is named without ending the preview."""
    return subprocess.call([sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address], cwd=ROOT)
