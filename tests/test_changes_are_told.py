"""What changed is told with old and new value and source, in every language, and only where it belongs."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree, html
from markdown import markdown as plain_markdown
from pydantic import BaseModel

from atlas.building.drawing import Drawer, environment
from atlas.changes.concern import TOLD
from atlas.changes.edition import Edition, Records, read_edition, vanished
from atlas.changes.feed import MOST
from atlas.changes.history import Change, CitedSource, Day, History, history_json
from atlas.changes.review import Review, escaped, markdown, pages_behind, plain, texts_behind, written_pages
from atlas.changes.revision import state_of
from atlas.fault import FaultyInputError
from atlas.kinds import KINDS, plural
from atlas.linking import link
from atlas.loading import raw_records
from atlas.staging import check, stage
from atlas.views.changed import compared, period_keys, told_history
from atlas.views.changes import HEAVIEST, changes_pages
from atlas.views.feeds import feed_files
from atlas.views.lines.record import periods_of, record_lines, record_name, record_path
from atlas.views.reader import Reader
from atlas.views.reviewing import reviewed
from atlas.wording import Wording
from tests.conftest import LANGUAGES, ROOT, checked, found

ORIGIN = "https://guide.example/korea/"
FORMS = ("atom", "json")
KINDS_OF_ALL = tuple(kind.name for kind in KINDS)
RELEASED = checked()[0].site.released
EARLIER = "2026-10-01"
PATHS = frozenset({"visa/c-3-3/", "from/kz/", "visa/k-eta/"})


@cache
def readers() -> dict[str, Reader]:
    atlas, articles = checked()
    links = link(atlas, articles)
    return {
        code: Reader(code, atlas, links, Wording(code, site.locale, atlas.wordings[code], myriads=site.myriads))
        for code, site in atlas.site_languages.items()
    }


@cache
def raw() -> Records:
    return raw_records(ROOT)


def before(*edits: tuple[str, str, Callable[[dict[str, Any]], object]]) -> Records:
    """The records as they stood before: each edit changes one record (kind, id) in place."""
    found = {kind: dict(table) for kind, table in raw().items()}
    for kind, record_id, edit in edits:
        found[kind][record_id] = copy.deepcopy(found[kind][record_id])
        edit(found[kind][record_id])
    return found


def history(was: Records, past: History | None = None) -> History:
    released = past.released if past else EARLIER
    return told_history(readers(), raw(), Edition(was, frozenset(KINDS_OF_ALL), released, past, None))


def changes(*edits: tuple[str, str, Callable[[dict[str, Any]], object]]) -> tuple[Change, ...]:
    return compared(readers(), before(*edits), raw(), frozenset(KINDS_OF_ALL)).changes


def first_period(**values: Any) -> Callable[[dict[str, Any]], object]:
    """Sets fields of the first period of a record."""

    def edit(record: dict[str, Any]) -> None:
        name = "entry" if "entry" in record else "periods"
        record[name] = ({**record[name][0], **values}, *record[name][1:])

    return edit


def feeds(found: History) -> dict[str, str]:
    return feed_files(readers(), found, ORIGIN, PATHS)


def feeds_of(*keys: str) -> set[str]:
    return {f"changes/feeds/{code}/{key}.{form}" for code in LANGUAGES for key in keys for form in FORMS}


NOTHING = History(since=EARLIER, released=RELEASED, kinds=KINDS_OF_ALL)


@cache
def untouched() -> dict[str, str]:
    return feeds(NOTHING)


def touched(*edits: tuple[str, str, Callable[[dict[str, Any]], object]]) -> set[str]:
    after = feeds(history(before(*edits)))
    assert after.keys() == untouched().keys()
    return {address for address, text in after.items() if text != untouched()[address]}


# A changed fact touches only its own feeds


def test_a_changed_rule_of_one_passport_touches_exactly_its_feeds() -> None:
    kazakh = first_period(days=25)
    assert touched(("country", "KZ", kazakh)) == feeds_of("all", "visa", "visa/kz")


def test_a_rule_that_names_passports_or_a_list_that_holds_them_touches_theirs() -> None:
    rule = next(one for one in checked()[0].entry_rules.values() if one.countries == ("VN",) and one.periods[0].values)
    name, value = next((name, value) for name, value in raw()["entry-rule"][rule.id]["periods"][0]["values"].items())
    values = {**raw()["entry-rule"][rule.id]["periods"][0]["values"], name: {"date": "2019-05-06"}}
    assert value != values[name]
    named = {"vn"} | {
        code.lower()
        for figure in rule.periods[0].values.values()
        for key in figure.model_dump().values()
        if key in checked()[0].country_lists
        for period in checked()[0].country_lists[key].periods
        for code in period.everyone
    }
    assert touched(("entry-rule", rule.id, first_period(values=values))) == feeds_of("all", "visa", *(f"visa/{code}" for code in named))


def test_a_passport_that_joins_a_list_touches_no_other() -> None:
    countries = raw()["country-list"]["k-eta-exempt"]["periods"][0]["countries"]
    fewer = first_period(countries=tuple(code for code in countries if code != "JP"))
    assert touched(("country-list", "k-eta-exempt", fewer)) == feeds_of("all", "visa", "visa/jp")


def test_a_fee_of_one_passport_touches_its_feed_only() -> None:
    edit = first_period(by_country={**raw()["fee"]["single"]["periods"][0]["by_country"], "PE": 15})
    assert touched(("fee", "single", edit)) == feeds_of("all", "visa", "visa/pe")


def test_an_institution_touches_hospitals_and_its_province() -> None:
    edit = ("institution", "severance-hospital", lambda one: one.update(beds={**one["beds"], "number": 2400}))
    assert touched(edit) == feeds_of("all", "hospitals", "hospitals/seoul")


def test_a_text_mended_in_one_language_touches_the_feeds_of_that_language_only() -> None:
    def mend(record: dict[str, Any]) -> None:
        record["summary"] = {**record["summary"], "ru": "Прежний текст."}

    assert touched(("status", "c-3-3", mend)) == {f"changes/feeds/ru/{key}.{form}" for key in ("all", "visa") for form in FORMS}


def test_feeds_that_nothing_touches_keep_their_bytes_when_the_day_of_release_moves() -> None:
    later = {
        code: Reader(code, one.atlas.__class__(**{**vars(one.atlas), "site": one.atlas.site.model_copy(update={"released": "2027-03-01"})}),
                     one.links, one.words)
        for code, one in readers().items()
    }  # fmt: skip
    assert feed_files(later, NOTHING, ORIGIN, PATHS) == untouched()


# The history


def test_the_first_edition_invents_nothing_and_says_so() -> None:
    found = told_history(readers(), {}, None)
    assert (found.since, found.days) == (RELEASED, ())
    for code, one in readers().items():
        page, *others = (draft.page for draft in changes_pages(one, found, frozenset()))
        assert [other.path for other in others] == ["changes/feeds/"]
        assert one.words.date(RELEASED) in page.view["first"], code
        assert page.view["days"] == []


def test_records_that_were_only_checked_again_have_not_changed() -> None:
    found = compared(readers(), before(("fee", "single", first_period(checked_on="2025-01-01"))), raw(), frozenset(KINDS_OF_ALL))
    assert (found.changes, found.checked) == ((), (("fee", "single"),))


def test_old_and_new_stand_in_every_language_with_the_sources_of_the_new() -> None:
    (change,) = changes(("fee", "single", first_period(amount=35)))
    assert change.languages == tuple(LANGUAGES)
    assert change.old is not None
    assert change.new is not None
    said = {code: f"{change.old[code]} → {change.new[code]}".replace("\u00a0", " ") for code in LANGUAGES}
    assert said == {
        "en": "USD 35 → USD 40",
        "ko": "미화 35 달러 → 미화 40 달러",
        "ru": "35 долларов США → 40 долларов США",
        "zh": "35美元 → 40美元",
    }
    assert change.sources == raw()["fee"]["single"]["periods"][0]["sources"]


def test_two_editions_of_one_day_are_one_entry_from_the_first_old_to_the_last_new() -> None:
    day_before = before(("fee", "single", first_period(amount=30)), ("country", "KZ", first_period(days=25)))
    morning = before(("fee", "single", first_period(amount=35)))
    first = Day(
        day=RELEASED,
        changes=(example(),),
        sources={"x": SOURCE},
        before={kind: {key: day_before[kind][key]} for kind, key in (("fee", "single"), ("country", "KZ"))},
    )
    past = History(since=EARLIER, released=RELEASED, kinds=KINDS_OF_ALL, days=(first,))
    (day,) = history(morning, past).days
    told = {change.key: (change.old or {}).get("en", "").replace("\u00a0", " ") for change in day.changes}
    assert told == {"fee/single/periods.0.amount": "USD 30", "country/KZ/entry.0": "B-1, 25 days"}


def test_a_change_that_was_undone_vanishes() -> None:
    first = Day(day=RELEASED, changes=(example(),), sources={"x": SOURCE}, before={"fee": {"single": raw()["fee"]["single"]}})
    past = History(since=EARLIER, released=RELEASED, kinds=KINDS_OF_ALL, days=(first,))
    assert history(before(("fee", "single", first_period(amount=35))), past).days == ()


def test_what_was_told_on_earlier_days_is_carried_over_as_it_was_said() -> None:
    old = Day(day="2026-09-01", changes=(example(),), sources={"x": SOURCE}, before={"fee": {}})
    past = History(since="2026-08-01", released="2026-09-05", kinds=KINDS_OF_ALL, days=(old,))
    assert history(raw(), past).days == (old,)
    newest, carried = history(before(("fee", "single", first_period(amount=35))), past).days
    assert (newest.day, carried) == (RELEASED, old.model_copy(update={"before": {}}))


def test_new_closed_and_gone_records_are_told_as_such() -> None:
    was = before(("institution", "severance-hospital", lambda one: None))
    closed = {**raw()["institution"]["severance-hospital"], "closed": {"date": "2026-11-01", "sources": ("egen-2026",)}}
    ghost = {**raw()["fee"]["single"], "id": "ghost"}
    was["fee"]["ghost"] = ghost
    del was["institution"]["hangil-eye-hospital"]
    found = {change.id: change for change in compared(readers(), was, raw(), frozenset(KINDS_OF_ALL)).changes}
    assert {key: one.how for key, one in found.items()} == {"hangil-eye-hospital": "new", "ghost": "gone"}
    atlas = readers()["en"].atlas
    shut = atlas.institutions["severance-hospital"].model_validate(closed)
    later = {
        code: Reader(code, atlas.__class__(**{**vars(atlas), "institutions": {**atlas.institutions, shut.id: shut}}), one.links, one.words)
        for code, one in readers().items()
    }
    now = {**raw(), "institution": {**raw()["institution"], shut.id: closed}}
    (change,) = compared(later, raw(), now, frozenset(KINDS_OF_ALL)).changes
    assert (change.how, change.field, change.old, change.languages) == ("closed", "closed", None, tuple(LANGUAGES))


def test_contact_details_are_withheld_where_the_page_withholds_them() -> None:
    """Nothing shows that this hospital serves patients from abroad: only the Korean page gives its telephone."""

    def edit(record: dict[str, Any]) -> None:
        record["main_line"] = {**record["main_line"], "number": "+82-2-2001-2002"}

    (change,) = changes(("institution", "kangbuk-samsung-hospital", edit))
    assert change.languages == ("ko",)
    assert set(change.old or {}) == {"ko"}
    assert change.unlinked


def test_periods_are_told_apart_by_their_first_day() -> None:
    record = checked()[0].country_lists["k-eta-exempt"]
    (period,) = record.periods
    ended = period.model_copy(update={"valid_to": "2025-12-31"})
    coming = period.model_copy(update={"valid_from": "2026-01-01"})
    assert period_keys((period,), (ended, coming)) == (["0"], ["0", "1"])
    assert period_keys((ended, coming), (coming,)) == (["was-0", "0"], ["0"])


# The base


def write_edition(folder: Path, records: Records, past: History) -> None:
    """A published site as far as the next build needs it."""
    (folder / "data/v1").mkdir(parents=True)
    (folder / "changes").mkdir()
    for kind, table in records.items():
        found = {"kind": kind, "version": "v1", "released": past.released, "records": table}
        (folder / "data/v1" / f"{kind}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    (folder / "changes/changes.json").write_text(history_json(past), encoding="utf-8")


FEW = ("site", "fee")


def small_edition(folder: Path) -> Path:
    past = History(since=EARLIER, released="2026-10-05", kinds=FEW)
    write_edition(folder, {kind: raw()[kind] for kind in FEW}, past)
    return folder


def test_a_published_edition_and_a_project_are_read_alike(tmp_path: Path) -> None:
    edition = read_edition(small_edition(tmp_path), RELEASED)
    assert edition.records == {kind: raw()[kind] for kind in FEW}
    assert read_edition(ROOT, RELEASED).records == raw()
    assert (edition.kinds, edition.released) == (frozenset(FEW), "2026-10-05")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("data/v1/fee.json", '{"kind"', '{"kind', "this is not JSON"),
        ("data/v1/fee.json", '"version": "v1"', '"version": "v2"', "these records are not of version v1"),
        ("data/v1/fee.json", '"kind": "fee"', '"kind": "rule"', "these are records of another kind"),
        ("data/v1/fee.json", "2026-10-05", "2026-10-04", "these records are of another edition than the history"),
        ("data/v1/fee.json", None, None, "the records of this kind are missing"),
        ("changes/changes.json", None, None, "the history of changes is missing"),
        ("changes/changes.json", '"days": []', '"days": [{}]', "Field required"),
        ("changes/changes.json", '"days": []', '"days": [], "extra": 1', "Extra inputs are not permitted"),
        ("changes/changes.json", '"version": "v1"', '"version": "v9"', "Input should be 'v1'"),
        ("changes/changes.json", "{", "", "Invalid JSON"),
    ],
)
def test_a_broken_base_is_a_plain_fault(tmp_path: Path, file: str, old: str | None, new: str | None, said: str) -> None:
    small_edition(tmp_path)
    path = tmp_path / file
    if old is None or new is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyInputError) as error:
        read_edition(tmp_path, RELEASED)
    (fault,) = error.value.faults
    assert said in fault.what
    assert fault.path == path.as_posix()
    assert fault.mend


def test_a_base_from_the_future_or_that_is_none_is_a_plain_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyInputError, match="from the future"):
        read_edition(small_edition(tmp_path / "site"), "2026-10-04")
    with pytest.raises(FaultyInputError, match="neither a published site nor a project"):
        read_edition(tmp_path, RELEASED)


@pytest.mark.parametrize("url", ["javascript:alert(1)", 'https://x.example/"onclick="'])
def test_a_history_with_a_hostile_link_is_refused(tmp_path: Path, url: str) -> None:
    past = History(since=EARLIER, released=RELEASED, kinds=(), days=(Day(day=RELEASED, changes=(example(),), sources={"x": SOURCE}),))
    text = history_json(past).replace(json.dumps(SOURCE.url), json.dumps(url))
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes/changes.json").write_text(text, encoding="utf-8")
    with pytest.raises(FaultyInputError, match="not a web address"):
        read_edition(tmp_path, RELEASED)


# Feeds


HOSTILE = "</content><script>alert(1)</script>&amp; ]]> \x00\x0b\ufffe <del>"
SOURCE = CitedSource(title={"en": HOSTILE}, url="https://x.example/?a=1&b=2", kind="press")


def example(text: str = "old", **more: Any) -> Change:
    fields: dict[str, Any] = {
        "kind": "fee",
        "id": "single",
        "field": "periods.0.amount",
        "how": "changed",
        "topic": "visa",
        "countries": ("KZ",),
        "languages": tuple(LANGUAGES),
        "name": {"en": text},
        "label": {"en": text},
        "old": {"en": text},
        "new": {"en": "new"},
        "path": "visa/c-3-3/",
        "sources": ("x",),
    }
    return Change(**{**fields, **more})


def hostile() -> History:
    day = Day(day=RELEASED, changes=(example(HOSTILE), example(HOSTILE, field="<b>")), sources={"x": SOURCE})
    return History(since=EARLIER, released=RELEASED, kinds=KINDS_OF_ALL, days=(day,))


ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_atom_feed_is_valid_by_the_grammar_of_rfc_4287_and_harmless() -> None:
    grammar = etree.RelaxNG(etree.parse(ROOT / "tests/golden/atom.rng"))
    found = {address: text for address, text in feeds(hostile()).items() if address.endswith(".atom")}
    ids = []
    for address, text in found.items():
        tree = etree.fromstring(text.encode("utf-8"))
        grammar.assertValid(tree)
        ids.append(tree.findtext(f"{ATOM}id"))
        links = {link.get("rel"): link.get("href") for link in tree.findall(f"{ATOM}link")}
        assert links["self"] == f"{ORIGIN}{address}"
        code = address.split("/")[2]
        folder, tag = LANGUAGES[code]
        assert str(links["alternate"]).startswith(f"{ORIGIN}{folder}")
        assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == tag
        assert len(tree.findall(f"{ATOM}entry")) == (2 if address in feeds_of("all", "visa", "visa/kz") else 0)
        for content in tree.iter(f"{ATOM}content"):
            shown = html.fragment_fromstring(content.text or "", create_parent="div")
            assert {one.tag for one in shown.iter()} <= {"div", "p", "del", "ins", "a"}
            assert "<script>" in shown.text_content()
            assert [link.get("href") for link in shown.iter("a")] == [SOURCE.url]
    assert len(ids) == len(set(ids))
    assert all(one and re.fullmatch(r"tag:guide\.example,\d{4}-\d{2}-\d{2}:korea/changes/feeds/[a-z]{2}/[a-z0-9/-]+", one) for one in ids)


JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "items", "language", "authors"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https://"},
        "feed_url": {"type": "string", "pattern": "^https://"},
        "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z][a-z]{3})?$"},
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "minProperties": 1, "properties": {"name": {"type": "string"}, "url": {"type": "string"}}},
        },
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https://"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string"},
                    "date_published": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
"""What https://jsonfeed.org/version/1.1 asks of a feed on the web, of the fields that ours have."""


