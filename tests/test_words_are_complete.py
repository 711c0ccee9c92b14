"""Interface texts: every language has every one, with its plural forms; what is generated and committed is up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from atlas.records.localised import Localised
from atlas.schema import schemas
from atlas.views.marking import parts, tongues
from atlas.wording import Wording
from tests.conftest import ROOT, checked

ATLAS, _ = checked()
WORDS = {code: Wording(code, site.locale, ATLAS.wordings[code], myriads=site.myriads) for code, site in ATLAS.site_languages.items()}
TONGUES = tongues(ATLAS.site_languages)


def test_every_text_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("atlas", "overrides")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".py", ".html"}
    )
    patterns = [re.sub(r"\\\{[^}]*\\\}", "[a-z0-9-]+", re.escape(found)) for found in re.findall(r'f"([a-z-]*\{[^"]*)"', code)]
    unused = [
        key
        for key in WORDS["en"].plain.keys() | ATLAS.wordings["en"].keys()
        if f'"{key}"' not in code
        and f"w.{key}" not in code
        and not any(re.fullmatch(pattern, key) for pattern in patterns if pattern != "[a-z0-9-]+")
    ]
    assert not [key for key in unused if not key.startswith(("map-", "door-"))]


@pytest.mark.parametrize(
    ("code", "count", "expected"),
    [
        ("en", 1, "1 institution"),
        ("en", 1560, "1,560 institutions"),
        ("ru", 1, "1 медицинская организация"),
        ("ru", 3, "3 медицинские организации"),
        ("ru", 11, "11 медицинских организаций"),
        ("ru", 21, "21 медицинская организация"),
        ("ko", 5, "5"),
        ("zh", 5, "5"),
    ],
)
def test_plurals_follow_cldr(code: str, count: int, expected: str) -> None:
    assert expected in WORDS[code].say("institutions", count=count).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("code", "full", "month", "year"),
    [
        ("en", "22 November 2026", "November 2026", "2026"),
        ("ko", "2026년 11월 22일", "2026년 11월", "2026년"),
        ("ru", "22 ноября 2026 г.", "ноябрь 2026 г.", "2026 г."),
        ("zh", "2026年11月22日", "2026年11月", "2026年"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(code: str, full: str, month: str, year: str) -> None:
    words = WORDS[code]
    said = [words.date(value).replace("\u202f", " ").replace("\u00a0", " ") for value in ("2026-11-22", "2026-11", "2026")]
    assert said == [full, month, year]


@pytest.mark.parametrize(
    ("code", "amount", "expected"),
    [
        ("en", 6_800_000, "KRW 6,800,000"),
        ("ko", 6_800_000, "680만 원"),
        ("ko", 320_000_000, "3억 2,000만 원"),
        ("ko", 1_067_000, "106만 7,000 원"),
        ("zh", 290_000, "29万韩元"),
        ("zh", 238_000, "23.8万韩元"),
        ("en", 7_500_000_000_000, "KRW 7.5 trillion"),
        ("en", 585_500_000_000, "KRW 585.5 billion"),
        ("en", 1_258_345_678, "KRW 1,258,345,678"),
        ("ru", 7_500_000_000_000, "7,5 триллиона вон"),
        ("ru", 8_000_000_000_000, "8 триллионов вон"),
        ("ko", 7_500_000_000_000, "7조 5,000억 원"),
        ("zh", 7_500_000_000_000, "7.5万亿韩元"),
    ],
)
def test_money_loses_no_digit(code: str, amount: int, expected: str) -> None:
    assert WORDS[code].money(amount, "KRW").replace("\u00a0", " ") == expected


def test_generated_schemas_are_those_committed() -> None:
    folder = ROOT / "data/schemas"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")} == schemas()


@given(st.text(), st.sampled_from(["en", "ko", "ru", "zh"]))
def test_marking_loses_nothing(text: str, language: str) -> None:
    text = text.replace("[", "").replace("]", "")
    assert "".join(piece for piece, _ in parts(text, language, TONGUES)) == text


def incomplete(value: object, place: str) -> Iterator[str]:
    """The places of texts that are missing in a language of the site. Addresses stand in the languages in which a source prints them."""
    if isinstance(value, Localised):
        if not set(value.root) >= set(ATLAS.grown_languages) and ".address." not in place:
            yield place
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from incomplete(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from incomplete(item, f"{place}.{index}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from incomplete(item, f"{place}.{key}")


def test_every_record_text_stands_in_every_language() -> None:
    records = [kind for kind in vars(ATLAS).values() if isinstance(kind, dict)]
    assert len(records) > 10
    assert [place for kind in records for place in incomplete(kind, "")] == []


def test_templates_leave_quotation_marks_to_the_language() -> None:
    """What a template quotes stands in ``<q>``: Russian has «…», Korean and Chinese “…”."""
    for file in sorted((ROOT / "overrides").rglob("*.html")):
        assert not set("“”«»„") & set(file.read_text(encoding="utf-8")), file.name
