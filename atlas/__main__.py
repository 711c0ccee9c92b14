"""The command line: ``atlas --help``, or ``python -m atlas --help``, lists what it does."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress

from atlas.commands.group import cli

__all__ = ["cli"]

_status = 1


def _leave() -> None:
    """Ends the process at once: to let go of what a build holds, object by object, would take a quarter of a build after an edit."""
    with suppress(OSError):  # nobody reads it any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(_status)


if __name__ == "__main__":
    gc.set_threshold(100_000)  # what a command loads stays until it ends: to look through it for garbage takes a tenth of a start
    atexit.register(_leave)  # the first to be registered is the last to be done
    try:
        cli(prog_name="atlas")
        _status = 0
    except SystemExit as ending:
        _status = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
        raise