def test_every_json_feed_is_one_by_version_1_1() -> None:
    validator = Draft202012Validator(JSON_FEED, format_checker=FormatChecker())
    for address, text in feeds(hostile()).items():
        if address.endswith(".json"):
            found = json.loads(text)
            validator.validate(found)
            assert found["feed_url"] == f"{ORIGIN}{address}"
            assert len({item["id"] for item in found["items"]}) == len(found["items"])


def test_a_feed_holds_the_newest_changes_only() -> None:
    many = tuple(example(field=f"periods.{number}.amount") for number in range(MOST + 5))
    found = NOTHING.model_copy(update={"days": (Day(day=RELEASED, changes=many, sources={"x": SOURCE}),)})
    assert feeds(found)["changes/feeds/ko/visa.atom"].count("<entry>") == MOST


# The page


def test_a_long_history_is_told_by_year_in_light_pages() -> None:
    many = tuple(example("слово " * 60, field=f"periods.{number}.amount") for number in range(70))
    days = tuple(Day(day=day, changes=many, sources={"x": SOURCE}) for day in ("2026-10-02", "2025-12-30"))
    found = NOTHING.model_copy(update={"since": "2025-01-01", "days": days})
    pages = {draft.path: draft.page for draft in changes_pages(readers()["ru"], found, PATHS)}
    assert [year["path"] for year in pages["changes/"].view["years"]] == ["changes/2026/", "changes/2025/"]
    assert "changes/2026/2/" in pages
    told = 0
    for path, page in pages.items():
        if path != "changes/feeds/":
            assert len(json.dumps(page.view["days"], ensure_ascii=False).encode("utf-8")) < 3 * HEAVIEST
            fields = [field for day in page.view["days"] for topic in day["topics"] for one in topic["records"] for field in one["fields"]]
            told += len(fields) if path != "changes/" else 0
    assert told == 140


