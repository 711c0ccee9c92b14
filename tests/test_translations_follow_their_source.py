"""A translation says what its source says, or the page tells that it does not: by section of a page, and by text of a record."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.article import Article, Review, read_articles
from atlas.fault import FaultyInputError
from atlas.kinds import KINDS
from atlas.loading import load, raw_records, raw_wordings
from atlas.staging import check, stage
from atlas.translation import command, memory
from atlas.translation.accept import accept
from atlas.translation.difference import change, marked, shortened, words
from atlas.translation.digest import digest, normalised
from atlas.translation.leaf import Leaf
from atlas.translation.memory import Kept, leaf_texts, page_texts, write_leaf_texts
from atlas.translation.place import Places
from atlas.translation.section import sections
from atlas.translation.state import STATES, Unit, leaf_units, outdated, page_units, units_of
from tests.conftest import LANGUAGES, ORIGIN, ROOT, Site, found

NOWHERE = Path("/nonexistent")
CODES = ("en", "ko", "ru", "zh")


def page(language: str, text: str, **fields: Any) -> Article:
    front: dict[str, Any] = {
        "path": "x/", "title": f"Title {language}", "description": "D", "lead": "L", "section": "about", "order": 0, "critical_class": "B",
        "needs": (), "leads_to": "", "records": None, "checked_on": "2026-11-22", "read_again_on": None, "body_line": 9, "places": {},
    }  # fmt: skip
    return Article(language=language, body=text, file=f"docs/{language}/x.md", **{**front, **fields})


def written(parts: Mapping[str, str], before: str = "Before.\n\n") -> str:
    return before + "".join(f"## Heading {key} {{#{key}}}\n\n{text}\n\n" for key, text in parts.items())


def made_from(source: Article) -> dict[str, str]:
    return {section.id: section.digest for section in sections(source)}


def states(*versions: Article) -> dict[str, str]:
    by_language = {one.language: one for one in versions}
    return {unit.key: unit.state for unit in page_units(NOWHERE, by_language, tuple(by_language))}


keys = st.sampled_from(["a", "b", "c", "d", "e", "f-g", "h"])
texts = st.text(st.sampled_from("ab가сж中.,!- \n"), min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
pages = st.dictionaries(keys, texts, min_size=1, max_size=6)
blank = st.sampled_from([" ", "  ", "\n", "\n\n", "\t", " \n "])


@settings(max_examples=40)
@given(pages, st.data())
def test_an_edit_of_the_source_marks_exactly_its_sections(parts: dict[str, str], data: st.DataObject) -> None:
    source = page("en", written(parts))
    translation = page("ru", written(parts), translated_from="en", made_from=made_from(source))
    assert set(states(source, translation).values()) == {"current"}
    edited = data.draw(st.sets(st.sampled_from(sorted(parts))))
    later = {key: f"{text}{data.draw(st.sampled_from('xyz'))}" if key in edited else text for key, text in parts.items()}
    before = data.draw(st.sampled_from(["Before.\n\n", "After.\n\n"]))
    lead = data.draw(st.sampled_from(["L", "New lead"]))
    now = states(page("en", written(later, before), lead=lead), translation)
    top = {"top"} if (before, lead) != ("Before.\n\n", "L") else set()
    assert {key for key, state in now.items() if state == "stale"} == edited | top


@settings(max_examples=40)
@given(pages, st.data())
def test_white_space_marks_nothing(parts: dict[str, str], data: st.DataObject) -> None:
    source = page("en", written(parts))
    translation = page("ru", written(parts), translated_from="en", made_from=made_from(source))
    inline = st.sampled_from([" ", "  ", "\t", " \u00a0"])
    spaced = re.sub(r"(?<=[^\s#]) (?=[^\s{])", lambda _: data.draw(inline), source.body)
    spaced = spaced.replace("\n\n", data.draw(st.sampled_from(["\n\n", "\n\n\n", "\n \n"]))) + data.draw(blank)
    assert set(states(replace(source, body=unicodedata.normalize("NFD", spaced)), translation).values()) == {"current"}


@settings(max_examples=40)
@given(pages, pages)
def test_sections_that_come_go_and_are_renamed_are_never_current(before: dict[str, str], after: dict[str, str]) -> None:
    """The translation is that of ``before``; its source now is ``after``."""
    source = page("en", written(before))
    translation = page("ru", written(before), translated_from="en", made_from=made_from(source))
    now = states(page("en", written(after)), translation)
    for key, state in now.items():
        if key == "top" or (key in before and key in after and normalised(before[key]) == normalised(after[key])):
            assert state == "current", key
        else:
            assert state == ("missing" if key not in before else "stale"), key
    assert now.keys() == {"top", *before, *after}


def test_a_section_that_does_not_say_what_it_was_made_from_is_not_current() -> None:
    source = page("en", written({"a": "One.", "b": "Two."}))
    translation = page("ru", written({"a": "Раз.", "b": "Два."}), translated_from="en", made_from={"a": digest("## Heading a {#a} One.")})
    assert states(source, translation) == {"top": "stale", "a": "current", "b": "stale"}
    assert states(source, replace(translation, made_from={})) == {"top": "stale", "a": "stale", "b": "stale"}


def test_deeper_headings_belong_to_the_section_above_and_fields_to_the_top() -> None:
    one = page("en", "Lead in.\n\n### Deep {#deep}\n\n## First {#first}\n\nText\n\n### Below {#below}\n\nMore\n", needs=("a passport",))
    top, first = sections(one)
    assert (top.id, first.id, first.heading) == ("top", "first", "First")
    assert top.text.startswith("title: Title en\ndescription: D\nlead: L\nneeds: a passport\n\nLead in.\n\n### Deep")
    assert one.body[first.offset :] == first.text
    assert first.digest == hashlib.sha256(b"## First {#first} Text ### Below {#below} More").hexdigest()[:12]


def test_any_language_may_be_the_source() -> None:
    source = page("ko", written({"a": "하나."}))
    english = page("en", written({"a": "One."}), translated_from="ko", made_from=made_from(source))
    found = {unit.language: unit for unit in page_units(NOWHERE, {"en": english, "ko": source}, ("en", "ko", "ru")) if unit.key == "a"}
    assert found.keys() == {"en", "ru"}
    assert (found["en"].state, found["en"].source_language) == ("current", "ko")
    assert (found["ru"].state, found["ru"].file, found["ru"].new) == ("missing", "docs/ru/x.md", "## Heading a {#a}\n\n하나.\n\n")


def test_an_edit_of_a_section_of_class_a_revokes_its_review() -> None:
    source = page("en", written({"a": "One."}), critical_class="A")
    translation = page("ru", written({"a": "Раз."}), translated_from="en", made_from=made_from(source), critical_class="A")
    assert states(source, translation) == {"top": "unreviewed", "a": "unreviewed"}
    reviews = {one.id: Review(by="medical translator, A. K.", on="2026-11-22", text=one.digest) for one in sections(translation)}
    reviewed = replace(translation, reviewed=reviews)
    assert states(source, reviewed) == {"top": "current", "a": "current"}
    assert states(source, replace(reviewed, body=reviewed.body.replace("Раз.", "Раз!"))) == {"top": "current", "a": "unreviewed"}
    assert states(source, replace(reviewed, body=reviewed.body.replace("\n\n", "\n\n\n"))) == {"top": "current", "a": "current"}
    assert states(replace(source, body=source.body.replace("One.", "Two.")), reviewed) == {"top": "current", "a": "stale"}


def leaf_states(now: list[tuple[str, str]], before: list[str]) -> list[str]:
    """The states of the Russian texts of a list, whose English was ``before`` when it was translated."""
    rows = [Leaf("rule", "r", f"facts.{place}.text", {"en": english, "ru": russian}) for place, (english, russian) in enumerate(now)]
    stored = {"r": {f"facts.{place}.text": Kept(("en", text)) for place, text in enumerate(before)}}
    found = {unit.key: unit.state for unit in leaf_units(rows, stored, ("en", "ru"), Places(NOWHERE))}
    return [found[row.key] for row in rows]


@settings(max_examples=40)
@given(st.lists(st.integers(), unique=True, min_size=1, max_size=6), st.data())
def test_texts_of_a_list_that_moves_stay_with_their_translations(numbers: list[int], data: st.DataObject) -> None:
    before = [f"The rule number {hashlib.sha256(str(number).encode()).hexdigest()} holds." for number in numbers]
    rows = [(text, "Правило.", "current") for text in before]
    edited = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    for place in edited:
        rows[place] = (rows[place][0].replace("holds", "ended"), "Правило.", "stale")
    if data.draw(st.booleans()):
        rows.insert(data.draw(st.integers(0, len(rows))), ("A new sentence about something else.", "Новое.", "stale"))
    rows = data.draw(st.permutations(rows))
    assert leaf_states([row[:2] for row in rows], before) == [row[2] for row in rows]


@given(texts, texts)
def test_a_short_difference_leaves_out_only_what_has_stayed(old: str, new: str) -> None:
    long = " ".join(["word"] * 30)
    short = shortened(f"{long} {old} {long}", f"{long} {new} {long}")
    assert len(short) < 4 * (len(old) + len(new)) + 200
    assert shortened(long, long) == "…"
    assert shortened("Pay 30 won.", "Pay 40 won.") == "Pay [-30-]{+40+} won."


@settings(max_examples=40)
@given(texts, texts)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(piece for mark, piece in pieces if mark != "+") == old
    assert "".join(piece for mark, piece in pieces if mark != "-") == new


def test_what_has_changed_is_told_in_short() -> None:
    old = "Pay {{fee.amount}} by {{=30}} June. Bring a form.\n\n- One\n- Two"
    new = "Pay {{fee.other}} by {{=30}} June. Bring a form. Sign it.\n\n- One\n- Three"
    found = change(old, new)
    assert (found.sentences_changed, found.sentences_added, found.sentences_removed) == (2, 1, 0)
    assert (found.added, found.gone) == (("fee.other",), ("fee.amount",))
    assert marked("Pay 30 won.", "Pay 40 won.") == "Pay [-30-]{+40+} won."


def all_units(root: Path) -> tuple[Unit, ...]:
    return units_of(root, CODES, read_articles(root, CODES)[0], raw_records(root), raw_wordings(root))


Place = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def already(template: Path) -> set[Place]:
    """What waits in the repository itself."""
    return stale(all_units(template))


def stale(found: Iterable[Unit]) -> set[Place]:
    return {(unit.language, unit.kind, unit.path, unit.key) for unit in found if unit.state == "stale"}


Waiting = Callable[[], set[Place]]


@pytest.fixture
def waiting(project: Path, already: set[Place]) -> Waiting:
    """What waits in the small project since a test has changed its records."""
    return lambda: stale(all_units(project)) - already


def of_disputes(root: Path) -> dict[tuple[str, str], Unit]:
    versions = read_articles(root, CODES)[0]["rights/disputes/"]
    return {(unit.language, unit.key): unit for unit in page_units(root, versions, CODES)}


def waiting_there(root: Path) -> set[tuple[str, str]]:
    return {place for place, unit in of_disputes(root).items() if unit.state == "stale"}


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def ran(root: Path, monkeypatch: pytest.MonkeyPatch, name: str, *arguments: str) -> Result:
    monkeypatch.setattr(command, "ROOT", root)
    return CliRunner().invoke(getattr(command, f"{name}_command"), arguments)


DISPUTES = "docs/{}/rights/disputes.md"


def test_a_section_goes_the_whole_way(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edited in the source, told, taken up in one language, edited again in spelling only, and reviewed."""
    edit(project, DISPUTES.format("en"), "Speak to the hospital first", "Ask the hospital first")
    assert waiting_there(project) == {(code, "top") for code in ("ko", "ru", "zh")}
    told = ran(project, monkeypatch, "diff", "rights/disputes", "--lang", "ru")
    assert "[-Speak to-]{+Ask+} the hospital first" in told.output
    listed = ran(project, monkeypatch, "status", "--lang", "ru")
    assert "docs/ru/rights/disputes.md:1: /rights/disputes/#top is outdated" in listed.output
    before = (project / DISPUTES.format("ru")).read_text(encoding="utf-8").split("\n")
    assert ran(project, monkeypatch, "accept", "ru", "rights/disputes#top").exit_code == 0
    after = (project / DISPUTES.format("ru")).read_text(encoding="utf-8").split("\n")
    changed = [one for one, other in zip(before, after, strict=True) if one != other]
    assert [line.partition(":")[0] for line in changed] == ["made_from"]
    assert waiting_there(project) == {("ko", "top"), ("zh", "top")}
    edit(project, DISPUTES.format("en"), "Ask the hospital first", "Ask the hospital firstly")
    spelled = ran(project, monkeypatch, "accept", "--trivial", "rights/disputes")
    assert (spelled.exit_code, "1 taken: ru." in spelled.output) == (0, True), "only those that are taken are named"
    assert waiting_there(project) == {("ko", "top"), ("zh", "top")}, "who missed the change before still does"
    assert ran(project, monkeypatch, "accept", "--all-of", "rights/disputes").exit_code == 0
    assert not waiting_there(project)
    source = read_articles(project, CODES)[0]["rights/disputes/"]["en"]
    assert set(page_texts(project, "rights/disputes/")) == set(made_from(source).values())
    by = ("--reviewed-by", "юрист, А. К.", "--on", "2026-11-22")
    assert ran(project, monkeypatch, "accept", "ru", "rights/disputes#fee", *by).exit_code == 0
    found = {place: unit.state for place, unit in of_disputes(project).items()}
    assert (found["ru", "fee"], found["ru", "steps"], found["ko", "fee"]) == ("current", "unreviewed", "unreviewed")
    assert ran(project, monkeypatch, "accept", "en", "rights/disputes#fee", *by).exit_code == 0
    assert read_articles(project, CODES)[0]["rights/disputes/"]["en"].reviewed["fee"].text == made_from(source)["fee"]


