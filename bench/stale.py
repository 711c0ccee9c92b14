"""Whether a warm build ever differs from a cold one: ``python -m bench.stale [--seeds 50] [--first 1] [--steps 6]``.

For each seed a small project is edited at random (``tests/edits.py``) and built after every edit or two, as by ``atlas build`` in the same
folder; some of these builds are killed. Then, and now and then on the way, every file is compared with a build from nothing in another
folder. An edit that is a fault must be refused by both, in the same words, with the last good site in its place; it is taken back.
What differs is printed with the edits that led there, and the command fails.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.conftest import _small_project
from tests.edits import Saved, copied, edit, strays, thinned

ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"ATLAS_LANG": "en"}


class StaleError(AssertionError):
    """A warm build is not a cold one."""


class Chain:
    """Edits of one seed; ``said`` tells what was done, and what was found."""

    def __init__(self, seed: int, built: Path, folder: Path) -> None:
        self.said: list[str] = []
        self._random, self._project, self._cold = Random(seed), folder / "project", folder / "cold"
        shutil.copytree(built, self._project, symlinks=True)
        self._seconds = 1.0

    def run(self, steps: int) -> None:
        """So many builds. Raises :class:`StaleError`."""
        for _ in range(steps):
            saved = Saved(self._project)
            for _ in range(self._random.choice((1, 1, 2, 3))):
                self.said.append(edit(self._project, self._random))
            if self._random.random() < 0.25:
                self._kill()
            before = _manifest(self._project)
            begun = time.monotonic()
            code, told = _built(self._project)
            if code == 0:
                self._seconds = time.monotonic() - begun
                if self._random.random() < 0.25:
                    self._compare()
                continue
            self.said.append(f"  refused: {told[:300]}")
            if code != 1 or "Traceback" in told:
                raise StaleError(f"it ended with {code}: {told}")
            if _manifest(self._project) != before:
                raise StaleError("a build that was refused has changed the site")
            other, cold_told = _built(self._fresh())
            if (other, cold_told) != (code, told):
                raise StaleError(f"a cold build says something else: {other} {cold_told}\nthan a warm one: {told}")
            saved.restore()
            self.said.append("  taken back")
        if (ended := _built(self._project)) != (0, ""):
            raise StaleError(f"what was taken back is refused: {ended}")
        self._compare()

    def _kill(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "atlas", "build"], cwd=self._project, env=ENV, start_new_session=True, stdout=-3, stderr=-3
        ) as process:
            try:
                process.wait(self._random.uniform(0.2, self._seconds))
                self.said.append("  (too quick to be killed)")
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                self.said.append("  a build killed")

    def _compare(self) -> None:
        code, told = _built(self._fresh())
        if code:
            raise StaleError(f"a cold build refuses what a warm one has built: {told}")
        if found := strays(self._project / "site", self._cold / "site"):
            raise StaleError(f"{len(found)} files differ: {' '.join(found[:20])}")
        self.said.append("  compared")

    def _fresh(self) -> Path:
        shutil.rmtree(self._cold, ignore_errors=True)
        return copied(self._project, self._cold)


def _built(project: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-m", "atlas", "build"], cwd=project, env=ENV, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def _manifest(project: Path) -> bytes | None:
    file = project / "site/manifest.json"
    return file.read_bytes() if file.is_file() else None


def main() -> None:
    """Prints a line for each seed."""
    parser = argparse.ArgumentParser(prog="python -m bench.stale", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        built = Path(name) / "built"
        built.mkdir()
        _small_project(built)
        thinned(built)
        assert _built(built) == (0, "")
        for seed in range(asked.first, asked.first + asked.seeds):
            with tempfile.TemporaryDirectory() as folder:
                chain = Chain(seed, built, Path(folder))
                told = "no file differs"
                try:
                    chain.run(asked.steps)
                except StaleError as error:
                    failed += 1
                    told = str(error)
                print(f"seed {seed}: {told}", flush=True)
                if asked.verbose or told != "no file differs":
                    print(*chain.said, sep="\n", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
