"""A translation says what its source says: headings, lists, links, numbers, codes, and must, may, need not and must not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.article import Article
from atlas.fidelity.checking import fidelity_faults, fidelity_remarks
from atlas.fidelity.leaf import leaf_findings
from atlas.fidelity.number import differing
from atlas.fidelity.page import page_findings
from atlas.fidelity.table import read_tables
from atlas.terms.context import Contexts
from atlas.translation.leaf import Leaf
from atlas.translation.place import Places
from atlas.translation.section import sections
from bench.modality import score, vanished
from tests.conftest import ROOT, checked

TABLES, _ = read_tables(ROOT)
NOTHING = Contexts({})
SOURCE = """Ask first. You must show it.

## Papers {#papers}

- The form. It costs {{fees.single}}.
- [The list](../visa/index.md) of type {{=C-3}}.

There are two ways.{{^fees}} You need not visit the mission. Give it {{=24}} hours.

### More {#more}

| a | b |
|---|---|
| 1 | {{status:c-3-3}} |
"""
RUSSIAN = """Сначала спросите. Вы обязаны его показать.

## Документы {#papers}

- Анкета. Она стоит {{fees.single}}.
- [Список](../visa/index.md) типа {{=C-3}}.

Есть два способа.{{^fees}} Посещать консульство вы не обязаны. Оставьте {{=24}} часа.

### Ещё {#more}