# Every kind of record in every language


SILENT = {
    "*": {"id", "order", "sources", "as_of", "checked_on"},
    "institution": {"district"},
    "treatment": {"name_basis"},
    "scheme": {"short", "about_foreign_patients"},
    "country": {"languages"},
    "entry-scheme": {"kind", "lists"},
    "official-site": {"concerns"},
    "checklist": {"of"},
    "fee": {"concerns", "countries"},
    "notice": {"kind", "concerns"},
    "outcome": {"subject", "values", "shows", "alternatives", "rests_on"},
    "entry-rule": {"of", "aspect"},
    "rule": {"topic", "specialties"},
    "helpline": {"languages", "footer", "for_clinics"},
    "advice": {"about", "no_end"},
    "fact": {"says"},
    "patient-count": {"country", "year", "rounded", "place", "values"},
    "event": {"country", "values"},
    "series": {"page", "chart", "unit", "values"},
    "wellness-site": {"district", "kinds"},
    "experience": {"district"},
    "round": {"own_name", "first", "last"},
    "special-zone": {"own_name"},
}
"""Fields that are no lines of their own: they are told by others (``district`` by the place, ``values`` inside the text), say how a record
is shown, or where."""


@cache
def lines_of(code: str) -> Mapping[tuple[str, str], list[Any]]:
    reader = readers()[code]
    return {
        (kind, key): record_lines(reader, kind, record, contact=True, keys=[str(place) for place in range(len(periods_of(record)))])
        for kind in TOLD
        for key, record in getattr(reader.atlas, plural(kind)).items()
    }


