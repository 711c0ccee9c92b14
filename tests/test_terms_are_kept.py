"""The terms of the site: forbidden forms are found in any inflection, and the term base comes back from a spreadsheet as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.fault import FaultyInputError
from atlas.records.term import ForbiddenForm, Term
from atlas.terms.context import Contexts
from atlas.terms.exchange import exported, incoming, write
from atlas.terms.rewriting import block, rewritten
from atlas.terms.table import read_table, same, table
from atlas.usage import Usage
from atlas.yamltext import read_yaml
from tests.conftest import ROOT


def term(language: str, right: str, *forms: str, **more: Any) -> dict[str, Term]:
    bad = tuple(ForbiddenForm(form=form, why="wrong", scope=more.get("scope", "always"), within=more.get("within", ())) for form in forms)
    right_forms = {"en": more.get("en", "thing"), language: right}
    return {"x": Term(id="x", forms=right_forms, part_of_speech="noun", critical_class="A", forbidden={language: bad})}


def wrong(language: str, right: str, form: str, text: str, **more: Any) -> list[str]:
    return [found for _, found, _, _ in Usage(term(language, right, form, **more), language).wrong(text)]


@pytest.mark.parametrize(
    ("language", "form", "text", "found"),
    [
        ("en", "nose job", "Nose jobs are common.", ["Nose jobs"]),
        (
            "en",
            "oriental hospital",
            "the oriental hospital's desk, two oriental\nhospitals",
            ["oriental hospital's", "oriental\nhospitals"],
        ),
        ("en", "massage", "massaging, massages", ["massaging", "massages"]),
        ("en", "luring", "it lured them", ["lured"]),
        ("en", "test-tube baby", "test tube babies", ["test tube babies"]),
        ("en", "superior hospital", "superior hospitality", []),
        ("ko", "불임", "불임을 치료하는 불임센터에서", ["불임", "불임"]),
        ("ko", "무료 비자", "무료비자는, 무료의 비자를", ["무료비자", "무료의 비자"]),
        ("ko", "유인하다", "유인한 사람, 유인했습니다, 유인을 합니다", ["유인한", "유인했", "유인을 합"]),
        ("ru", "толмач", "с толмачами и без толмача", ["толмачами", "толмача"]),
        ("ru", "медсестра", "пять медсестёр", ["медсестёр"]),
        ("ru", "задаток", "без задатка", ["задатка"]),
        ("ru", "бесплатная виза", "с бесплатной визой, бесплатные\u00a0визы", ["бесплатной визой", "бесплатные\u00a0визы"]),
        ("ru", "зуб любви", "зубы любви; зубу любовь", ["зубы любви"]),
        ("ru", "нелегал", "нелегально, нелегальный, нелегалами", ["нелегалами"]),
        ("ru", "виза", "визит, визовый", []),
        ("ru", "велнес", "о велнесе", ["велнесе"]),
        ("zh", "黑中介", "黑仲介，黑中介，黑ＸＸ", ["黑中介"]),
        ("zh", "电子投诉", "電子投訴", ["電子投訴"]),
        ("zh", "首爾", "去首爾，去首尔", ["首爾"]),
        ("zh", "KTV医院", "ＫＴＶ醫院", ["ＫＴＶ醫院"]),
    ],
)
def test_a_forbidden_form_is_found_in_any_inflection(language: str, form: str, text: str, found: list[str]) -> None:
    assert wrong(language, "", form, text) == found


def test_right_forms_and_longer_words_that_hold_a_forbidden_one_are_let_through() -> None:
    assert wrong("ko", "성형외과", "외과", "성형외과에서") == []
    assert wrong("ko", "뇌전증", "간질", "만성 간질환 환자의 간질", within=("간질환",)) == ["간질"]
    assert wrong("ru", "выписка из больницы", "выписка", "после выписки из больницы; выписку") == ["выписку"]


def test_a_form_that_is_right_for_another_concept_is_told_only_where_the_source_means_its_own() -> None:
    contexts = Contexts(term("ru", "больница", "клиника", scope="context", en="hospital"))
    said = [doubt.text for doubt in contexts.doubts("Ask two hospitals.", "en", "Спросите две клиники.", "ru")]
    assert said == ["клиники"]
    assert list(contexts.doubts("Ask a clinic.", "en", "Спросите клинику.", "ru")) == []
    assert list(contexts.doubts("Ask hospitals and clinics.", "en", "Спросите больницы и клиники.", "ru")) == []


def test_a_forbidden_form_in_a_record_is_told_at_its_column() -> None:
    document, _ = read_yaml('a:\n  zh: "看 医疗游客"\n  ru: >-\n    folded\n    text\n', "x.yaml")
    assert document.place_in(("a", "zh"), 2) == (2, 10)
    assert document.place_in(("a", "ru"), 2) == (3, 7)


def test_the_term_base_goes_out_and_comes_back_unchanged() -> None:
    content = exported(ROOT)
    assert content.startswith(b"\xef\xbb\xbfterm,row,")
    assert incoming(ROOT, content, "terms.csv").files == {}
    files, _, faults = read_table(content, "terms.csv")
    assert faults == []
    assert table(files) == content


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"), exclude_characters="|"),
    min_size=1,
    max_size=12,
).map(str.strip)
WORDS = st.one_of(
    TEXT.filter(bool), st.sampled_from(["=1+1", "'quoted", "no", "10:30", "0x1", "a: b", "#c", "{x}", "-", "@", "1", "true", "a, b"])
)
LANGUAGES = st.sampled_from(["en", "ko", "ru", "zh"])
FORBIDDEN = st.fixed_dictionaries(
    {"form": WORDS, "why": WORDS, "scope": st.sampled_from(["always", "context"])},
    optional={"within": st.lists(WORDS, min_size=1, max_size=2)},
)
TERM = st.fixed_dictionaries(
    {"forms": st.dictionaries(LANGUAGES, WORDS, min_size=1), "part_of_speech": st.just("noun"), "critical_class": st.just("A")},
    optional={
        "critical": st.booleans(),
        "synonyms": st.dictionaries(LANGUAGES, st.lists(WORDS, min_size=1, max_size=3), min_size=1),
        "forbidden": st.dictionaries(LANGUAGES, st.lists(FORBIDDEN, min_size=1, max_size=2), min_size=1),
        "inflection": st.dictionaries(LANGUAGES, WORDS, min_size=1),
        "note": WORDS,
        "references": st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=2),
    },
)


@settings(max_examples=40)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), TERM, min_size=1, max_size=3))
def test_any_term_comes_back_from_table_and_file_as_it_was(terms: dict[str, dict[str, Any]]) -> None:
    content = table({"visa": terms})
    files, _, faults = read_table(content, "terms.csv")
    assert faults == []
    assert same(files["visa"], terms)
    assert table(files) == content
    document, found = read_yaml("".join(block(term_id, one) for term_id, one in terms.items()), "visa.yaml")
    assert not [fault for fault in found if "alphabets" not in fault.what]
    assert same(document.value, terms)
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


FILE = """# Terms of entry.
visa:
  forms: {en: visa, ko: 비자}  # the law says 사증
  part_of_speech: noun
  critical_class: A
