"""Exit codes: what scripts and jobs may rely on."""

from __future__ import annotations

DONE, FAULTS, WRONG_USE, NOT_POSSIBLE, STOPPED = 0, 1, 2, 3, 130

MEANINGS: tuple[tuple[int, str], ...] = (
    (DONE, "done, nothing to mend"),
    (FAULTS, "there is something to mend or to do; each is printed with its place and its remedy"),
    (WRONG_USE, "the command was not called as it must be"),
    (NOT_POSSIBLE, "it could not be done here: no network, no room, or no such program"),
    (STOPPED, "stopped by Ctrl+C"),
)
"""What ``atlas --help`` and the instructions say of them."""
