"""Promise 1 in prose: a written page types no figure; it names records, whose value, source and date stand in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from atlas.fault import FaultyInputError
from atlas.linking import link
from atlas.particle import PAIRS, with_particle
from atlas.prose import unread, unused_facts
from atlas.records.figure import Day, LawArticle, Quantity
from atlas.reference import look_up, named_records, references
from atlas.staging import check, record_paths, stage
from atlas.trace import Articles, Trace
from atlas.views.article import children
from atlas.views.figure import Said, figure_text
from atlas.views.reader import Reader
from atlas.wording import Wording
from tests.conftest import LANGUAGES, ROOT, Site, checked, found
from tests.test_one_fact_four_languages import changed

ATLAS, ARTICLES = checked()
NAMED = named_records(ATLAS)
LINKS = link(ATLAS, ARTICLES)
READERS = {
    code: Reader(code, ATLAS, LINKS, Wording(code, one.locale, ATLAS.wordings[code], myriads=one.myriads))
    for code, one in ATLAS.site_languages.items()
}
GUIDES = sorted(path for path in ARTICLES if path not in record_paths(ATLAS))
PLACE = "docs/en/rights/consent.md"
TRACED = (
    "//*[@data-fact or @data-share or @data-count or @data-literal]",
    "//a[@class='ref']",
    "//small[@class='when']",
    "//*[@class='unsure small' or @class='rules' or @class='kind' or @class='p small muted' or @class='small muted']",
    "//section[@aria-labelledby='src' or @id='helplines']",
    "//*[contains(@class, 'seal')]",
    "//figcaption | //svg | //table//th | //dl",
    "//*[contains(@class, 'series')]//h2 | //*[contains(@class, 'whole')]//h2",
    "//a[contains(@href, '/visa/') or contains(@href, 'tel:')]",
)
"""What prints figures of records by other ways than prose: charts and their tables, helplines, rules, sources, names of records."""
Faults = Callable[[str, str, str], list[str]]


def planted(faults_after: Faults, text: str, file: str = PLACE) -> list[str]:
    """The faults after a sentence was written at the end of a page, without their file."""
    body = (ROOT / file).read_text(encoding="utf-8")
    last = body.rstrip().rsplit("\n", 1)[-1]
    found = faults_after(file, last, f"{last}\n\n{text}")
    for fault in found:
        line, column, got = re.match(rf"{file}:(\d+):(\d+): .*?\(got \"([^…]*?)…?\"\)", fault, re.DOTALL).groups()  # type: ignore[union-attr]
        before = text[: text.rindex(got)] if got in text else ""
        assert int(line) == body.rstrip().count("\n") + 3 + before.count("\n"), fault
        inside = before.rpartition("\n")[2]
        assert int(column) - 1 <= len(inside) <= int(column) + 4 or (int(column) == 1 and inside.startswith("#")), fault
    return [fault.split(": text: ", 1)[1] for fault in found]


FIGURE = "Put it into data/facts/ and write {{fact.figure}}"
PHONE = "Write {{line:id}} for a helpline, or put it into data/facts/."
MISTAKES = {
    "It takes 12 days.": ("a number is typed into the text", "12", f"{FIGURE}, or {{{{=12}}}} where it is no fact."),
    "It costs KRW 20,000 a day.": ("an amount is typed into the text", "KRW 20,000", f"{FIGURE}."),
    "Call 02-6210-0080 now.": ("a telephone number is typed into the text", "02-6210-0080", PHONE),
    "Call 119 now.": ("a telephone number is typed into the text", "119", PHONE),
    "Ask for a C-3-3 visa.": (
        "a visa code is typed into the text",
        "C-3-3",
        "Write {{status:c-3-3}}, or {{=C-3-3}} where only the letters are meant.",
    ),
    "Pay {{capps.clinic}} of it.": ("there is no fact, rule or series with this id", "capps.clinic", "Did you mean caps?"),
    "Pay {{caps.klinic}} of it.": ("caps has no figure of this name then", "caps.klinic", "Did you mean clinic?"),
    "It was {{cosmetic-tax-refund.rate}}.": (
        "no value holds on 2026-11-22: it ended on 2025-12-31",
        "cosmetic-tax-refund.rate",
        "Write {{cosmetic-tax-refund.rate@2025-12-31}} where that time is meant.",
    ),
    "See {{status:c-9-9}}.": (
        "there is no status with this id",
        "status:c-9-9",
        "Did you mean c-3-9?",
    ),
    "See {{caps}}.": (
        "this is not a reference",
        "caps",
        "Write {{fact.figure}}, {{^fact}}, {{kind:id}} or {{=24}}; CONTRIBUTING.md tells how.",
    ),
    "See [this](nowhere.md).": ("there is no such page", "nowhere.md", "Correct the link; it counts from the folder of this file."),
    "See [this](https://example.org).": (
        "a link leads out of the guide, or to no file",
        "https://example.org",
        "Name the site in data/entry/sites.yaml and write {{site:id}}, or link to the file of the page, such as ../visa/index.md.",
    ),
    "See [this](agents.md#no-such-heading).": (
        "the page has no heading with this id",
        "agents.md#no-such-heading",
        "Correct the id after #, or add it in docs/en/rights/agents.md.",
    ),
    "See [this](agents.md#comission).": (
        "the page has no heading with this id",
        "agents.md#comission",
        "Did you mean #commission?",
    ),
    "## No id": (
        "a heading has no id",
        "## No id",
        "Write it behind the heading, in English, the same in every language: {#like-this}.",
    ),
    "A {{pages}} list.": ("this must stand on a line of its own", "pages", "Put an empty line before and behind it."),
    "Pay {{caps.clinic} of it.": ("a brace stands alone", "{{", "Write {{fact.figure}}, closed by two braces."),
    "It is {{caps.clinic@2026-13-45}}.": (
        "this is not a reference",
        "caps.clinic@2026-13-45",
        "Write {{fact.figure}}, {{^fact}}, {{kind:id}} or {{=24}}; CONTRIBUTING.md tells how.",
    ),
    "In {{patients-by-year.2024@2024}}.": (
        "a row of a series has no day and no form",
        "patients-by-year.2024@2024",
        "Take the part after @ or the colon out.",
    ),
    "It began in\n2024. Then": ("a number is typed into the text", "2024", f"{FIGURE}, or {{{{=2024}}}} where it is no fact."),
    "It takes ½ day.": ("a number is typed into the text", "½", f"{FIGURE}, or {{{{=½}}}} where it is no fact."),
    "See <a href='x'>this": ("HTML stands in the text", "<a href='x'>", "Write Markdown, and <span lang=…> only."),
    "See [this][that].": ("a link is not written where it stands", "][", "Write [text](file.md)."),
    "Write `{{caps.clinic}}` here.": ("a reference stands in code", "`{{caps.clinic}}`", "Take the backquotes out."),
    "## Fees of {{caps.clinic}} {#fees}": ("a reference stands in a heading", "caps.clinic", "Put it into the text below."),
    "It is {{caps.clinic}}을/를.": ("a Korean particle stands in another language", "caps.clinic", "Take it out."),
    "## Twice {#twice}\n\n## Twice {#twice}": ("two headings have this id", "twice", "Choose another id."),
    "# Title {#title}": ("the title is the only heading of the first level", "#", "Write ## here."),
    "[It says{{^caps}} so](agents.md).": (
        "sources are marked behind a sentence",
        "^caps",
        "Put it behind the link, the particle and the full stop.",
    ),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_what_is_typed_or_leads_nowhere_stops_the_build(text: str, faults_after: Faults) -> None:
    what, got, mend = MISTAKES[text]
    assert planted(faults_after, text) == [f'{what} (got "{got}"). {mend}']


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("lead", "It takes 3 days.", 'lead: a number is typed into the text (got "3"). Say it without the number.'),
        ("lead", "It takes {{caps.clinic}}.", 'lead: this reference cannot stand here (got "caps.clinic"). Say it in the text below.'),
        ("leads_to", "See {{status:c-9-9}}.", 'leads_to: there is no status with this id (got "status:c-9-9"). Did you mean c-3-9?'),
        ("title", "A {{brace", 'title: a brace stands alone (got "{{"). Write {{kind:id}}, or no braces.'),
    ],
)
def test_the_fields_above_a_page_are_held_to_the_same(field: str, text: str, expected: str, faults_after: Faults) -> None:
    old = next(line for line in (ROOT / "docs/en/plan/quote.md").read_text(encoding="utf-8").splitlines() if line.startswith(f"{field}:"))
    [fault] = faults_after("docs/en/plan/quote.md", old, f'{field}: "{text}"')
    assert re.fullmatch(r"docs/en/plan/quote\.md:\d+:\d+: (.*)", fault)[1] == expected  # type: ignore[index]


def test_the_text_of_a_records_page_takes_no_facts(project: Path) -> None:
    page = project / "docs/en/hospitals/severance-hospital.md"
    page.parent.mkdir()
    front = '---\nsection: hospitals\ncritical_class: B\nchecked_on: "2026-11-22"\n---\n'
    page.write_text(front + "Pay {{caps.clinic}}.\n\n{{helplines}}\n", encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    assert [fault.what for fault in raised.value.faults] == [
        "the page of a record has its own facts and sources",
        "the page of a record has its own lists",
    ]


def test_two_records_that_prose_could_not_tell_apart_are_refused(faults_after: Faults) -> None:
    faults = faults_after("data/facts/rights.yaml", "\nkmedi-fee:\n", "\ncaps:\n")
    assert any(": caps: this id is that of a rule too" in fault for fault in faults)


def test_what_is_meant_as_it_stands_is_let_through(faults_after: Faults) -> None:
    assert planted(faults_after, "It is {{=24}} hours long, and {{caps.clinic}} of it.") == []


@pytest.mark.parametrize(
    ("file", "text", "got"),
    [
        ("docs/ru/rights/consent.md", "Помогает толмачей двое.", "толмачей"),
        ("docs/zh/rights/consent.md", "医疗游客可以咨询。", "医疗游客"),
        ("docs/ko/rights/consent.md", "불임 치료를 받습니다.", "불임"),
    ],
)
def test_a_forbidden_form_stops_the_build(file: str, text: str, got: str, faults_after: Faults) -> None:
    assert any(f'(got "{got}' in fault and "the term base forbids this form" in fault for fault in planted(faults_after, text, file))


def test_a_forbidden_form_in_a_record_stops_the_build(faults_after: Faults) -> None:
    [fault] = faults_after("data/specialties.yaml", "zh: 眼科}", "zh: 眼科（求美者）}")
    assert re.fullmatch(
        r'data/specialties.yaml:\d+:\d+: [a-z-]+\.\w+\.zh: the term base forbids this form \(.+\) \(got "求美者"\)\. Write .+\.', fault
    ), fault


def test_a_korean_particle_must_fit_whatever_the_value_is(faults_after: Faults) -> None:
    what = "a particle of one form follows a reference, whose value may come to need the other"
    faults = planted(faults_after, "수수료는 {{caps.clinic}}을 넘지 않습니다.", "docs/ko/rights/consent.md")
    assert faults == [f'{what} (got "을"). Write both forms, such as 은/는, 이/가, 을/를, 과/와, 으로/로.']


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("15%", "는 가 를 와 로 나 라"),
        ("3일", "은 이 을 과 로 이나 이라"),
        ("2만 2,000\u00a0원", "은 이 을 과 으로 이나 이라"),
        ("C-3-3", "은 이 을 과 으로 이나 이라"),
        ("G-1-10", "은 이 을 과 으로 이나 이라"),
        ("K-ETA", "는 가 를 와 로 나 라"),
        ("1345", "는 가 를 와 로 나 라"),
        ("1,170,467명", "은 이 을 과 으로 이나 이라"),
        ("2026년 11월 22일", "은 이 을 과 로 이나 이라"),
        ("2만", "은 이 을 과 으로 이나 이라"),
        ("72.3", "은 이 을 과 으로 이나 이라"),
        ("제16조", "는 가 를 와 로 나 라"),
        ("CSV", "는 가 를 와 로 나 라"),
        ("HTML", "은 이 을 과 로 이나 이라"),
        ("카자흐스탄", "은 이 을 과 으로 이나 이라"),
        ("K-Medi(한국의료분쟁조정중재원)", "은 이 을 과 으로 이나 이라"),
        ("title", "은 이 을 과 로 이나 이라"),
        ("name", "은 이 을 과 으로 이나 이라"),
        ("date", "는 가 를 와 로 나 라"),
    ],
)
def test_korean_particles_follow_the_last_sound(word: str, expected: str) -> None:
    assert [with_particle(word, pair) for pair in PAIRS[:7]] == expected.split()


@pytest.mark.parametrize(
    ("value", "case", "expected"),
    [
        ("2017-05", "genitive", "мая 2017 г."),
        ("2017-05", "prepositional", "мае 2017 г."),
        ("2016-08", "prepositional", "августе 2016 г."),
        ("2020-01", "prepositional", "январе 2020 г."),
        ("2017", "genitive", "2017 г."),
        ("2017-05-03", "genitive", "3 мая 2017 г."),
    ],
)
def test_russian_months_stand_in_their_case(value: str, case: str, expected: str) -> None:
    words = Wording("ru", "ru", ATLAS.wordings["ru"])
    assert words.date_in(value, case).replace("\u202f", " ").replace("\u00a0", " ") == expected


def test_no_figure_of_a_guide_is_without_a_record(site: Site) -> None:
    """The numbers are taken out of the built pages: what names its record is held against it, and nothing else is left."""
    left, wrong, held = [], [], 0
    for code, (folder, _) in LANGUAGES.items():
        for path in GUIDES:
            main = html.fromstring(html.tostring(site.pages[f"{folder}{path}"].xpath("//main")[0]))
            for element in found(main, "//div[@class='prose']//*[@data-fact]"):
                held += 1
                said_in = "en" if found(element, "ancestor::details[@class='src']") else code  # the source beside its translation
                if element.xpath("string()") not in forms_of(element.get("data-fact"), said_in):
                    wrong.append((code, path, element.get("data-fact"), element.xpath("string()")))
            for fold in found(main, "//details[@class='src']"):  # what stands there without links is held on the page of the source
                fold.drop_tree()
            for element in found(main, "|".join(TRACED)):
                element.drop_tree() if element.getparent() is not None else None
            if digits := re.findall(r".{0,20}\d.{0,10}", str(main.xpath("string()"))):
                left.append((code, path, digits))
    assert held > 2000
    assert not wrong[:10]
    assert not left[:10]


def forms_of(name: str, code: str) -> set[str]:
    """What a figure may look like in a language: its plain form and its cases."""
    [reference] = references(f"{{{{{name}}}}}")
    value = look_up(ATLAS, NAMED, reference).value
    assert value is not None
    said = figure_text(READERS[code], value)
    return {str(said), *(said.forms.values() if isinstance(said, Said) else ())}


def test_a_figure_is_printed_with_all_its_sources_its_date_and_its_doubt(site: Site) -> None:
    for code, (folder, _) in LANGUAGES.items():
        page, words = site.pages[f"{folder}rights/prices/"], READERS[code].words
        deposit = ATLAS.facts["cosmetic-deposit"]
        [block] = {figure.getparent() for figure in found(page, "//*[@data-fact='cosmetic-deposit.early-back'][not(ancestor::details)]")}
        marks = {link.get("href") for link in found(block, ".//a[@class='ref']")}
        listed = {
            f"#{item.get('id')}"
            for item in found(page, "//ol[@class='sources']/li")
            for source in deposit.periods[0].sources
            if item.xpath("string(.//a/@href)") == ATLAS.sources[source].url
        }
        assert listed
        assert listed <= marks
        assert words.date(deposit.periods[0].as_of or "") in block.text_content()
        assert deposit.doubt
        doubt = page.xpath("string(//*[@class='unsure small'][preceding::*[@data-fact='cosmetic-deposit.early-back']])")
        assert all(part in doubt for part in re.split(r"\{[^{}]*\}", deposit.doubt.root[code]))


def test_a_fact_with_a_last_day_says_it_in_prose(project: Path) -> None:
    path = project / "data/facts/rights.yaml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("\nkmedi-fee:\n", 1)
    path.write_text(f"{head}\nkmedi-fee:\n" + tail.replace("    as_of:", '    valid_to: "2027-03-31"\n    as_of:', 1), encoding="utf-8")
    docs = stage(project, "https://x.example/").docs
    for code, said in (("en", "Until 31 March 2027."), ("ko", "2027년 3월 31일"), ("ru", "31 марта 2027"), ("zh", "2027年3月31日")):
        staged = (docs / code / "rights/disputes/index.md").read_text(encoding="utf-8")
        assert '<atlas-period data-until="2027-03-31">' in staged
        assert said in staged.replace("\u00a0", " ")
        assert '"expires":true' in staged


def test_what_a_fact_holds_cannot_become_markup(project: Path) -> None:
    path = project / "data/facts/rights.yaml"
    text = path.read_text(encoding="utf-8")
    assert "09:00" in text
    path.write_text(text.replace('"09:00"', '"a < b *x*_y_"'), encoding="utf-8")
    staged = (stage(project, "https://x.example/").docs / "en/rights/disputes/index.md").read_text(encoding="utf-8")
    assert "a &lt; b &#42;x&#42;&#95;y&#95;" in staged
    assert "*x*" not in staged


def test_every_guide_stands_in_every_language() -> None:
    assert [path for path, pages in ARTICLES.items() if set(pages) != set(LANGUAGES)] == []


def test_pages_of_class_a_were_read_twice() -> None:
    assert [str(remark) for remark in unread(ARTICLES)] == []


def test_every_fact_is_told_somewhere() -> None:
    assert unused_facts(ATLAS, ARTICLES) == []


def test_every_statement_about_the_north_shows_its_basis(site: Site) -> None:
    for code, (folder, _) in LANGUAGES.items():
        names = {f"basis-{fact.basis}" for fact in ATLAS.facts.values() if fact.basis}
        assert len(names) == 4
        for path in (path for path in GUIDES if path.startswith("north-korea/")):
            for when in found(site.pages[f"{folder}{path}"], "//main//small[@class='when']"):
                said_in = "en" if found(when, "ancestor::details[@class='src']") else code  # the source beside its translation
                assert when.xpath("string(./b)") in {ATLAS.wordings[said_in][name] for name in names}, (folder, path)
            for item in found(site.pages[f"{folder}{path}"], "//main//*[self::p or self::li][.//*[@data-fact]]"):
                assert found(item, ".//small[@class='when']/b"), (folder, path, item.text_content())


GUIDING = re.compile(
    r"\b([Ww]e|[Pp]age|copy|does not show|Ask|[Ss]ources differ|[Rr]eports also differ|newspaper prints|may be older|basis|no confirmation"
    r"|[Ww]ord|see \[.*)\b|:$|^- Whether|^This is not"
)
"""What marks a sentence that guides the reader and claims nothing about the North: it speaks of us, of the page, of a copy."""


@pytest.mark.parametrize("path", [path for path in GUIDES if path.startswith("north-korea/")])
def test_no_sentence_about_the_north_is_without_a_basis(path: str) -> None:
    left = []
    for block in re.split(r"\n\s*\n|\n(?=- )", ARTICLES[path]["en"].body):
        text = re.sub(r"\]\([^)]*\)", "]", re.sub(r"\{\{[^^{}][^{}]*\}\}", "{{x}}", block))
        if "{{^" not in text or text.startswith("#"):
            continue
        said = re.findall(r"[^.!?]+(?:[.!?]+[”’)]*(?:\{\{\^[^{}]*\}\})*|$)", text)
        left += [one for one in map(str.strip, said) if one and "{{" not in one and not GUIDING.search(one)]
    assert left == []


CHANGES = {
    "kmedi-fee.base": ("data/facts/rights.yaml", "amount: 22000", "amount: 23000", set[str]()),
    "caps.clinic": ("data/rules/registration.yaml", "clinic: {number: 30", "clinic: {number: 31", {"rights/registration/"}),
    "patients-by-year.2024": ("data/series.yaml", "value: 1170467", "value: 1170468", {"numbers/"}),
}
"""A figure, the change to its record, and the pages that print the record by other ways than prose."""


@pytest.mark.parametrize("figure", CHANGES)
def test_a_changed_fact_changes_its_pages_in_four_languages_and_only_them(figure: str, project: Path, before: dict[str, str]) -> None:
    file, old, new, besides = CHANGES[figure]
    naming = {
        path
        for path, pages in ARTICLES.items()
        for reference in references(pages["en"].body)
        if reference.kind == "value" and f"{reference.id}.{reference.name}" == figure
    }
    assert naming
    assert changed(project, before, file, old, new) == {f"{code}/{path}index.md" for code in LANGUAGES for path in naming | besides}


def test_figures_are_printed_in_each_language() -> None:
    values = (LawArticle(article="27-2"), Quantity(number=72.3, unit="percent"), Day(date="2026-11"))
    assert {code: [str(figure_text(reader, value)) for value in values] for code, reader in READERS.items()} == {
        "en": ["Article 27-2", "72.3%", "November 2026"],
        "ko": ["제27조의2", "72.3%", "2026년 11월"],
        "ru": ["статья 27-2", "72,3\u00a0%", "ноябрь 2026\u202fг."],
        "zh": ["第27条之2", "72.3%", "2026年11月"],
    }


@pytest.mark.parametrize("path", [path for path in GUIDES if path.startswith(("plan/", "rights/"))])
def test_the_steps_stand_in_their_order(path: str, site: Site) -> None:
    steps = [one.title for one in children(READERS["en"], "plan/", Articles(ARTICLES, Trace()))]
    assert len(steps) == 9
    shown = [link.text_content() for link in found(site.pages[path], "//ol[@class='thread']/li/a")]
    assert shown == (steps if path.startswith("plan/") and path != "plan/" else [])
