"""What is handed to a translator comes back as it went, with nothing lost, and nothing else is touched."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from atlas.__main__ import cli
from atlas.article import Article, read_articles
from atlas.atlas import Atlas
from atlas.fault import Fault, FaultyInputError
from atlas.handoff import command, writing
from atlas.handoff.block import rebuilt, texts
from atlas.handoff.code import marks, tokens, written
from atlas.handoff.command import exported, packed, read
from atlas.handoff.glossary import Glossary
from atlas.handoff.guard import Tongue, troubles
from atlas.handoff.number import months, numbers
from atlas.handoff.pagetext import translated
from atlas.handoff.parcel import Passage, Segment
from atlas.handoff.po import read_back
from atlas.handoff.scalar import edited
from atlas.handoff.taking import Outcome, Taken, taken
from atlas.handoff.writing import write
from atlas.handoff.xliff import CORE, GLOSSARY, MATCHES, SIZES, xliff
from atlas.handoff.xliffreading import read_xliff, text_of
from atlas.staging import check
from atlas.translation.state import PAGE, Unit, page_units, units
from atlas.yamltext import read_yaml
from tests.test_a_fifth_language_needs_no_code import add_kazakh

SCHEMA = Path(__file__).parent / "xliff" / "xliff_core_2.0.xsd"
PAGES = {"rights/disputes/", "rights/consent/", "plan/care/", "about/evidence/", "about/corrections/"}
KINDS = {"wording", "institution", "entry-rule", "round"}
WORDINGS = ("nav-", "span-", "door-", "quantity-", "foot-")
PLENTY = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
TONGUES = {
    "en": Tongue("en", "en", "en"),
    "ru": Tongue("ru", "ru", "ru"),
    "ko": Tongue("ko", "ko", "ko"),
    "zh": Tongue("zh", "zh-Hans", "zh_Hans"),
}


@dataclass(frozen=True)
class Project:
    """A small project in which an English page and a text have changed, and a Russian page is missing."""

    root: Path
    atlas: Atlas
    articles: Mapping[str, Mapping[str, Article]]
    units: tuple[Unit, ...]
    gone: str
    """The Russian page that was there."""

    def wanted(self, *, language: str = "ru", states: str = "missing stale unreviewed current") -> list[Unit]:
        return [
            one
            for one in self.units
            if one.language == language and one.source_language == "en" and one.new.strip() and one.state in states.split()
            if (one.path in PAGES if one.kind == PAGE else one.kind in KINDS and (one.kind != "wording" or one.path.startswith(WORDINGS)))
        ]

    def passages(self, *, language: str = "ru", states: str = "missing stale unreviewed current") -> list[Passage]:
        return exported(self.wanted(language=language, states=states), self.atlas, self.articles)

    def packed(self, passages: list[Passage], form: str = "xliff", language: str = "ru") -> bytes:
        return packed(passages, form, "en", language, self.atlas, self.articles)

    def taken(self, content: bytes, units: list[Unit] | None = None) -> Outcome:
        text = text_of(content, "back")
        delivery = read_xliff(text, "back") if text.startswith("<") else read_back(text, "back")
        return taken(delivery, self.units if units is None else units, self.atlas, self.articles)


CHANGED = "before you leave Korea"
GONE = "rights/consent"


@pytest.fixture(scope="module")
def project_(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = Path(shutil.copytree(template, tmp_path_factory.mktemp("handoff"), dirs_exist_ok=True))
    _change(root / "docs/en/rights/disputes.md", "while you are in Korea", CHANGED)
    _change(root / "data/rounds.yaml", "For 2026 the state gives", "In 2026 the state gives")
    gone = root / f"docs/ru/{GONE}.md"
    page = gone.read_text(encoding="utf-8")
    gone.unlink()
    atlas, articles = check(root)
    return Project(root, atlas, articles, units(root, atlas, articles), page)


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


# Cutting and putting together

INLINE = st.sampled_from(
    [
        "word",
        "два",
        "{{caps.clinic}}",
        "{{^act@2025}}",
        "[a **b** c](../x.md#y)",
        '<span lang="ko">한국어</span>',
        "`code`",
        "*said*",
        "a | b",
        "**",
    ]
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    LINE,
    st.builds("{}\n{}".format, LINE, LINE),
    st.builds("{} {} {{#an-id}}".format, st.sampled_from(["##", "###"]), LINE),
    st.lists(st.builds("{} {}".format, st.sampled_from(["-", "*", "1.", "  -"]), LINE), min_size=1, max_size=3).map("\n".join),
    st.lists(LINE, min_size=2, max_size=2).map(lambda cells: f"| {cells[0]} | x |\n|---|:-:|\n| {cells[1]} |  |"),
    st.builds("{}\n:   {}".format, LINE, LINE),
    st.sampled_from(["{{pages}}", "> quoted"]),
)
BODY = st.lists(BLOCK, max_size=6).flatmap(lambda found: st.sampled_from(["\n\n", "\n\n\n"]).map(lambda gap: gap.join(found) + "\n"))


@PLENTY
@given(BODY)
def test_a_page_is_put_together_again_byte_for_byte(body: str) -> None:
    assert rebuilt(body, texts(body)) == body
    for text in texts(body):
        assert written(tokens(text)) == text
    assert "#an-id" not in "".join(texts(body))  # ids are never handed out


PART = st.sampled_from([*"ab ж한中:#,{}[]'\"-!&*|>%@`\\?0123.~", "no", "null", ": ", " #"])
TEXT = st.lists(PART, min_size=1, max_size=12).map("".join).filter(str.strip)
SCALAR = st.sampled_from(["plain", '"quoted"', "'single'", "a: b".join("''")])


@PLENTY
@given(TEXT, SCALAR, st.sampled_from(["{{en: {}, ko: 가}}", "\n    en: {}  # why\n    ko: 가"]), st.sampled_from(["en", "ru", "zh"]))
def test_a_text_is_changed_where_it_stands_and_nothing_else(new: str, old: str, group: str, language: str) -> None:
    if ": " in old and old[0] not in "'\"":
        old = f"'{old}'"
    text = f"# top\nrecord:\n  name: {group.format(old)}\n  other: [1, 2]  # end\n"
    known = read_yaml(text, "")[0].value
    changed = edited(text, {("record", "name", language): new}, ("en", "ko", "ru", "zh"))
    value = read_yaml(changed, "")[0].value
    assert value["record"]["name"] == {**known["record"]["name"], language: new}
    assert list(value["record"]["name"]) == sorted(value["record"]["name"])
    assert value["record"]["other"] == (1, 2)
    lines = changed.split("\n")
    assert {"# top", "  other: [1, 2]  # end"} <= set(lines)
    if language == "en" and "# why" in text:
        assert next(line for line in lines if "en:" in line).endswith("  # why")
    assert edited(text, {("record", "name", "ko"): "가"}) == text


def test_a_page_keeps_its_own_frame_and_quotes() -> None:
    source = _article("en", "## One {#one}\n\n- a\n- b\n\n| x | y |\n|---|---|\n")
    own = _article("ru", "## Раз  {#one}\n\n\n*  а\n*   б\n\n|  х |у|\n|:-:|---|\n\n")
    head = "---\ntitle: 'Раз'  # so\ndescription: Два\nlead: \"Три\"\n---\n\n"
    targets = {
        "top": {"title": "Раз два", "description": "Два три", "lead": "Три"},
        "one": {"1": "Раз", "2": "а", "3": "в", "4": "х", "5": "у"},
    }
    made = translated(source, "", own, head + own.body, targets)
    assert made == head.replace("'Раз'", "'Раз два'").replace("Два", "Два три") + own.body.replace("б", "в")
    turned = translated(source, "", replace(own, body="## Раз {#one}\n\nа\n"), head + "## Раз {#one}\n\nа\n", targets)
    assert turned.endswith("## Раз {#one}\n\n- а\n- в\n\n| х | у |\n|---|---|\n")  # built otherwise: it takes the frame of the source


def _article(language: str, body: str) -> Article:
    return Article("x/", language, "t", "d", "l", "about", 0, "B", (), "", None, "2026-11-22", None, body, 1, f"docs/{language}/x.md", {})


# Out and back


@pytest.mark.parametrize("form", ["xliff", "po"])
def test_what_nobody_touched_changes_nothing(project_: Project, form: str) -> None:
    passages = project_.passages()
    content = project_.packed(passages, form)
    assert content == project_.packed(passages, form)
    outcome = project_.taken(content)
    assert (outcome.taken, outcome.faults, outcome.unfinished) == ((), (), ())
    assert outcome.unchanged == len(passages) > 300


@pytest.mark.parametrize("language", ["ru", "ko", "zh"])
def test_writing_every_translation_anew_changes_no_byte(project_: Project, tmp_path: Path, language: str) -> None:
    for folder in ("data", "docs"):
        shutil.copytree(project_.root / folder, tmp_path / folder)
    whole = [
        Taken(one, {segment.id: segment.target for segment in one.segments if segment.target is not None}, 1)
        for one in project_.passages(language=language)
        if all(segment.target is not None for segment in one.segments)
    ]
    assert len(whole) > 300
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.*")}
    write(tmp_path, whole, project_.atlas, project_.articles)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.*")} == before


def test_the_file_is_valid_xliff(project_: Project) -> None:
    schema = etree.XMLSchema(file=str(SCHEMA))
    content = project_.packed(project_.passages())
    root = etree.fromstring(content)
    assert schema.validate(root), schema.error_log
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.0", "en", "ru")
    for unit in root.iter(f"{{{CORE}}}unit"):  # what the schema does not ask: ids are told apart, every code has its data
        known = {str(data.get("id")) for data in unit.iterfind(f"{{{CORE}}}originalData/{{{CORE}}}data")}
        asked = {
            str(one.get(name)) for one in unit.iterfind(f"{{{CORE}}}segment//*") for name in one.attrib if str(name).startswith("dataRef")
        }
        assert asked == known
        for text in unit.iterfind(f"{{{CORE}}}segment/*"):
            ids = [str(one.get("id")) for one in text.iter(f"{{{CORE}}}ph", f"{{{CORE}}}pc")]
            assert len(ids) == len(set(ids))
    for file in root.iterfind(f"{{{CORE}}}file"):
        ids = [str(unit.get("id")) for unit in file.iter(f"{{{CORE}}}unit")]
        assert len(ids) == len(set(ids))


def test_the_translator_sees_what_changed_with_terms_and_limits(project_: Project) -> None:
    root = etree.fromstring(project_.packed(project_.passages(states="stale missing")))
    said = {str(unit.get("id")): unit for unit in root.iter(f"{{{CORE}}}unit")}
    changed = said["first:4"]
    assert changed.find(f"{{{CORE}}}segment/{{{CORE}}}target") is None
    match = changed.find(f"{{{MATCHES}}}matches/{{{MATCHES}}}match")
    assert match is not None
    assert [etree.tostring(text, method="text", encoding="unicode").strip() for text in list(match)[-2:]] == [
        "Get copies of your records while you are in Korea.",
        "Получите копии своих документов, пока вы в\u00a0Корее.",
    ]
    assert said["first:2"].find(f"{{{CORE}}}segment").get("state") == "translated"  # type: ignore[union-attr]
    assert said["top:title"].get(f"{{{SIZES}}}sizeRestriction") == "200"
    pairs = {(str(entry[0].text), str(entry[1].text)) for entry in root.iter(f"{{{GLOSSARY}}}glossEntry")}
    assert ("patient rights", "права пациента") in pairs
    notes = [str(note.text) for note in root.iter(f"{{{CORE}}}note")]
    assert any(re.fullmatch(r"\{\{line:medical-korea\}\} prints: .*1577.*", note) for note in notes)


def test_an_independent_reader_reads_the_po_file(project_: Project, tmp_path: Path) -> None:
    (tmp_path / "x.po").write_bytes(project_.packed(project_.passages(states="stale missing"), "po"))
    found = {entry.msgctxt: entry for entry in polib.pofile(str(tmp_path / "x.po"), check_for_duplicates=True)}
    changed = found["page.rights.disputes#first:4"]
    assert changed.fuzzy
    assert changed.previous_msgid == "Get [copies of your records](records.md) while you are in Korea."
    assert changed.msgid == changed.previous_msgid.replace("while you are in Korea", CHANGED)
    assert changed.msgstr == "Получите [копии своих документов](records.md), пока вы в\u00a0Корее."
    assert not found["page.rights.disputes#first:2"].fuzzy
    assert "max-length:200" in found["page.rights.consent#top:title"].flags
    assert not found["page.rights.consent#top:title"].msgstr


def _filled(content: bytes, said: Mapping[str, str], *, state: str = "translated") -> bytes:
    """The file as a translator sends it back: the units named get these targets, their codes as in the source."""
    root = etree.fromstring(content)
    for unit in root.iter(f"{{{CORE}}}unit"):
        if (text := said.get(str(unit.get("id")))) is not None:
            segment = _one(unit, "segment")
            for old in segment.findall(f"{{{CORE}}}target"):
                segment.remove(old)
            codes = {str(code.get("id")): code for code in segment.iter(f"{{{CORE}}}ph", f"{{{CORE}}}pc")}
            target = etree.SubElement(segment, f"{{{CORE}}}target")
            target.text, *parts = re.split(r"<(\d+)(?:=(.*?))?>", text)
            for number, inner, tail in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
                code = etree.SubElement(target, codes[number].tag, {str(key): str(value) for key, value in codes[number].attrib.items()})
                code.text, code.tail = inner, tail
            segment.set("state", state)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _one(element: etree._Element, name: str) -> etree._Element:
    found = element.find(f"{{{CORE}}}{name}")
    assert found is not None
    return found


NEW = {"first:4": "Получите <1=копии своих документов>, прежде чем уехать из Кореи."}


def _as_it_is(monkeypatch: pytest.MonkeyPatch, root: Path, known: Project) -> None:
    """The commands work on this copy of the project; what of it has been read need not be read again, but what comes out is checked."""
    monkeypatch.setattr(command, "ROOT", root)
    monkeypatch.setattr(command, "check", lambda _: (known.atlas, read_articles(root, tuple(known.atlas.site_languages))[0]))


def _files(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.*") if file.is_file()}


def test_only_the_changed_sentence_changes_and_nobody_has_reviewed_it(
    project_: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(shutil.copytree(project_.root, tmp_path / "p"))
    _as_it_is(monkeypatch, root, project_)
    file = tmp_path / "back.xlf"
    out = CliRunner().invoke(cli, ["export", "--lang", "ru", "--what", "stale", "-o", str(file), "rights/disputes"])
    assert (out.exit_code, out.output) == (0, f"1 sections and texts with 6 segments in {file}.\n")
    file.write_bytes(_filled(file.read_bytes(), NEW))
    before = _files(root)
    done = CliRunner().invoke(cli, ["import", str(file), "--write"])
    assert done.exit_code == 0, done.output
    after = _files(root)
    page = "docs/ru/rights/disputes.md"
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} == {
        page,
        "data/translations/pages/rights/disputes.json",
    }
    lines = zip(before[page].decode().split("\n"), after[page].decode().split("\n"), strict=True)
    assert [now for was, now in lines if was != now and not now.startswith("made_from: ")] == [
        "3. Получите [копии своих документов](records.md), прежде чем уехать из Кореи."
    ]
    articles, _ = read_articles(root, tuple(project_.atlas.site_languages))
    found = list(page_units(root, articles["rights/disputes/"], tuple(project_.atlas.site_languages)))
    assert [one.state for one in found if (one.language, one.key) == ("ru", "first")] == ["unreviewed"]
    assert b"reviewed:" not in after[page]
    again = taken(read(file), found, project_.atlas, articles)
    assert (again.unchanged, again.taken, again.faults) == (1, (), ())


def test_a_page_that_was_missing_is_made_from_its_segments(project_: Project, tmp_path: Path) -> None:
    passages = [one for one in project_.passages(states="missing") if one.unit.path == f"{GONE}/"]
    (tmp_path / "was.md").write_text(project_.gone, encoding="utf-8")
    body = project_.gone.split("\n---\n", 1)[1]
    told = iter(texts(body))
    fields = {name: re.search(rf'^{name}: "?(.*?)"?$', project_.gone, re.MULTILINE)[1] for name in ("title", "description", "lead")}  # type: ignore[index]
    rows = [
        Taken(one, {segment.id: fields[segment.id] if segment.id in fields else next(told) for segment in one.segments}, 1)
        for one in passages
    ]
    shutil.copytree(project_.root / "docs", tmp_path / "docs")
    write(tmp_path, rows, project_.atlas, project_.articles)
    made = (tmp_path / f"docs/ru/{GONE}.md").read_text(encoding="utf-8")

    def bare(text: str) -> str:
        text = re.sub(r"^(?:made_from|read_again_on|translated_from):.*\n", "", text, flags=re.MULTILINE)
        return re.sub(r'^(\w+): "?(.*?)"?$', r"\1: \2", text, flags=re.MULTILINE)

    assert bare(made) == bare(project_.gone)
    assert "read_again_on" not in made


def test_a_growing_language_comes_back_too(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was missing and the text of a record, into a language that is only begun; nothing else changes."""
    root = Path(shutil.copytree(template, tmp_path / "p"))
    add_kazakh(root)
    atlas, articles = check(root)
    _as_it_is(monkeypatch, root, Project(root, atlas, articles, (), ""))
    page, file = root / "docs/kk/about/licence.md", tmp_path / "kk.xlf"
    was = page.read_text(encoding="utf-8")
    sent = []
    for _ in range(2):  # with the page, for its translation, and without it
        out = CliRunner().invoke(cli, ["export", "--lang", "kk", "--what", "all", "-o", str(file), "about/licence", "treatment/ivf"])
        assert out.exit_code == 0, out.output
        sent.append(etree.fromstring(file.read_bytes()))
        page.unlink(missing_ok=True)
    assert sent[1].get("trgLang") == "kk"
    translated_, missing = ({str(unit.get("id")): _one(unit, "segment") for unit in one.iter(f"{{{CORE}}}unit")} for one in sent)
    for key, segment in missing.items():
        if (target := translated_[key].find(f"{{{CORE}}}target")) is not None:
            segment.append(target)
            segment.set("state", "translated")
    content = etree.tostring(sent[1])
    before = _files(root)
    file.write_bytes(re.sub(rb"(<target>[^<]*)<ph [^>]*/>", rb"\1", content, count=1))
    lost = CliRunner().invoke(cli, ["import", str(file), "--write"])
    assert (lost.exit_code, "{{=4.0}}" in lost.output, _files(root) == before) == (1, True, True)
    file.write_bytes(_filled(content, {"ivf:summary:text": "Жатырдан тыс ұрықтандыру."}))
    done = CliRunner().invoke(cli, ["import", str(file), "--write"])
    assert done.exit_code == 0, done.output
    after = _files(root)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    stored = "data/translations/leaves/treatment.json"  # the small project has not all treatments: what is stored of the others goes
    assert changed == {"docs/kk/about/licence.md", "data/treatments/ivf.yaml", stored}
    assert page.read_text(encoding="utf-8").split("\n---\n", 1)[1] == was.split("\n---\n", 1)[1]
    assert "  kk: Жатырдан тыс ұрықтандыру.\n" in after["data/treatments/ivf.yaml"].decode()
    versions = read_articles(root, tuple(atlas.site_languages))[0]["about/licence/"]
    assert {one.state for one in page_units(root, versions, tuple(atlas.site_languages)) if one.language == "kk"} == {"current"}


