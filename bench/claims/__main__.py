"""Prints the table of ``bench.claims``; with ``--missed`` the sentences of the tuned half that are missed or cry wolf."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from atlas.claims.linter import Linter
from atlas.claims.search import claim_faults, claim_remarks
from atlas.staging import check
from bench.claims import HALVES, Measure, corpus, languages, measured, missed, recall

ROOT = Path(__file__).resolve().parent.parent.parent


def main(*, tell_missed: bool) -> None:
    """One row for each language and half, then the categories."""
    atlas, articles = check(ROOT)
    linters = {code: Linter(atlas.claims.values(), atlas.claim_languages[code]) for code in languages()}
    if tell_missed:
        for code, linter in linters.items():
            print(f"{code}\n  " + "\n  ".join(missed(linter, corpus(code)["tuned"])))
        return
    sums: dict[tuple[str, str], Measure] = {}
    print(f"{'':10}{'half':10}{'found':>12}{'named':>12}{'false alarms':>16}")
    for code, linter in linters.items():
        for half in HALVES:
            found = measured(linter, corpus(code)[half])
            for category, one in found.items():
                sums[half, category] = sums.get((half, category), Measure(0, 0, 0)) + one
            every, clean = recall(found), found["clean"]
            row = f"{every.found}/{every.sentences}", f"{every.named}/{every.sentences}", f"{clean.found}/{clean.sentences}"
            print(f"{code:10}{half:10}{row[0]:>12}{row[1]:>12}{row[2]:>16}")
    print()
    for category in sorted({category for _, category in sums}):
        halves = [f"{half} {sums[half, category].found}/{sums[half, category].sentences}" for half in HALVES]
        print(f"{category:24}{', '.join(halves)}")
    began = time.process_time()
    said = [*claim_faults(ROOT, atlas, articles), *claim_remarks(ROOT, atlas, articles)]
    print(f"\nThe whole site: {time.process_time() - began:.2f} s of CPU, {len(said)} claims")


if __name__ == "__main__":
    main(tell_missed="--missed" in sys.argv)
