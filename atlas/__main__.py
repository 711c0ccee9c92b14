"""The command line: ``atlas --help``, or ``python -m atlas --help``, lists what it does."""

from __future__ import annotations

from atlas.commands.group import cli

__all__ = ["cli"]

if __name__ == "__main__":
    cli(prog_name="atlas")
