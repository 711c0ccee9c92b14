"""Reading age: ``make check`` lists sentences that are too long and abbreviations that a page does not explain."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.reading import reading_remarks
from atlas.staging import check

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"


@pytest.fixture(scope="module")
def known(template: Path) -> set[str]:
    """What is said of the small project before a test changes it."""
    return {str(remark) for remark in reading_remarks(*check(template))}


def remarks_after(project: Path, known: set[str], file: str, text: str) -> list[str]:
    path = project / file
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n\n{text}\n", encoding="utf-8")
    line = path.read_text(encoding="utf-8").rstrip().count("\n") + 1
    found = [str(remark) for remark in reading_remarks(*check(project)) if str(remark) not in known]
    assert all(remark.startswith(f"{file}:{line}: ") for remark in found), found
    return [remark.partition(": ")[2] for remark in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "word " * 28 + "word.", ["a sentence has 29 words"]),
        ("en", "word " * 27 + "word.", []),
        ("en", f"{LONG}. {LONG}.", []),
        ("en", f"{LONG}.{{{{^consent-form}}}} {LONG}.", []),
        ("ru", "слово " * 28 + "слово.", ["a sentence has 29 words"]),
        ("ru", "слово " * 27 + "слово.", []),
        ("ko", "낱말 " * 24 + "낱말입니다.", ["a sentence has 25 words"]),
        ("ko", "낱말 " * 23 + "낱말입니다.", []),
        ("zh", "患" * 76 + "。", ["a sentence has 76 characters"]),
        ("zh", "患" * 75 + "。", []),
        ("zh", ("患者可以询问" * 6 + "。") * 3, []),
        ("en", "Ask the XQZ about it.", ["XQZ is not explained where the page names it first"]),
        ("en", "Ask the Xylophone Quiz Zone (XQZ) about it. The XQZ knows.", []),
        ("en", "Bring a CT scan on a CD.", []),
    ],
)
def test_what_is_hard_to_read_is_listed(language: str, text: str, expected: list[str], project: Path, known: set[str]) -> None:
    found = remarks_after(project, known, f"docs/{language}/rights/consent.md", text)
    assert len(found) == len(expected)
    assert all(remark.startswith(start) for remark, start in zip(found, expected, strict=True))
