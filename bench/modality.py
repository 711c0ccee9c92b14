"""How well exchanged *must*, *may*, *need not* and *must not* are found, and a *must* that is left out: ``python -m bench.modality``.

Reads the pairs of ``bench/modality.yaml``, one right and one wrong translation of each sentence in each language, and then every sentence
of the written pages, which hold no exchange that anyone knows of: what is told there is a false alarm. ``-v`` prints what was missed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atlas.article import read_articles
from atlas.fidelity.block import sections_of
from atlas.fidelity.sentence import pairs, words_of
from atlas.fidelity.table import Tables, read_tables
from atlas.loading import languages_of
from atlas.yamltext import read_yaml

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path("bench") / "modality.yaml"


@dataclass(frozen=True)
class Case:
    """A sentence, its translation and one that exchanges what it says."""

    source: str
    right: str
    wrong: str


@dataclass(frozen=True)
class Score:
    """What was found of the wrong translations and of the right ones."""

    wrong: int
    found: int
    right: int
    alarms: int

    @property
    def recall(self) -> float:
        return self.found / self.wrong

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.right


def cases(language: str) -> list[Case]:
    """The pairs of one language."""
    document, faults = read_yaml((ROOT / CORPUS).read_text(encoding="utf-8"), CORPUS.as_posix())
    assert not faults, faults
    return [Case(row["en"], *row[language]) for row in document.value]


def score(tables: Tables, language: str) -> Score:
    """What is found in the pairs of one language."""
    modality, found = tables.modality, cases(language)
    hits = sum(modality.exchange(case.source, "en", case.wrong, language, counted=True) is not None for case in found)
    alarms = sum(modality.exchange(case.source, "en", case.right, language, counted=True) is not None for case in found)
    return Score(len(found), hits, len(found), alarms)


def vanished(tables: Tables, language: str) -> Score:
    """What is found of the right translations once each form of *must* and the others has been taken out of them."""
    modality, found = tables.modality, [case for case in cases(language) if _duties(tables, case.source) == {"must"}]
    hits = sum(modality.vanished(case.source, "en", _without(tables, case.right, language), language) is not None for case in found)
    alarms = sum(modality.vanished(case.source, "en", case.right, language) is not None for case in cases(language))
    return Score(len(found), hits, len(cases(language)), alarms)


def _duties(tables: Tables, source: str) -> set[str]:
    return {marker.force for marker in tables.modality.markers(source, "en")}


def _without(tables: Tables, text: str, language: str) -> str:
    for marker in reversed([*tables.modality.markers(text, language)]):
        text = text[: marker.start] + text[marker.start + len(marker.text) :]
    return text


def told(tables: Tables, language: str) -> Iterator[tuple[str, str, bool]]:
    """Each sentence of the written pages with its translation, and whether something is told of it."""
    articles, _ = read_articles(ROOT, languages_of(ROOT))
    for versions in articles.values():
        if {"en", language} <= versions.keys():
            source, article = versions["en"], versions[language]
            for one, other in zip(sections_of(source), sections_of(article), strict=False):
                for pair in pairs(source, one, article, other):
                    theirs, ours = words_of(pair.source), words_of(pair.text)
                    exchange = tables.modality.exchange(theirs, "en", ours, language, counted=pair.alike)
                    gone = tables.modality.vanished(theirs, "en", ours, language) if pair.alike else None
                    yield pair.source, pair.text, exchange is not None or gone is not None


def main(*, verbose: bool) -> None:
    """Prints one row for each language."""
    tables, faults = read_tables(ROOT)
    assert not faults, faults
    for language in languages_of(ROOT)[1:]:
        one, gone = score(tables, language), vanished(tables, language)
        pages = list(told(tables, language))
        alarms = [(source, text) for source, text, alarm in pages if alarm]
        print(
            f"{language}: found {one.found} of {one.wrong} exchanges (recall {one.recall:.0%}), "
            f"{one.alarms} false alarms in {one.right} right sentences, {len(alarms)} in {len(pages)} of the pages; "
            f"of {gone.wrong} left out {gone.found} (recall {gone.recall:.0%}), {gone.alarms} false alarms"
        )
        if verbose:
            for case in cases(language):
                if tables.modality.exchange(case.source, "en", case.wrong, language, counted=True) is None:
                    print(f"  missed: {case.source} | {case.wrong}")
                if tables.modality.exchange(case.source, "en", case.right, language, counted=True):
                    print(f"  alarm: {case.source} | {case.right}")
            for source, text in alarms:
                print(f"  alarm on a page: {source.strip()} | {text.strip()}")


if __name__ == "__main__":
    main(verbose="-v" in sys.argv)