def test_what_would_stop_the_build_is_not_accepted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """*May* for *must* on a page of class A; after the mend it is taken."""
    edit(project, DISPUTES.format("en"), "If you apply for somebody else", "If you apply for another person")
    edit(project, DISPUTES.format("ru"), "Вы обязаны их подписать", "Вы можете их подписать")
    before = (project / DISPUTES.format("ru")).read_bytes()
    for arguments in (("ru", "rights/disputes#apply"), ("--all-of", "rights/disputes")):
        refused = ran(project, monkeypatch, "accept", *arguments)
        assert refused.exit_code == 1
        assert "docs/ru/rights/disputes.md:37:139: apply: this says that one may, where the source says must (“must”)" in refused.output
        assert "Nothing was taken." in refused.output
        assert "data/modality.yaml" in refused.output
    assert (project / DISPUTES.format("ru")).read_bytes() == before
    assert {place for place in waiting_there(project) if place[0] == "zh"} == {("zh", "apply")}, "no language is taken by itself"
    assert ran(project, monkeypatch, "accept", "ko", "rights/disputes#apply").exit_code == 0
    edit(project, DISPUTES.format("ru"), "Вы можете их подписать", "Вы обязаны их подписать")
    assert ran(project, monkeypatch, "accept", "ru", "rights/disputes#apply").exit_code == 0