def test_no_field_of_a_record_that_readers_see_is_forgotten() -> None:
    used: dict[str, set[str]] = {kind: set() for kind in TOLD}
    for (kind, _), lines in lines_of("en").items():
        used[kind] |= {part for line in lines for part in line.path.split(".")}
    models = {kind.name: kind.model for kind in KINDS}
    rare = {"closed", "doubts", "window", "name", "selected", "strength", "allowed_from", "unwise_through", "transfer", "money"}
    rare |= {"phones", "applied", "price", "website"}
    forgotten = {
        kind: sorted(set(models[kind].model_fields) - used[kind] - SILENT["*"] - SILENT.get(kind, set()) - rare - {"periods", "entry"})
        for kind in TOLD
    }
    assert {kind: names for kind, names in forgotten.items() if names} == {}


LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES_IN_LATIN = re.compile(r"K-ETA|K-컬처|JCI|VIP|e-Arrival|CLDR|Atlas")


def literals(model: object, found: set[str]) -> set[str]:
    """Every word that a schema knows and readers must not meet."""
    if get_origin(model) is Literal:
        found.update(value for value in get_args(model) if isinstance(value, str))
    if isinstance(model, type) and issubclass(model, BaseModel):
        for field in model.model_fields.values():
            literals(field.annotation, found)
    for argument in get_args(model):
        literals(argument, found)
    return found


