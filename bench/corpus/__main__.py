"""``python -m bench.corpus --pages 1600 --layout hugo --out DIR`` writes a project; what comes out depends on the arguments alone.

``--layout atlas`` is a project of our own generator with the same text, ``--layout hospitals`` one with pages of hospitals only:
a fourth as many records as pages.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from bench.corpus import project
from bench.corpus.dialect import Dialect, Files, Hugo, Own, Starlight
from bench.corpus.hospitals import hospitals
from bench.corpus.text import Corpus
from bench.corpus.words import LANGUAGES

HERE = Path(__file__).parent
DIALECTS: dict[str, Dialect] = {"atlas": Own(), "mkdocs": Files(), "zensical": Files(), "hugo": Hugo(), "starlight": Starlight()}
LAYOUTS = (*DIALECTS, "hospitals")


def make(layout: str, pages: int, out: Path, seed: int = 1) -> int:
    """Writes a project into an empty or new folder; returns the number of pages that it has been given."""
    if layout == "hospitals":
        return hospitals(out, pages // len(LANGUAGES), seed) * len(LANGUAGES)
    corpus, dialect = Corpus(pages, seed), DIALECTS[layout]
    if layout == "atlas":
        count = project.articles(out, corpus)
    else:
        shutil.copytree(HERE / "layouts" / layout, out, dirs_exist_ok=True)
        count = 0
        for language in LANGUAGES:
            for place in corpus.places():
                file = out / dialect.file(language, place)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(dialect.page(corpus.text(language, place, dialect)), encoding="utf-8")
                count += 1
    edited = {"file": dialect.file(LANGUAGES[0], corpus.edited), "address": "/".join(corpus.edited) + "/"}
    (out / "corpus.json").write_text(json.dumps({"pages": count, "edited": edited}) + "\n", encoding="utf-8")
    return count


def main() -> None:
    """Writes one project."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("--pages", type=int, default=1600)
    parser.add_argument("--layout", choices=LAYOUTS, default="atlas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.out.exists() and any(arguments.out.iterdir()):
        parser.error(f"{arguments.out} is not empty")
    arguments.out.mkdir(parents=True, exist_ok=True)
    print(f"{make(arguments.layout, arguments.pages, arguments.out, arguments.seed)} pages in {arguments.out}")


if __name__ == "__main__":
    main()
