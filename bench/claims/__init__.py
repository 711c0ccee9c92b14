"""How many forbidden claims the search finds, and how often it cries wolf: ``python -m bench.claims``.

In each language 104 sentences that the law forbids, as clinics and agencies write them, and 100 that a guide may well hold and that look
like them. All were written before the first form in ``data/claims/`` was. The forms were then tuned on the half called ``tuned``; of the
half ``held_out`` only the sums below have been looked at, and no form was changed for a sentence of it. Still, one author wrote sentences
and forms, so the sums are the upper end. Of 21 sentences of praise by others (press and blogs on clinics in Korea), 5 were found at first;
after forms were added for what they had in common, 18. Of 12 further ones, for which no form was changed, 6: praise without any of the
usual words is not found.

A sentence is *found* when any claim is found in it, and *named* when one of its own category is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from atlas.claims.linter import Linter

HALVES = ("tuned", "held_out")


@dataclass(frozen=True)
class Measure:
    """Of sentences of one category: how many there are, in how many a claim is found, and in how many one of that category."""

    sentences: int
    found: int
    named: int

    @property
    def share(self) -> float:
        return self.found / self.sentences

    def __add__(self, other: Measure) -> Measure:
        return Measure(self.sentences + other.sentences, self.found + other.found, self.named + other.named)


def corpus(language: str) -> Mapping[str, Any]:
    """The sentences of a language: by half, ``violating`` by category, and ``clean``."""
    found: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8"))
    return found


def languages() -> list[str]:
    """The languages that have a corpus."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.yaml"))


def measured(linter: Linter, half: Mapping[str, Any]) -> dict[str, Measure]:
    """The categories of one half, and ``clean``, where *found* means a false alarm."""
    found = {category: _measure(linter, sentences, category) for category, sentences in half["violating"].items()}
    return {**found, "clean": _measure(linter, half["clean"], "")}


def _measure(linter: Linter, sentences: list[str], category: str) -> Measure:
    claims = [{finding.claim for finding in linter.found(sentence)} for sentence in sentences]
    return Measure(len(sentences), sum(map(bool, claims)), sum(category in found for found in claims))


def recall(measures: Mapping[str, Measure]) -> Measure:
    """All categories together."""
    return sum((one for category, one in measures.items() if category != "clean"), Measure(0, 0, 0))


def missed(linter: Linter, half: Mapping[str, Any]) -> Iterator[str]:
    """Sentences in which nothing is found, or only claims of other categories, and false alarms: for tuning."""
    for category, sentences in half["violating"].items():
        for sentence in sentences:
            claims = {finding.claim for finding in linter.found(sentence)}
            if category not in claims:
                yield f"{category}: {sentence} {sorted(claims)}"
    for sentence in half["clean"]:
        for finding in linter.found(sentence):
            yield f"clean: {sentence} [{finding.claim}: {finding.text}]"