@pytest.mark.parametrize("code", ["ko", "ru", "zh"])
def test_no_english_is_left_in_other_languages(code: str) -> None:
    words = set[str]()
    for one in KINDS:
        literals(one.model, words)
    words = {word for word in words if re.fullmatch(r"[a-z-]{3,}", word)}
    named = {"institution", "wellness-site", "experience", "fact"}
    for (kind, key), lines in lines_of(code).items():
        for line, english in zip(lines, lines_of("en")[kind, key], strict=True):
            if kind != "series":  # its labels are those of the record
                assert not LATIN.search(NAMES_IN_LATIN.sub("", line.label)), (kind, key, line)
            assert line.said is not None
            assert line.said.text not in words, (kind, key, line)
            of_all = kind == "official-site" or line.path.startswith(("name", "address.", "works", "site"))
            if not of_all and line.said.language == code and LATIN.search(line.said.text) and " " in line.said.text:
                assert line.said.text != english.said.text, (kind, key, line)
        record = getattr(readers()[code].atlas, plural(kind))[key]
        assert kind in named or record_name(readers()[code], kind, record).language == code, (kind, key)


def test_every_record_leads_to_a_page(site: Any) -> None:
    for kind in TOLD:
        for record in getattr(readers()["en"].atlas, plural(kind)).values():
            assert record_path(readers()["en"], kind, record) in site.pages, (kind, record.id)