| а | б |
|---|---|
| 1 | {{status:c-3-3}} |
"""


def page(language: str, body: str, **fields: object) -> Article:
    """A page of class A that begins on line 10 of its file."""
    made = Article(
        path="rights/papers/",
        language=language,
        title="",
        description="",
        lead="",
        section="rights",
        order=1,
        critical_class="A",
        needs=(),
        leads_to="",
        records=None,
        checked_on="2026-11-22",
        read_again_on=None,
        body=body,
        body_line=10,
        file=f"docs/{language}/rights/papers.md",
        places={},
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def told(body: str) -> list[str]:
    return [str(found.remark()) for _, found in page_findings(page("en", SOURCE), page("ru", body), TABLES, NOTHING)]


def test_the_translations_of_the_site_say_what_their_sources_say() -> None:
    atlas, articles = checked()
    assert [str(remark) for remark in fidelity_remarks(ROOT, atlas, articles)] == []


def test_a_true_translation_is_let_through() -> None:
    assert told(RUSSIAN) == []


HERE = "docs/ru/rights/papers.md"
THERE = "docs/en/rights/papers.md"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{{=24}}", "{{=42}}", '17:76: papers: the source has 24 here (got "42"). Write 24 instead.'),
        ("{{=C-3}}", "{{=C-4}}", '15:38: papers: the source has C-3 here (got "C-4"). Write C-3 instead.'),
        ("два способа", "три способа", '17:6: papers: the source has two here (got "три"). Write two instead.'),
        (
            " {{fees.single}}",
            "",
            f"14:3: papers: {{{{fees.single}}}} stands not at all here and once in {THERE} (got 0). Put it where the source has it.",
        ),
        (
            "[Список](../visa/index.md)",
            "Список",
            f"15:3: papers: the link to /visa/ stands not at all here and once in {THERE} (got 0). Put it where the source has it.",
        ),
        (
            "- [Список",
            "- Ещё.\n- [Список",
            f"16:3: papers: list item stands 3 times here and twice in {THERE} (got 3). Give the list as many items.",
        ),
        (
            "{#more}",
            "{#rest}",
            f'19:1: heading: its headings are not those of {THERE} (got "### Ещё {{#rest}}"). Here stands ### … {{#more}} there.',
        ),
        (
            "Вы обязаны",
            "Вы можете",
            '10:22: top: this says that one may, where the source says must (“must”) (got "можете"). '
            "Say that one must. If it is said, data/modality.yaml does not know the form: put it there.",
        ),
        (
            "вы не обязаны",
            "нельзя",
            '17:49: papers: this says that one must not, where the source says need not (“need not”) (got "нельзя"). '
            "Say that one need not. If it is said, data/modality.yaml does not know the form: put it there.",
        ),
    ],
)
def test_what_differs_is_told_at_its_place(old: str, new: str, expected: str) -> None:
    assert old in RUSSIAN
    assert f"{HERE}:{expected}" in told(RUSSIAN.replace(old, new)), told(RUSSIAN.replace(old, new))


def test_what_certainly_differs_on_a_page_of_class_a_stops_the_build_unless_it_is_stale() -> None:
    atlas, _ = checked()
    source, body = page("en", SOURCE), RUSSIAN.replace("{{=24}}", "{{=42}}")
    digests = {section.id: section.digest for section in sections(source)}

    def faults(**fields: object) -> list[str]:
        translation = page("ru", body, translated_from="en", **fields)
        return [fault.got for fault in fidelity_faults(ROOT, atlas, {source.path: {"en": source, "ru": translation}})]

    assert faults(made_from=digests) == ['"42"']
    assert faults(made_from={**digests, "papers": "0" * 12}) == []
    assert faults(made_from=digests, critical_class="B") == []


def test_a_difference_stops_the_build(faults_after: Callable[[str, str, str], list[str]]) -> None:
    [fault] = faults_after("docs/zh/rights/agents.md", "不得超过诊疗费的", "可以超过诊疗费的")
    assert "commission: this says that one may, where the source says must not" in fault


@pytest.mark.parametrize(
    ("english", "language", "text"),
    [
        ("1.5 million people", "ko", "150만 명"),
        ("1.5 million people", "ru", "1,5 млн человек"),
        ("1.5 million people", "zh", "150万人"),
        ("2.5 million to 5 million won", "ru", "от 2,5 до 5 млн вон"),
        ("KRW 22,000", "ko", "2만 2,000원"),
        ("1.4 trillion won", "ko", "1조 4천억 원"),
        ("1 December 2026", "ru", "1 декабря 2026 года"),
        ("1 December 2026", "zh", "2026年12月1日"),
        ("In May 2024 you may come", "ko", "2024년 5월에 올 수 있습니다"),
        ("from 9.00 to 18:30", "ko", "9시부터 18:30까지"),
        ("2024–26", "ru", "2024–2026"),
        ("both ways, for two weeks", "zh", "两种方式，为期2周"),
        ("type C-3-3", "ko", "C-3-3형"),
        ("one week", "ru", "1 неделя"),
        ("COVID-19", "ko", "코로나19"),
        ("12 months, 15 days", "ko", "열두 달, 보름"),
        ("open 24 hours", "ko", "밤낮으로 엽니다"),
    ],
)
def test_a_number_is_the_same_however_a_language_writes_it(english: str, language: str, text: str) -> None:
    assert differing(TABLES.counting("en"), english, TABLES.counting(language), text) == ([], [])


@given(st.integers(2, 10**9), st.integers(2, 10**9))
def test_a_changed_number_is_always_found(number: int, other: int) -> None:
    myriads = f"{number // 10_000}만 {number % 10_000:,}" if number % 10_000 and number > 10_000 else str(number)
    written = {"ko": f"{myriads}원", "ru": f"{number:,} вон".replace(",", "\u00a0"), "zh": f"{number}韩元"}
    for language, text in written.items():
        own = TABLES.counting(language)
        assert differing(TABLES.counting("en"), f"KRW {number:,}", own, text) == ([], [])
        lost, new = differing(TABLES.counting("en"), f"KRW {other:,}", own, text)
        assert bool(lost and new) == (
            number != other and max(number, other) not in {min(number, other) * 10**power for power in (3, 4, 6, 8)}
        )


@pytest.mark.parametrize(
    ("source", "text", "what"),
    [
        ("Pay {fee} at hikorea.go.kr.", "Оплатите на hikorea.go.kr.", "the placeholders are not those of the source"),
        ("Pay {fee} at hikorea.go.kr.", "Оплатите {fee} на hikorea.or.kr.", "the addresses are not those of the source"),
        ("There are 17 or 18 of them.", "Их 17.", "the source has 18 here"),
        ("You must file it.", "Его можно подать.", "this says that one may, where the source says must (“must”)"),
    ],
)
def test_a_text_of_a_record_is_held_to_the_same(source: str, text: str, what: str) -> None:
    leaf = Leaf("rule", "posting", "text", {"en": source, "ru": text})
    assert [found.what for found in leaf_findings(leaf, "ru", "en", TABLES, NOTHING, Places(ROOT))] == [what]


@pytest.mark.parametrize("language", ["ko", "ru", "zh"])
def test_exchanged_must_and_may_are_found(language: str) -> None:
    found = score(TABLES, language)
    assert found.wrong >= 40
    assert found.recall >= 0.95
    assert found.alarms == 0


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        ("서류를 내지 않으면 안 됩니다.", ["must"]),
        ("환자를 유인하여서는 아니 된다.", ["must not"]),
        ("퇴원하지 못 합니다.", ["must not"]),
        ("수수료를 송금하십시오. 연기는 불가피했습니다.", []),
        ("진료 분야 한 곳, 비용은 하루 숙박비 정도 됩니다.", []),
        ("먼저 전화해도 됩니다. 여권을 가져와야 합니다.", ["may", "must"]),
    ],
)
def test_korean_says_what_one_must_and_may_do_in_these_words(text: str, forces: list[str]) -> None:
    assert [one.force for one in TABLES.modality.markers(text, "ko")] == forces


@pytest.mark.parametrize("language", ["ko", "ru", "zh"])
def test_a_must_that_is_left_out_is_found(language: str) -> None:
    found = vanished(TABLES, language)
    assert found.wrong >= 9
    assert found.recall >= 0.8, "what one needs is said in too many ways, and is not looked for"
    assert found.alarms == 0


def test_a_must_that_is_left_out_is_told_at_its_sentence_and_stops_nothing() -> None:
    body = RUSSIAN.replace("Вы обязаны его показать", "Вы его показываете")
    [(section, finding)] = page_findings(page("en", SOURCE), page("ru", body), TABLES, NOTHING)
    assert (section, finding.certain) == ("top", False)
    assert str(finding.remark()) == (
        f"{HERE}:10:19: top: the source says that one must here (“must”), and this does not (got nothing). "
        "Say that one must. If it is said, data/modality.yaml does not know the form: put it there."
    )
    leaf = Leaf("rule", "posting", "text", {"en": "You must not file it.", "ru": "Вы его не подаёте."})
    told = [found.what for found in leaf_findings(leaf, "ru", "en", TABLES, NOTHING, Places(ROOT))]
    assert told == ["the source says that one must not here (“must not”), and this does not"]


def test_a_form_that_is_no_expression_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "modality.yaml").write_text("kk:\n  must:\n  - 'керек('\n", encoding="utf-8")
    _, [fault] = read_tables(tmp_path)
    assert str(fault).startswith("data/modality.yaml:3:5: kk.must.0: this is not a regular expression: missing ), unterminated subpattern")


def test_a_language_without_tables_has_its_digits_compared() -> None:
    unknown = TABLES.counting("kk")
    assert differing(TABLES.counting("en"), "90 days", unknown, "90 күн") == ([], [])
    assert differing(TABLES.counting("en"), "90 days", unknown, "60 күн")[1][0].text == "60"