# A comment on the next one.
stay:
  forms: {en: stay, ko: 체류}
  part_of_speech: noun
  critical_class: A
"""


def test_comments_stay_where_nothing_changes() -> None:
    stay = {"forms": {"en": "stay", "ko": "체류기간"}, "part_of_speech": "noun", "critical_class": "A"}
    assert rewritten(FILE, {}) == FILE
    assert rewritten(FILE, {"stay": stay}) == FILE.replace("ko: 체류}", "ko: 체류기간}")
    assert rewritten(FILE, {"visa": {**stay, "forms": {"en": "visa"}}}).endswith(FILE[FILE.index("# A comment") :])
    assert rewritten(FILE, {"new": stay}) == FILE + block("new", stay)


def project_of(folder: Path) -> Path:
    (folder / "data" / "terms").mkdir(parents=True)
    (folder / "data" / "terms" / "visa.yaml").write_text(FILE, encoding="utf-8")
    return folder


def test_a_table_that_another_country_separates_by_semicolons_is_read(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(exported(project_of(tmp_path)).decode("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    assert incoming(tmp_path, text.getvalue().encode("utf-8"), "terms.csv").files == {}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("stay,", "stays,", "terms.csv:1:1: term: the term stay of visa.yaml is missing (got nothing). "),
        (
            "stay,form,en,stay",
            "stay,from,en,stay",
            'terms.csv:6:2: row: there is no such kind of row (got "from"). Write one of: term, form, ',
        ),
        ("stay,form,en,stay", "stay,form,,stay", 'terms.csv:6:3: language: the language is missing (got ""). Write its code, such as ru.'),
        ("noun,A", "noun,C", "terms.csv:2:1: visa.critical_class: input should be 'A' or 'B' (got \"C\"). "),
        ("critical_class", "class", "terms.csv:1:1: file: the column critical_class is missing"),
        (
            "stay,term,,,,,,,noun,A,,,visa",
            "stay,term,,,,,,,noun,A,,,money",
            'terms.csv:5:1: file: this term stands in another file (got "money"). Write visa.',
        ),
    ],
)
def test_a_mistake_in_the_table_is_told_with_its_line(old: str, new: str, expected: str, tmp_path: Path) -> None:
    content = exported(project_of(tmp_path)).decode("utf-8")
    assert old in content
    with pytest.raises(FaultyInputError) as raised:
        incoming(tmp_path, content.replace(old, new, 1 if old != "stay," else -1).encode("utf-8"), "terms.csv")
    assert any(str(fault).startswith(expected) for fault in raised.value.faults), raised.value


def test_a_table_changes_what_it_says_and_nothing_else_and_is_held_against_every_text(project: Path) -> None:
    content = exported(project).decode("utf-8")
    row = "infertility,forbidden,ko,불임,"
    assert row in content
    added = content.replace(row, f"infertility,forbidden,zh,试管,old,context,,,,,,,\r\n{row}", 1)
    before = {path.name: path.read_bytes() for path in (project / "data" / "terms").iterdir()}
    change = incoming(project, added.encode("utf-8"), "terms.csv")
    assert list(change.files) == ["data/terms/fertility.yaml"]
    assert change.told == ("infertility: forbidden.zh: nothing → \"[{'form': '试管', 'why': 'old', 'scope': 'context'}]\"",)
    write(project, change)
    after = {path.name: path.read_bytes() for path in (project / "data" / "terms").iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"fertility.yaml"}
    assert exported(project).decode("utf-8").count("\n") == content.count("\n") + 1
    refused = content.replace(row, f"infertility,forbidden,ko,병원,wrong,always,,,,,,,\r\n{row}", 1)
    with pytest.raises(FaultyInputError, match=r'the term base forbids this form \(wrong\) \(got "병원'):
        incoming(project, refused.encode("utf-8"), "terms.csv")