# The summary for reviewers


ATTACK = "a | b\n| c | `x` <img src=x onerror=alert(1)> [x](javascript:alert(1)) @admin #1 !2 https://evil.example \u202ertl"


def test_a_new_record_is_named_on_the_terminal_and_no_arrow_stands_alone() -> None:
    changes = (
        example("90 days"),
        example("90 days", old=None),
        example("90 days").model_copy(update={"how": "new", "field": "", "old": None, "new": None}),
    )
    review = Review(changes=changes, sources={}, checked=0, silent=(), unread=(), internal={}, pages=(), behind=())
    ends = [line.partition(": ")[2] for line in plain(review)][-3:]
    assert ends == ["90 days → new", "— → new", "90 days"]


def test_nothing_in_a_record_leaves_its_cell_of_the_summary() -> None:
    review = Review(
        changes=(example(ATTACK), example(ATTACK, languages=("ru",), old={"ru": ATTACK})),
        sources={"x": CitedSource(title={"en": ATTACK}, url="https://x.example/a%7Cb", kind="press")},
        checked=3,
        silent=(("fee", ATTACK),),
        unread=(),
        internal={"term": 2},
        pages=(),
        behind=(),
    )
    text = markdown(review)
    rows = [line for line in text.splitlines() if "a \\|" in line and line.startswith("|")]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [6, 6]
    shown = html.fromstring(plain_markdown(text, extensions=["tables"]))
    assert not found(shown, "//img | //script")
    assert set(found(shown, "//a/@href")) == {"https://x.example/a%7Cb"}
    assert not any(unicodedata.category(one) == "Cf" and one != "\u2060" for one in text)
    assert not re.search(r"@admin|#1|!2|://evil", "".join(map(str, shown.itertext())))
    assert "changed facts | 2" in text
    assert "term records \\(not facts for readers\\) | 2" in text


