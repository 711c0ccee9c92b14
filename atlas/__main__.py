"""The command line: ``atlas --help``, or ``python -m atlas --help``, lists what it does."""

from __future__ import annotations

import atexit
import gc

from atlas.commands.group import cli

__all__ = ["cli"]

if __name__ == "__main__":
    gc.set_threshold(100_000)  # what a command loads stays until it ends: to look through it for garbage takes a tenth of a start
    atexit.register(gc.freeze)  # and what it then holds goes with it
    cli(prog_name="atlas")
