"""Several jobs side by side, each in a process that is forked off: it has all that was read before, and gives back what it found."""

from __future__ import annotations

import os
import pickle
import select
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from atlas.fault import Fault, FaultyInputError
from atlas.intake.blame import told

T = TypeVar("T")


class BuildFailedError(Exception):
    """A part of the site could not be made; the message says which, and why where it is known."""


def side_by_side(root: Path, jobs: Sequence[Callable[[], T]]) -> list[T]:
    """What the jobs return, in their order; as many run at once as there are processors.

    What a job raises is a fault of the project at ``root``, or of the system. Raises :class:`~atlas.fault.FaultyInputError` with the
    faults of all jobs, :class:`OSError` where the disk refuses, and :class:`BuildFailedError` where a process did not come to its end.
    """
    results: dict[int, T] = {}
    faults: list[Fault] = []
    refused: list[OSError] = []
    failed: list[str] = []
    waiting = list(enumerate(jobs))
    running: dict[int, tuple[int, int, int]] = {}
    poll = select.poll()
    while waiting or running:
        while waiting and len(running) < len(os.sched_getaffinity(0)):
            number, job = waiting.pop(0)
            pid, memory = _forked(root, job)
            ended = os.pidfd_open(pid)
            running[ended] = number, pid, memory
            poll.register(ended, select.POLLIN)
        for ended, _ in poll.poll():
            number, pid, memory = running.pop(ended)
            poll.unregister(ended)
            os.close(ended)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            with os.fdopen(memory, "rb") as handle:
                handle.seek(0)
                if code == 0:
                    results[number] = pickle.load(handle)  # our own process wrote it
                elif code == 1:
                    faults += pickle.load(handle)
                elif code == 2:
                    refused.append(pickle.load(handle))
                else:
                    failed.append(f"a process of the build ended with {code}")
    if refused:
        raise refused[0]
    if failed:
        raise BuildFailedError("\n".join(dict.fromkeys(failed)))
    if faults:
        raise FaultyInputError(dict.fromkeys(faults))
    return [results[number] for number in range(len(jobs))]


def _forked(root: Path, job: Callable[[], T]) -> tuple[int, int]:
    """Starts a job. Returns its process and the memory that its result will stand in."""
    memory = os.memfd_create("result")
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid, memory
    code, result = 0, object()
    try:
        with told(root):
            result = job()
    except FaultyInputError as error:
        code, result = 1, list(error.faults)
    except OSError as error:
        code, result = 2, error
    except BaseException:  # such as an interruption: this process must end here
        os._exit(3)
    try:
        with os.fdopen(memory, "wb", closefd=False) as handle:
            pickle.dump(result, handle, pickle.HIGHEST_PROTOCOL)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
