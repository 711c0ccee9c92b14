"""An earlier state of the project, taken out of git into a folder that goes away again."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atlas.fault import Fault, FaultyInputError, shown


@contextmanager
def state_of(root: Path, since: str) -> Iterator[Path]:
    """The folder ``since`` if there is one, or else ``data/`` and ``docs/`` of the project at ``root`` as of that git revision.

    Raises :class:`~atlas.fault.FaultyInputError` when it is neither.
    """
    if Path(since).is_dir():
        yield Path(since)
        return
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if not commit:
        mend = "Name a folder, or a revision such as main, a tag or a commit; a shallow clone must fetch it first."
        raise FaultyInputError([Fault("--since", 1, 1, "revision", "there is no such folder and no such revision", shown(since), mend)])
    with tempfile.TemporaryDirectory(prefix="atlas-since-") as folder:
        revision = commit.decode().strip()
        content = _git(root, "archive", "--format=tar", revision, "data", "docs") or _git(root, "archive", "--format=tar", revision, "data")
        if not content:
            what = "this revision has no data/"
            raise FaultyInputError([Fault("--since", 1, 1, "revision", what, shown(since), "Name a revision of this project.")])
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing where it fails, or where there is no git."""
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True).stdout
    except (subprocess.CalledProcessError, FileNotFoundError):
        return b""