# What is refused


def _faults(outcome: Outcome) -> list[str]:
    return [f"{fault.field}: {fault.what}" for fault in outcome.faults]


@pytest.fixture(scope="module")
def kept(project_: Project) -> list[tuple[Passage, Segment]]:
    """Segments with something in them that a translation must keep."""
    return [
        (one, segment)
        for language in ("ru", "ko", "zh")
        for one in project_.passages(language=language)
        for segment in one.segments
        if segment.done and segment.target and len(one.segments) < 12
        if marks(tokens(segment.source)) or re.search(r"\d", segment.source)
        if not list(troubles(segment, segment.target, TONGUES["en"], TONGUES[language]))
    ]


def test_a_lost_placeholder_digit_or_link_is_always_refused(project_: Project, kept: list[tuple[Passage, Segment]]) -> None:
    chance = random.Random(8)
    assert len(kept) > 300
    lost = {"digit": 0, "alone": 0, "start": 0}
    for passage, segment in [*(row for row in kept if "](" in row[1].source), *chance.sample(kept, 60)]:
        content = xliff([passage], "en", TONGUES[passage.unit.language].tag, _Silent())  # type: ignore[arg-type]
        root = etree.fromstring(content)
        [unit] = [unit for unit in root.iter(f"{{{CORE}}}unit") if unit.get("id") == f"{passage.id}:{segment.id}"]
        target = _one(_one(unit, "segment"), "target")
        codes = [*target.iter(f"{{{CORE}}}ph", f"{{{CORE}}}pc")]
        texts_ = [(one, name) for one in target.iter() for name in ("text", "tail") if one is not target or name == "text"]
        digits = [(one, name, at) for one, name in texts_ for at, letter in enumerate(getattr(one, name) or "") if letter.isdigit()]
        digits = [one for one in digits if _counts(segment, passage)] if digits else []
        if codes and (not digits or chance.random() < 0.3):
            code = chance.choice(codes)
            lost["alone" if code.tag.endswith("ph") else "start"] += 1
            etree.strip_tags(target, "doomed")
            code.tag = "doomed"
            if code.get("dataRef"):
                code.text = None
            etree.strip_tags(target, "doomed")
        elif digits:
            one, name, at = chance.choice(digits)
            lost["digit"] += 1
            text = getattr(one, name)
            setattr(one, name, text[:at] + text[at + 1 :])
        else:
            continue
        outcome = project_.taken(etree.tostring(root), [passage.unit])
        assert outcome.taken == ()
        assert f"{passage.name} {segment.id}" in {fault.field for fault in outcome.faults}, (outcome, segment, etree.tostring(target))
    assert min(lost.values()) >= 5, lost