def test_text_without_signs_stays_as_it_is() -> None:
    assert escaped("Больница 7 км 병원 医院") == "Больница 7 км 병원 医院"


def test_reviewers_hear_of_pages_and_texts_whose_translation_may_be_behind(tmp_path: Path) -> None:
    was, now = tmp_path / "was", tmp_path / "now"
    for root in (was, now):
        for code in LANGUAGES:
            (root / code / "plan").mkdir(parents=True)
            (root / code / "plan/visa.md").write_text("old", encoding="utf-8")
    for code in ("en", "ru"):
        (now / code / "plan/visa.md").write_text("new", encoding="utf-8")
    pages = written_pages(was, now)
    assert [(page.file, page.how) for page in pages] == [("docs/en/plan/visa.md", "changed"), ("docs/ru/plan/visa.md", "changed")]
    assert [(one.place, one.languages) for one in pages_behind(pages, now, tuple(LANGUAGES))] == [("docs/en/plan/visa.md", ("ko", "zh"))]
    old = {"note": ({"text": {"en": "a", "ko": "가", "ru": "б"}},)}
    new = {"note": ({"text": {"en": "b", "ko": "가", "ru": "в"}},)}
    found = texts_behind(old, new, "rule x", tuple(LANGUAGES))
    assert [(one.place, one.languages) for one in found] == [("rule x.note.0.text", ("ko",))]


