"""What a warm build costs, by what was edited since the last one: ``python -m bench.warm [--pages 1600] [--runs 5] [--no-serve]``.

Builds the project of ``bench/corpus`` once, then after each of so many edits of a kind, each time in a new process with all that builds
keep. Prints medians of CPU and wall seconds, the most memory that the process tree held, and how many pages of the site are not as they
were in the edition before, but for the digest at their foot. Then the same edits in the preview: from saving to the page in the browser.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.corpus.__main__ import make
from bench.corpus.text import Corpus
from bench.measure import Cost, cost, median
from bench.peers import machine
from bench.serve import Change, measured, started

BUILD = (sys.executable, "-m", "atlas", "build")
HEAD = ("| edited | CPU s | wall s | peak MB | pages that differ |", "|---|---|---|---|---|")
HEAD_SERVED = ("| saved | shown after s | slowest s | CPU s of the preview |", "|---|---|---|---|")
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Figures would have to be the same in all translations."""


@dataclass(frozen=True)
class Edit:
    """A kind of edit: ``old``, a regular expression, stands in ``file`` once or more, and the first is replaced by ``new``.

    In ``new``, ``{word}`` and ``{figure}`` are others in each turn. ``page`` is the address of a page that shows it.
    """

    name: str
    file: str
    old: str
    new: str
    page: str
    is_added: bool = False
    """Whether it is a copy of the file, edited, beside it."""

    def text(self, text: str, turn: int) -> str:
        """The file after an edit. Raises :class:`ValueError` where nothing in it is edited."""
        new = self.new.format(word=WORDS[turn % len(WORDS)], figure=turn % 90 + 10)
        edited = re.sub(self.old, lambda _: new, text, count=1, flags=re.MULTILINE)
        if edited == text:
            raise ValueError(f"{self.file}: there is no {self.old}")
        return edited

    def target(self, project: Path, turn: int) -> Path:
        """The file that is written."""
        path = project / self.file
        return path.with_name(f"{path.stem}-{WORDS[turn % len(WORDS)]}.md") if self.is_added else path


def edits(place: tuple[str, str]) -> tuple[Edit, ...]:
    """All kinds, by how little they change."""
    below = "/".join(place)
    paragraph = "\n\nA paragraph that was written just now, {word}.\n\n## "
    return (
        Edit("nothing", "mkdocs.yml", "^", "", ""),
        Edit("a page in Russian", f"docs/ru/{below}.md", r"\n\n## ", "\n\nЭтот абзац написан только что, {word}.\n\n## ", f"ru/{below}/"),
        Edit("a page in English, the source of three others", f"docs/en/{below}.md", r"\n\n## ", paragraph, f"{below}/"),
        Edit("a page in English added", f"docs/en/{below}.md", "^title: .*$", 'title: "Another page, {word}"', "", is_added=True),
        Edit("a record", "data/entry/fees.yaml", r'(?<="amount": )\d+', "6{figure}00", "visa/c-3-3/"),
        Edit("a template", "overrides/article.html", "<h1", '<h1 data-turn="{word}"', f"{below}/"),
    )


def row(project: Path, edit: Edit, runs: int) -> str:
    """One kind of edit: its row. Then everything is as it was, and built."""
    file = project / edit.file
    before = file.read_text(encoding="utf-8")
    costs: list[Cost] = []
    differ: list[int] = []
    written: set[Path] = set()
    for turn in range(runs):
        if edit.new:
            path = edit.target(project, turn)
            path.write_text(edit.text(before, turn), encoding="utf-8")
            written.add(path)
        was = _pages(project)
        costs.append(cost(BUILD, project))
        differ.append(len(_pages(project).items() - was.items()))
    for path in written - {file}:
        path.unlink()
    if written:
        file.write_text(before, encoding="utf-8")
        cost(BUILD, project)
    found = median(costs)
    return f"| {edit.name} | {found.cpu:.2f} | {found.wall:.2f} | {found.peak / 1e6:.0f} | {sorted(differ)[runs // 2]} |"


def _pages(project: Path) -> dict[str, str]:
    """The digest of every page, by address."""
    files: dict[str, dict[str, str]] = json.loads((project / "site/manifest.json").read_text(encoding="utf-8"))["files"]
    return {path: one["sha256"] for path, one in files.items() if path.endswith(".html")}


def _change(edit: Edit) -> Change:
    return Change(edit.name, edit.page, edit.file, edit.text)


def main() -> None:
    """Prints two tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.warm", description=__doc__)
    parser.add_argument("--pages", type=int, default=1600)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-serve", action="store_true", help="without the preview, which needs a browser")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        written = make("atlas", asked.pages, project)
        kinds = edits(Corpus(asked.pages).edited)
        first = cost(BUILD, project)
        print(f"{written} pages written, {len(_pages(project))} in all, median of {asked.runs}, {machine()}\n\n{HEAD[0]}\n{HEAD[1]}")
        print(
            f"| everything (a cold build) | {first.cpu:.2f} | {first.wall:.2f} | {first.peak / 1e6:.0f} | {len(_pages(project))} |",
            flush=True,
        )
        for edit in kinds:
            print(row(project, edit, asked.runs), flush=True)
        if not asked.no_serve:
            print("", *HEAD_SERVED, sep="\n")
            with started(project, kinds[2].page) as preview:
                for one in measured(project, preview, [_change(edit) for edit in kinds if edit.page], asked.runs):
                    print(f"| {one.name} | {one.shown:.2f} | {one.slowest:.2f} | {one.cpu:.2f} |", flush=True)


if __name__ == "__main__":
    main()