def _counts(segment: Segment, passage: Passage) -> bool:
    """Whether the digits of the translation are those of the source: 2주 for *two weeks* has lost nothing that was there."""
    locale = TONGUES[passage.unit.language].locale
    assert segment.target is not None
    return numbers(segment.target, locale).keys() <= (numbers(segment.source, "en") + months(segment.source, "en")).keys()


class _Silent:
    """Stands in for the notes, which take their time."""

    def of_passage(self, passage: Passage) -> Iterator[tuple[str, str]]:
        yield from ()

    def of_segment(self, passage: Passage, segment: Segment) -> Iterator[tuple[str, str]]:
        yield from ()

    def prints(self, data: str, passage: Passage) -> str:
        return ""


def test_in_po_too(project_: Project) -> None:
    [passage] = [one for one in project_.passages(states="stale") if one.unit.key == "first"]
    text = project_.packed([passage], "po").decode()
    for old, new, told in (
        ("{{line:medical-korea}}. Он", "линия. Он", "the translation has lost the reference {{line:medical-korea}}"),
        ("страхование. После", "страхование в 2019 году. После", "the translation has the number 2019, which the source has not"),
        ("[«Копии документов и закрытые клиники»](records.md)", "копии", "the translation has lost the link to records.md"),
        ("(records.md). Затем", "(record.md). Затем", "the translation has lost the link to records.md"),
    ):
        assert text.count(old) == 1, old
        said = _faults(project_.taken(text.replace(old, new).encode()))
        assert said
        assert said[0].endswith(told), said


