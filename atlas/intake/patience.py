"""A limit to how long one page or one file may take: what takes longer is stopped, and told."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from atlas.fault import Fault
from atlas.intake.limits import SECONDS


class TooSlowError(Exception):
    """Something took longer than it may."""


def too_slow(path: str) -> Fault:
    """The fault of a file that took too long."""
    what = f"this file takes more than {SECONDS} seconds to read"
    return Fault(path, 1, 1, "file", what, "too much of something", "Look for long runs of marks, brackets or spaces, and take them out.")


@contextmanager
def patience(seconds: float = SECONDS) -> Iterator[None]:
    """Raises :class:`TooSlowError` in the middle of what stands inside when it takes longer.

    What counts is the time of the processor, so that a page is not refused because the machine has other things to do.
    Works by a signal, which regular expressions answer to as well; outside the main thread, and on systems without ``setitimer``, it
    waits without end, and the limits to the size of the input are what holds.
    """
    if not (hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()):
        yield
        return
    before = begin(seconds)
    try:
        yield
    finally:
        end(before)


def begin(seconds: float = SECONDS) -> object:
    """Starts the clock; what it returns is for :func:`end`. For callers whose work begins and ends in two functions."""
    if not (hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()):
        return None
    before = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    return before


def end(before: object) -> None:
    """Stops the clock."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        signal.setitimer(signal.ITIMER_PROF, 0)
        if before is not None:
            signal.signal(signal.SIGPROF, before)  # type: ignore[arg-type]


def _ring(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise TooSlowError