def test_a_section_is_held_against_its_source_though_the_headings_of_another_differ(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(project, DISPUTES.format("en"), "If you apply for somebody else", "If you apply for another person")
    edit(project, DISPUTES.format("en"), "## What it costs {#fee}", "## What it costs {#costs}")
    edit(project, DISPUTES.format("ru"), "Вы обязаны их подписать", "Вы можете их подписать")
    refused = ran(project, monkeypatch, "accept", "ru", "rights/disputes#apply")
    assert (refused.exit_code, "this says that one may" in refused.output, "its headings" in refused.output) == (1, True, False)


def test_what_does_not_stop_the_build_is_accepted_with_a_remark(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(project, "docs/en/about/index.md", "A doctor must decide on your treatment.", "Your doctor must decide on your treatment.")
    edit(project, "docs/en/about/index.md", "Nobody pays for a place in it.", "Nobody pays for any of the {{=7}} places in it.")
    taken = ran(project, monkeypatch, "accept", "ru", "about#not")
    assert taken.exit_code == 0
    assert "docs/ru/about/index.md:15:" in taken.output
    assert "not: the source has 7 here" in taken.output
    edit(project, "data/treatments/ivf.yaml", "A treatment in which", "A treatment of 3 steps in which")
    taken = ran(project, monkeypatch, "accept", "--all-of", "treatment/ivf")
    assert (taken.exit_code, "3 taken: ko, ru, zh." in taken.output) == (0, True)
    assert "data/treatments/ivf.yaml:8:1: ivf.summary.ru: the source has 3 here (got nothing). Write 3." in taken.output


def test_a_change_of_a_figure_is_no_matter_of_spelling(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = DISPUTES.format("en")
    reference = re.findall(r"\{\{[a-z0-9-]+\.[a-z0-9-]+\}\}", (project / file).read_text(encoding="utf-8"))[0]
    edit(project, file, reference, "{{=24}}")
    refused = ran(project, monkeypatch, "accept", "--trivial", "rights/disputes")
    assert refused.exit_code == 1
    changed = f"[-{reference}-]{{+{{{{=24}}}}+}}"
    assert re.search(r"this is more than spelling: … .{30,50}" + re.escape(changed) + ".{30,50} …$", refused.output, re.MULTILINE)
    assert refused.output.count("this is more than spelling") == 1
    key = next(key for _, key in waiting_there(project))
    for code in ("ko", "ru", "zh"):
        assert f"atlas accept {code} rights/disputes#{key}" in refused.output
    assert waiting_there(project)


def test_must_and_may_are_no_matter_of_spelling(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(project, DISPUTES.format("en"), "You must write the forms", "You may write the forms")
    refused = ran(project, monkeypatch, "accept", "--trivial", "rights/disputes")
    assert (refused.exit_code, "this is more than spelling" in refused.output) == (1, True)
    assert waiting_there(project)


def test_texts_of_records_are_tracked_one_by_one(project: Path, waiting: Waiting) -> None:
    hospital, treatment = "data/hospitals/severance-hospital.yaml", "data/treatments/ivf.yaml"
    record = yaml.safe_load((project / hospital).read_text(encoding="utf-8"))
    edit(project, hospital, record["main_line"]["number"], "+82-2-2228-0001")
    assert not waiting(), "a telephone number is no text"
    edit(project, hospital, record["facts"][0]["text"]["en"][:20], "A changed beginning.")
    edit(
        project, treatment, yaml.safe_load((project / treatment).read_text(encoding="utf-8"))["summary"]["en"][:20], "A changed beginning."
    )
    edit(project, "data/wordings/en.yaml", "nav-home: Home", "nav-home: Start")
    edited = {("institution", "severance-hospital", "facts.0.text"), ("treatment", "ivf", "summary"), ("wording", "nav-home", "")}
    assert waiting() == {(code, *place) for code in ("ko", "ru", "zh") for place in edited}
    ivf = load(project).treatments["ivf"]
    assert ivf.summary.root.keys() == {"en"}, "an outdated text on medicine is shown in its source"
    assert ivf.name.root.keys() == set(CODES)
    found = [unit for unit in all_units(project) if unit.state == "stale"]
    assert accept(project, [unit for unit in found if (unit.language, unit.path) == ("ru", "ivf")]) == 1
    assert load(project).treatments["ivf"].summary.root.keys() == {"en", "ru"}
    assert leaf_texts(project, "treatment")["ivf"]["summary"].others.keys() == {"ko", "zh"}
    assert accept(project, [unit for unit in found if unit.path in {"ivf", "severance-hospital"}]) == 6
    assert leaf_texts(project, "treatment")["ivf"]["summary"].others == {}
    assert {path for _, _, path, _ in waiting()} == {"nav-home"}


def test_what_waits_names_the_command_that_ends_it() -> None:
    unit = Unit("ru", "treatment", "new", "name", True, "stale", "en", None, "New", "Новое", "data/treatments/new.yaml", 3)
    old = replace(unit, path="old", key="summary", old="Old", file="data/treatments/old.yaml")
    said = [one.what for one in outdated([unit, replace(unit, key="summary", language="ko"), old])]
    assert said == [
        "nobody has said yet that the translations (ru, ko) are made: atlas accept --all-of treatment/new",
        "a text (ru) was translated from something else than stands there now: atlas diff treatment/old",
    ]
    texts = [replace(unit, kind="wording", path=path, key="", file="data/wordings/ru.yaml") for path in ("a", "b")]
    assert [one.what.partition("--all-of ")[2] for one in outdated(texts)] == ["wording"]
    assert "wording/a" in next(iter(outdated([*texts, replace(texts[0], path="c", old="Old", file="data/wordings/zh.yaml")]))).what
    assert [one.what for one in outdated([old, replace(old, key="name")])] == [
        "2 texts (ru) were translated from something else than stands there now: atlas diff treatment/old"
    ]


def test_the_reader_is_told(project: Path) -> None:
    """Of class A what has changed and what the source says now; of others a quiet line; never a text that went without a word."""
    edit(project, DISPUTES.format("en"), "Look for the notice on disputes:", "Ask twice. Look for the notice on disputes:")
    edit(project, "docs/en/about/accessibility.md", "{#", "word {#")
    steps = sorted((project / "docs/en/plan").glob("*.md"))
    step = next(path for path in steps if "\nneeds:\n" in path.read_text(encoding="utf-8"))
    need = yaml.safe_load(step.read_text(encoding="utf-8").split("---")[1])["needs"][0]
    edit(project, step.relative_to(project).as_posix(), need, "something quite new")
    docs = stage(project, ORIGIN).docs
    pages = {code: (docs / code / "rights/disputes/index.md").read_text(encoding="utf-8") for code in CODES}
    words = {code: yaml.safe_load((project / f"data/wordings/{code}.yaml").read_text(encoding="utf-8")) for code in CODES}
    for code in ("ko", "ru", "zh"):
        first = pages[code].split("{#first}")[1].split("{#agency}")[0]
        assert first.index(words[code]["section-changed"]) < first.index('<div lang="en">') < first.index("Ask twice.")
        assert words[code]["sentences-added"]["one" if code == "ru" else "other"].replace("{count}", "1") in first
        other = pages[code].split("{#agency}")[1].split("\n## ")[0]
        assert words[code]["section-changed"] not in other
        assert words[code]["section-unreviewed"].split("{")[0].split("(")[0].split("（")[0] in other
        quiet = (docs / code / "about/accessibility/index.md").read_text(encoding="utf-8")
        assert quiet.count(words[code]["section-changed-quiet"]) == 1
        assert "<details" not in quiet
        whole = json.loads((docs / code / "plan/index.md").read_text(encoding="utf-8").split("\n")[1])
        needs = [need for one in whole["view"]["steps"] for need in one["needs"]]
        assert '<span lang="en">something quite new</span>' in needs
    assert "<details" not in pages["en"]


def test_a_page_has_one_source(project: Path) -> None:
    for file, line, what in (
        (DISPUTES.format("ru"), "translated_from: en\n", "both say that they are the source"),
        (DISPUTES.format("en"), None, "none is the source"),
    ):
        before = (project / file).read_text(encoding="utf-8")
        if line:
            edit(project, file, line, "")
        else:
            (project / file).unlink()
        with pytest.raises(FaultyInputError) as error:
            check(project)
        assert any(what in str(fault) and "rights/disputes" in str(fault) for fault in error.value.faults)
        (project / file).write_text(before, encoding="utf-8")


def test_what_is_stored_and_broken_is_told_with_its_place(project: Path) -> None:
    file = project / "data/translations/leaves/treatment.json"
    text = file.read_text(encoding="utf-8")
    for broken, line in ((text.replace("{\n", "{\n<<<<<<< HEAD\n", 1), 2), ("[]", 1), (text.replace('{"en": ', '{"en": 7, "ko": ', 1), 1)):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(FaultyInputError) as error:
            check(project)
        assert {(fault.path, fault.line) for fault in error.value.faults} == {("data/translations/leaves/treatment.json", line)}


def test_texts_that_are_too_many_for_one_file_are_parted_and_read_alike(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, units, there = project / "data/translations/leaves/treatment.json", all_units(project), raw_records(project)["treatment"]
    before = {record: texts for record, texts in leaf_texts(project, "treatment").items() if record in there}
    write_leaf_texts(project, "treatment", before)
    text = whole.read_bytes()
    monkeypatch.setattr(memory, "LONGEST", 400)
    write_leaf_texts(project, "treatment", before)
    parts = {path: path.read_bytes() for path in sorted((whole.parent / "treatment").iterdir())}
    assert not whole.exists()
    assert len(parts) == len(before), "no part holds the texts of all"
    assert (leaf_texts(project, "treatment"), all_units(project)) == (before, units)
    check(project)
    text_of_ivf = yaml.safe_load((project / "data/treatments/ivf.yaml").read_text(encoding="utf-8"))["summary"]["en"]
    edit(project, "data/treatments/ivf.yaml", text_of_ivf[:20], "A changed beginning.")
    assert accept(project, [unit for unit in all_units(project) if unit.state == "stale"]) == 3
    (changed,) = (path for path, content in parts.items() if path.read_bytes() != content)
    whole.write_bytes(changed.read_bytes())
    with pytest.raises(FaultyInputError, match="this stands in another file too"):
        check(project)
    whole.unlink()
    monkeypatch.undo()
    write_leaf_texts(project, "treatment", before)
    assert (whole.read_bytes(), list(whole.parent.glob("treatment/*"))) == (text, [])


def test_accept_writes_what_is_needed_and_nothing_else(project: Path) -> None:
    def files() -> dict[str, bytes]:
        found = (path for top in ("docs", "data") for path in (project / top).rglob("*") if path.is_file())
        return {path.relative_to(project).as_posix(): path.read_bytes() for path in found}

    before = files()
    chosen = [unit for unit in all_units(project) if unit.path in {"rights/disputes/", "ivf"}]
    assert accept(project, chosen) == 0
    assert files() == before, "what is current is left as it is"
    with pytest.raises(ValueError, match="belong together"):
        accept(project, chosen, reviewed_by="lawyer, A. K.")
    for code in ("ko", "ru", "zh"):
        path = project / DISPUTES.format(code)
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^(translated_from|made_from): .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    (project / "data/translations/pages/rights/disputes.json").unlink()
    stored = project / "data/translations/leaves/treatment.json"
    stored.write_text(re.sub(r'^"ivf .*\n', "", stored.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    lost = [unit for unit in all_units(project) if unit.path in {"rights/disputes/", "ivf"}]
    assert {unit.state for unit in lost} == {"stale"}
    assert accept(project, lost) == len(lost)
    after = files()
    gone = "data/translations/leaves/treatment.json"  # the small project has not all treatments: what is stored of the others goes
    assert {name for name in before | after if before.get(name) != after.get(name)} == {gone}
    assert json.loads(after[gone]).items() < json.loads(before[gone]).items()


# The numbers of status/, counted again from the files by other code.


def recounted_sections() -> Iterator[tuple[str, str, str]]:
    for source in sorted((ROOT / "docs/en").rglob("*.md")):
        relative = source.relative_to(ROOT / "docs/en").as_posix()
        present = cut(source.read_text(encoding="utf-8"))[1]
        for code in ("ko", "ru", "zh"):
            path = ROOT / "docs" / code / relative
            if not path.is_file():
                yield from ((code, relative, "missing") for _ in present)
                continue
            front, own = cut(path.read_text(encoding="utf-8"))
            assert front["translated_from"] == "en"
            for key in dict.fromkeys([*present, *own]):
                if key not in own:
                    state = "missing"
                elif key not in present or front["made_from"].get(key) != present[key]:
                    state = "stale"
                else:
                    held = front.get("reviewed", {}).get(key, {}).get("text") == own[key]
                    state = "current" if held or front["critical_class"] == "B" else "unreviewed"
                yield code, relative, state


def cut(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The front matter of a page, and the digest of each section."""
    _, head, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    front = yaml.safe_load(head)
    lines = [f"{name}: {front[name]}" for name in ("title", "description", "lead", "leads_to") if front.get(name)]
    lines += [f"needs: {need}" for need in front.get("needs", [])]
    top, *rest = re.split(r"^(?=## )", body, flags=re.MULTILINE)
    parts = {"top": " ".join([*lines, top])} | {re.findall(r"\{#(.+?)\}", one)[0]: one for one in rest}
    spaced = {key: re.sub(r"\s+", " ", unicodedata.normalize("NFC", part)).strip() for key, part in parts.items()}
    return front, {key: hashlib.sha256(part.encode()).hexdigest()[:12] for key, part in spaced.items() if part}


def recounted_texts() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        if kind.name in {"language", "search-word", "term"}:
            continue
        lock = ROOT / f"data/translations/leaves/{kind.name}.json"
        stored = alike(json.loads(lock.read_text(encoding="utf-8")) if lock.is_file() else {})
        for path in sorted((ROOT / "data").glob(kind.files)):
            value = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
            for record, one in value.items() if kind.table else [(path.stem, value)]:
                for key, texts in by_language(one, ""):
                    yield from text_states(stored.get(form_of(f"{record} {key}"), []), texts, "ko" if key == "names" else "en")
    stored = alike(json.loads((ROOT / "data/translations/leaves/wording.json").read_text(encoding="utf-8")))
    words = {code: yaml.load((ROOT / f"data/wordings/{code}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader) for code in CODES}
    for key in words["en"]:
        yield from text_states(stored.get(key, []), {code: as_lines(words[code][key]) for code in CODES}, "en")


def as_lines(entry: Any) -> str:
    return entry if isinstance(entry, str) else "\n".join(f"{form}: {one}" for form, one in entry.items())


def form_of(key: str) -> str:
    return re.sub(r"\.\d+", ".*", key)


def alike(stored: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What is stored by form of the key: the entries of a list may have moved."""
    found: dict[str, list[dict[str, Any]]] = {}
    for key, one in stored.items():
        found.setdefault(form_of(key), []).append(one)
    return found


def by_language(value: Any, key: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, list):
        value = {str(place): item for place, item in enumerate(value)}
    if not isinstance(value, dict) or key.rpartition(".")[2] in {"basis", "name_basis"}:
        return
    texts = [text for text in value.values() if isinstance(text, str) or (isinstance(text, dict) and "text" in text)]
    if value and set(value) <= set(CODES) and len(texts) == len(value):
        yield key, {code: text if isinstance(text, str) else text["text"] for code, text in value.items()}
        return
    for name, item in value.items():
        yield from by_language(item, f"{key}.{name}".lstrip("."))


def text_states(stored: list[dict[str, Any]], texts: dict[str, str], usual: str) -> Iterator[tuple[str, str]]:
    said = {code: " ".join(text.split()) for code, text in texts.items()}

    def fits(one: dict[str, Any]) -> bool:
        return all(code == "for" or " ".join(text.split()) == said.get(code) for code, text in one.items())

    best = next((one for one in stored if fits(one)), {})
    source = next(code for code in (*(code for code in best if code != "for"), usual, "en", "ko", *texts) if code in texts)
    for code in CODES:
        if code not in texts:
            yield code, "missing"
        elif code != source:
            made_from = best.get("for", {}).get(code, {name: text for name, text in best.items() if name != "for"})
            yield code, "current" if made_from and fits(made_from) else "stale"


def test_the_numbers_of_the_ledger_are_those_of_the_files(site: Site) -> None:
    told = json.loads((site.folder / "status/status.json").read_text(encoding="utf-8"))["translations"]
    counted = list(recounted_sections())
    texts = list(recounted_texts())
    for code in CODES:
        parts = Counter(state for one, _, state in counted if one == code)
        assert told[code]["sections"] == {state: parts[state] for state in STATES}, code
        others = Counter(state for one, state in texts if one == code)
        assert told[code]["texts"] == {state: others[state] for state in STATES}, code
        for state in STATES[1:]:
            files = {file for one, file, its in counted if (one, its) == (code, state)}
            pages = {re.sub(r"(?:(?<=/)|^)index\.md$|\.md$", "/", file).replace("//", "/").lstrip("/") for file in files}
            assert set(told[code]["pages"].get(state, [])) == pages, (code, state)
    for folder, _ in LANGUAGES.values():
        rows = found(site.pages[f"{folder}status/"], "//section[@aria-labelledby='translations']//tbody/tr")
        numbers = [[int(re.sub(r"\D", "", cell.text_content())) for cell in found(row, "./td")] for row in rows]
        assert numbers == [
            [counts[state] for state in STATES] for code in CODES for kind in ("sections", "texts") for counts in [told[code][kind]]
        ]


def test_unreviewed_sections_of_class_a_stand_beside_their_source(site: Site) -> None:
    for code in ("ko", "ru", "zh"):
        folder, _ = LANGUAGES[code]
        body = site.pages[f"{folder}rights/disputes/"]
        front, own = cut((ROOT / DISPUTES.format(code)).read_text(encoding="utf-8"))
        assert front["critical_class"] == "A"
        folds = found(body, "//details[@class='src']")
        assert len(folds) == len(own) - len(front.get("reviewed", {}))
        for fold in folds:
            assert not fold.get("open")
            assert found(fold, "./div[@lang='en']")
            assert found(fold, "./summary[not(@lang)]")
        entries = "".join(path.read_text(encoding="utf-8") for path in (site.folder / folder / "search").rglob("*.json"))
        assert "Speak to the hospital first. If that does not help" not in entries, "search does not find the source beside it"
    assert not found(site.pages["rights/disputes/"], "//details[@class='src']")