def test_a_refusal_says_place_and_remedy(project_: Project) -> None:
    content = _filled(project_.packed(project_.passages(states="stale")), {"first:4": "Получите копии своих документов."})
    [fault] = project_.taken(content).faults
    line = 1 + next(number for number, row in enumerate(content.decode().split("\n")) if 'id="first:4"' in row)
    assert str(fault) == (
        f"back:{line}:1: /rights/disputes/#first 4: the translation has lost the link to records.md (got 0 times, in the source 1). "
        "Put it back where it belongs: […](records.md)"
    )


def test_a_case_may_be_typed_behind_a_code(project_: Project) -> None:
    [unit] = [one for one in project_.units if (one.language, one.path, one.key) == ("ru", "rights/disputes/", "limits")]
    [passage] = exported([unit], project_.atlas, project_.articles)
    content = project_.packed([passage])
    said = "Требовать можно в течение <1>:genitive, а также <2>. Публикация (<3>). Спросите юриста."
    outcome = project_.taken(_filled(content, {"limits:2": said}), [unit])
    assert outcome.faults == ()
    [row] = outcome.taken
    assert row.targets["2"].startswith(
        "Требовать можно в течение {{dispute-limits.act:genitive}}, а также {{dispute-limits.knowledge:genitive}}."
    )