def test_the_base_of_a_review_may_be_a_revision(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/site.yaml").write_text("id: site\n", encoding="utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@x.example"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    (tmp_path / "data/site.yaml").write_text("id: other\n", encoding="utf-8")
    with state_of(tmp_path, "HEAD") as base:
        assert (base / "data/site.yaml").read_text(encoding="utf-8") == "id: site\n"
    assert not base.exists()
    for wrong in ("nowhere", "--output=x", "HEAD~5"):
        with pytest.raises(FaultyInputError, match="no such revision"), state_of(tmp_path, wrong):
            pass


# The small project, from edition to edition


def edition(project: Path, last: Path | None) -> tuple[History, dict[str, str]]:
    """The history and all feeds of a state of the small project."""
    atlas, articles = check(project)
    links = link(atlas, articles)
    found = {code: Reader(code, atlas, links, one.words) for code, one in readers().items()}
    told = told_history(found, raw_records(project), read_edition(last, atlas.site.released) if last else None)
    return told, {"changes/changes.json": history_json(told), **feed_files(found, told, ORIGIN, PATHS)}


def printed(project: Path, code: str, page: str) -> html.HtmlElement:
    """A staged page drawn by its template, without the rest of a build."""
    front = json.loads((project / "build/docs" / code / page / "index.md").read_text(encoding="utf-8").split("\n")[1])
    site = json.loads((project / "build/site" / f"{code}.json").read_text(encoding="utf-8"))
    return html.fromstring(Drawer(environment(project), {code: site}).page(code, front, ""))


def test_an_edition_follows_another(project: Path, tmp_path: Path) -> None:
    """First edition, a changed passport on its page in four languages, and the same again."""
    site_file, countries = project / "data/site.yaml", project / "data/entry/countries.yaml"
    past, first = edition(project, None)
    write_edition(tmp_path / "one", raw_records(project), past)
    text = countries.read_text(encoding="utf-8")
    later = site_file.read_text(encoding="utf-8").replace(f'released: "{RELEASED}"', 'released: "2026-12-05"')
    site_file.write_text(later, encoding="utf-8")
    countries.write_text(text.replace("KZ: {entry: [{status: b-1, days: 30", "KZ: {entry: [{status: b-1, days: 45", 1), encoding="utf-8")

    staged = stage(project, ORIGIN, tmp_path / "one")
    second = {address: staged.files[address] for address in first}
    differing = {address for address, found in second.items() if found != first[address]}
    assert differing == {"changes/changes.json"} | feeds_of("all", "visa", "visa/kz")
    past = History.model_validate_json(second["changes/changes.json"])
    assert [(day.day, [change.id for change in day.changes]) for day in past.days] == [("2026-12-05", ["KZ"])]
    for code in LANGUAGES:
        page = printed(project, code, "changes")
        assert [bool(re.search(r"\b30|30일", text)) for text in found(page, "//main//del/text()")] == [True], code
        assert [bool(re.search(r"\b45|45일", text)) for text in found(page, "//main//ins/text()")] == [True], code
        assert len(found(page, "//dl[del or .//del]//dt[normalize-space()]")) == 2
        marks = found(page, "//ul[@class='changes']//a[@class='ref']/@href")
        assert marks
        assert all(found(page, f"//ol[@class='sources']/li[@id='{mark[1:]}']") for mark in marks)
        assert found(page, "//ul[@class='changes']//h4/a/@href") == [
            "../" * (1 + LANGUAGES[code][0].count("/")) + f"{LANGUAGES[code][0]}from/kz/"
        ]

    write_edition(tmp_path / "two", raw_records(project), past)
    _, third = edition(project, tmp_path / "two")
    assert third == second


def test_a_review_of_nothing_finds_nothing() -> None:
    atlas, articles = checked()
    review = reviewed(ROOT, ROOT, atlas, articles)
    assert (review.changes, review.checked, review.silent, review.pages, review.behind) == ((), 0, (), [], [])


def test_a_page_that_people_have_links_to_cannot_vanish() -> None:
    """A record is closed, never deleted, and its id never changes."""
    ids = {"institution": "severance-hospital", "status": "c-3-3", "country": "KZ", "experience": "templestay"}
    now = {kind: {key: one for key, one in table.items() if key != ids.get(kind)} for kind, table in raw().items()}
    edition = Edition(raw(), frozenset(KINDS_OF_ALL), EARLIER, None, None)
    assert [(fault.path, fault.got) for fault in vanished(edition, now)] == [
        ("data/hospitals", "severance-hospital"),
        ("data/experiences", "templestay"),
        ("data/entry/statuses.yaml", "c-3-3"),
        ("data/entry/countries.yaml", "KZ"),
    ]
    assert not vanished(edition, raw())