def test_units_that_are_lost_doubled_or_unknown_are_refused(project_: Project) -> None:
    content = _filled(project_.packed(project_.passages(states="stale")), NEW).decode()
    unit = re.search(r'<unit id="first:3".*?</unit>', content, re.DOTALL)
    assert unit
    for changed, told in (
        (content.replace(unit[0], ""), "/rights/disputes/#first 3: this segment is lost"),
        (content.replace(unit[0], unit[0] * 2), "/rights/disputes/#first 3: this segment stands here twice"),
        (
            content.replace('id="first:3"', 'id="first:33"'),
            "/rights/disputes/#first 33: the source has changed since this file was exported",
        ),
        (content.replace('id="first:3"', 'id="third:3"'), "page.rights.disputes:third: the project has no such text to translate"),
        (
            content.replace('<target>Получите <pc id="1"', '<target>Получите <pc id="7"'),
            "/rights/disputes/#first 4: this code does not belong to the segment",
        ),
        (content.replace("<target>Получите ", "<target>- Получите "), "/rights/disputes/#first 4: the translation does not stay one text"),
        (content.replace("<target>Получите ", "<target>"), ""),
    ):
        outcome = project_.taken(changed.encode())
        assert changed != content
        assert (told in " ".join(_faults(outcome))) if told else (outcome.faults == () and len(outcome.taken) == 1), (told, outcome)


def test_a_file_of_an_older_source_is_refused_where_it_is_older(project_: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = project_.passages(states="stale")
    text = "Министерство выделяет в 2026 году 450 млн вон каждому месту. За 3 года это около 1,3 млрд вон."
    [facts] = [f"{one.id}:text" for one in stale if one.unit.kind == "round"]
    content = _filled(project_.packed(stale), {**NEW, facts: text})
    root = Path(shutil.copytree(project_.root, tmp_path / "p"))
    _change(root / "docs/en/rights/disputes.md", CHANGED, "before you fly home")
    _as_it_is(monkeypatch, root, project_)
    (tmp_path / "old.xlf").write_bytes(content)
    refused = CliRunner().invoke(cli, ["import", str(tmp_path / "old.xlf"), "--write"])
    assert refused.exit_code == 1
    assert "/rights/disputes/#first 4: the source has changed since this file was exported" in refused.output
    assert _files(root / "data") == _files(project_.root / "data")
    table = (root / "data/rounds.yaml").read_bytes()
    partly = CliRunner().invoke(cli, ["import", str(tmp_path / "old.xlf"), "--write", "--partly"])
    assert partly.exit_code == 1
    assert "1 sections and texts taken" in partly.output
    lines = zip(table.decode().split("\n"), (root / "data/rounds.yaml").read_text(encoding="utf-8").split("\n"), strict=True)
    assert [now.strip() for was, now in lines if was != now] == [f'ru: "{text}"']


def test_a_newer_translation_is_not_undone(project_: Project) -> None:
    [unit] = [one for one in project_.units if (one.language, one.kind, one.path, one.key) == ("ru", "wording", "nav-home", "")]
    content = project_.packed(exported([unit], project_.atlas, project_.articles))
    newer = replace(unit, text="На главную")
    untouched = project_.taken(content, [newer])
    assert (untouched.unchanged, untouched.taken, untouched.faults) == (1, (), ())
    other = content.replace("Главная".encode(), "Начало".encode())
    assert _faults(project_.taken(other, [newer])) == [
        "wording nav-home text: the translation was changed in the project since this file was exported"
    ]


HOSTILE = {
    "entities": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff version="2.0">&b;</xliff>',
        "a document type or an entity stands here",
    ),
    "a file of the machine": (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff/>', "a document type or an entity stands here"),
    "another encoding": ("<xliff>Привет</xliff>".encode("cp1251"), "this is not UTF-8 text"),
    "a lie about it": (b'<?xml version="1.0" encoding="windows-1251"?><xliff/>', "this file says that it is in another encoding"),
    "no XML": (b"<xliff><file></xliff>", "this is not XML"),
    "too deep": (b"<a>" * 5000, "this is not XML"),
    "XLIFF 1.2": (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', "this is not XLIFF 2"),
    "a web page": (b"<html><body/></html>", "this is not XLIFF 2"),
    "no PO": (b"PK\x03\x04 something", "this is not a PO file"),
    "a Cyrillic PO": (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI8-R\\n"\n', "this file says that it is in another encoding"),
    "no language": (f'<xliff xmlns="{CORE}" version="2.0" srcLang="en" trgLang="de"/>'.encode(), "the site has no such language"),
    "one language": (
        f'<xliff xmlns="{CORE}" version="2.0" srcLang="ru" trgLang="ru"/>'.encode(),
        "source and translation are in one language",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(project_: Project, tmp_path: Path, name: str) -> None:
    content, told = HOSTILE[name]
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(FaultyInputError) as error:
        taken(read(tmp_path / "x"), (), project_.atlas, project_.articles)
    [fault] = error.value.faults
    assert (fault.path, fault.what) == ("x", told)


def test_what_only_the_check_finds_is_told_at_its_segment(project_: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_ = project_.taken(_filled(project_.packed(project_.passages(states="stale")), NEW)).taken
    for folder in ("data", "docs"):
        shutil.copytree(project_.root / folder, tmp_path / folder)

    def found(root: Path) -> None:
        rows = (root / "docs/ru/rights/disputes.md").read_text(encoding="utf-8").split("\n")
        line = next(number for number, row in enumerate(rows, 1) if "уехать" in row)
        raise FaultyInputError([Fault("docs/ru/rights/disputes.md", line, 4, "text", "this form is wrong", "got", "Write another.")])

    monkeypatch.setattr(writing, "check", found)
    with pytest.raises(FaultyInputError) as error:
        writing.prove(tmp_path, taken_, project_.atlas, project_.articles, "back.xlf")
    [fault] = error.value.faults
    assert (fault.path, fault.field) == ("back.xlf", "/rights/disputes/#first")
    assert fault.what.startswith("this form is wrong (would stand in docs/ru/rights/disputes.md:")


def test_a_file_without_end_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "x.po").open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(FaultyInputError, match="this file is too large"):
        read(tmp_path / "x.po")


def test_another_script_is_noticed(project_: Project) -> None:
    content = _filled(project_.packed(project_.passages(states="stale")), {"first:4": "请在离开韩国之前领取您的<1=病历副本>，并妥善保管。"})
    assert "this is in another script" in " ".join(_faults(project_.taken(content)))


@pytest.mark.parametrize(
    ("source", "target", "language", "right"),
    [
        ("KRW 450 million", "4억 5,000만 원", "ko", True),
        ("364,189 patients", "36만 4,189명", "ko", True),
        ("Article 58 of 2010", "2010년 제58조", "ko", True),
        ("1.46 million on 3 November", "11月3日，146万人", "zh", True),
        ("10,000 of 2.5", "10\u00a0000 из 2,5", "ru", True),
        ("two weeks", "2주", "ko", True),
        ("30 days", "3 дня", "ru", False),
        ("3 November", "3일", "ko", False),
        ("KRW 450 million", "450만 원", "ko", False),
    ],
)
def test_numbers_are_compared_as_languages_write_them(source: str, target: str, language: str, right: bool) -> None:
    segment = Segment("1", "text", source, None, False, None, None)
    found = [one for one in troubles(segment, target, TONGUES["en"], TONGUES[language]) if "number" in one.what]
    assert (not found) is right


def test_terms_are_found_in_their_forms_and_not_in_other_words(project_: Project) -> None:
    glossary = Glossary(project_.atlas.terms, "en", "ru")
    assert [pair.term for pair in glossary.pairs("Two companions came, or the patients' diagnoses.")] == [
        "companion",
        "patient",
        "diagnosis",
    ]
    assert glossary.pairs("An impatient company accompanied him.") == ()
