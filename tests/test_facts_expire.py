"""Promise 2: what ends says so by itself, in the language of the page, even on a site that was built long before."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from atlas.due import calendar, ending, ledger
from atlas.records.period import current
from atlas.staging import check, stage
from tests.conftest import LANGUAGES, ROOT, Site, checked, found, staged

DAYS = {
    "long before": "2026-11-22T12:00:00+09:00",
    "30 days before": "2026-12-02T12:00:00+09:00",
    "last day": "2026-12-31T23:00:00+09:00",
    "day after": "2027-01-01T00:30:00+09:00",
    "a year after": "2028-01-01T12:00:00+09:00",
}
SHOWN = {"long before": "data-before", "30 days before": "data-soon", "last day": "data-soon"}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_the_k_eta_exemption_says_when_it_ends_and_that_it_has_ended(day: str, code: str, server: str, browser: Browser) -> None:
    words = yaml.safe_load((ROOT / f"data/wordings/{code}.yaml").read_text(encoding="utf-8"))
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(DAYS[day])
    page.goto(f"{server}{LANGUAGES[code][0]}from/us/")
    page.wait_for_function("() => customElements.get('atlas-period') !== undefined")
    answer = page.locator(".answer atlas-period")
    visible = {name: answer.locator(f"[{name}]").is_visible() for name in ("data-before", "data-soon", "data-after")}
    over = day in {"day after", "a year after"}
    assert visible == {"data-before": not over, "data-soon": day in {"30 days before", "last day"}, "data-after": over}
    said = answer.locator("[data-after]" if over else "[data-before]").inner_text()
    date = {"en": "31 December 2026", "ko": "2026년 12월 31일", "ru": "31 декабря 2026", "zh": "2026年12月31日"}[code]
    assert date in said.replace("\u00a0", " ").replace("\u202f", " ")
    beginning = words["k-eta-ended" if over else "k-eta-exempt"].split("{date}")[0].strip()
    assert beginning[:12] in said
    duty = page.locator("dl.facts atlas-period").first
    assert duty.locator("[data-after]").is_visible() == over
    page.goto(f"{server}{LANGUAGES[code][0]}visa/k-eta/")
    page.wait_for_function("() => customElements.get('atlas-period') !== undefined")
    for place in ("dl.facts atlas-period", "#k-eta-exempt atlas-period"):
        statement = page.locator(place).first
        assert statement.locator("[data-after]").is_visible() == over
        assert statement.locator("[data-soon]").is_visible() == (day in {"30 days before", "last day"})
    context.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_had_ended_when_the_site_was_built_says_so_without_scripts(code: str, site: Site) -> None:
    folder, _ = LANGUAGES[code]
    for path in ("visa/group/", "from/cn/"):
        text = site.pages[f"{folder}{path}"].xpath("string(//main)").replace("\u00a0", " ").replace("\u202f", " ")
        assert {"en": "30 June 2026", "ko": "2026년 6월 30일", "ru": "30 июня 2026", "zh": "2026年6月30日"}[code] in text
    text = site.pages[f"{folder}treatments/rhinoplasty/"].xpath("string(//main)").replace("\u00a0", " ").replace("\u202f", " ")
    assert {"en": "31 December 2025", "ko": "2025년 12월 31일", "ru": "31 декабря 2025", "zh": "2025年12月31日"}[code] in text
    overs = found(site.pages[f"{folder}visa/group/"], "//section[@id='china-group']//b[@class='due']")
    assert len(overs) == 1


def test_with_scripts_off_the_dates_stand_in_words(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}from/us/")
    assert "until 31 December 2026" in page.locator(".answer").inner_text()
    context.close()


def test_one_date_in_one_file_changes_every_page_in_four_languages(project: Path, before: dict[str, str]) -> None:
    path = project / "data/entry/lists.yaml"
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace('valid_to: "2026-12-31"', 'valid_to: "2027-06-30"', 1), encoding="utf-8")
    after = staged(project)
    changed = {name for name in before if before[name] != after[name]}
    lists = check(project)[0].country_lists["k-eta-exempt"].periods[0]
    pages = {name.removeprefix(f"{name.split('/')[0]}/") for name in changed}
    assert {f"from/{code.lower()}/index.md" for code in lists.everyone} <= pages
    assert "visa/k-eta/index.md" in pages
    assert "from/kz/index.md" not in pages
    for page in pages:
        assert {f"{code}/{page}" for code in LANGUAGES} <= changed, page
    for code in LANGUAGES:
        view = json.loads(after[f"{code}/from/us/index.md"].split("\n")[1])["view"]
        said = json.dumps([view["answer"], view["duties"]], ensure_ascii=False)
        assert not re.search(r"31 December 2026|2026년 12월 31일|31\sдекабря\s2026|2026年12月31日", said), code
        assert re.search(r"30 June 2027|2027년 6월 30일|30\sиюня\s2027|2027年6月30日", said), code


def test_next_years_rule_can_be_written_before_it_begins(project: Path) -> None:
    path = project / "data/entry/countries.yaml"
    text = path.read_text(encoding="utf-8")
    old = re.search(r"^KZ: \{entry: \[\{(.*)\}\]\}$", text, re.MULTILINE)
    assert old
    coming = '{status: b-1, days: 60, valid_from: "2027-01-01", as_of: "2026-11-22", sources: [icmart2024-keta], checked_on: "2026-11-22"}'
    path.write_text(text.replace(old[0], f'KZ: {{entry: [{{{old[1]}, valid_to: "2026-12-31"}}, {coming}]}}'), encoding="utf-8")
    docs = stage(project, "https://x.example/").docs
    for code, date in (("en", "1 January 2027"), ("ko", "2027년 1월 1일"), ("ru", "1 января 2027"), ("zh", "2027年1月1日")):
        front = json.loads((docs / code / "from/kz/index.md").read_text(encoding="utf-8").split("\n")[1])
        answer = front["view"]["answer"]
        assert "30" in answer["lines"][0]["text"]
        assert answer["term"]["until"] == "2026-12-31"
        (later,) = answer["coming"]
        assert date in later["text"].replace("\u00a0", " ").replace("\u202f", " ")
        assert "60" in later["text"]


def test_a_list_that_is_written_ahead_tells_who_is_on_it_next_year(project: Path) -> None:
    path = project / "data/entry/lists.yaml"
    text = path.read_text(encoding="utf-8")
    period = re.search(r"^k-eta-exempt:\n.*?periods:\n(  - .*?)(?=^\S)", text, re.MULTILINE | re.DOTALL)
    assert period
    later = period[1].replace('valid_from: "2023-04-01"', 'valid_from: "2027-01-01"').replace('"2026-12-31"', '"2027-12-31"')
    later = re.sub(r"countries: \[.*\]", "countries: [JP, KZ]", later)
    later = re.sub(r"    less_sure: .*\n", "", later)
    path.write_text(text.replace(period[1], period[1] + later), encoding="utf-8")
    docs = stage(project, "https://x.example/").docs

    def line(country: str) -> dict[str, str]:
        view = json.loads((docs / f"en/from/{country}/index.md").read_text(encoding="utf-8").split("\n")[1])["view"]
        found: dict[str, str] = view["answer"]["lines"][1]
        return found

    assert line("jp")["text"] == "No K-ETA is needed until 31 December 2027."
    assert line("us")["after"].startswith("From 1 January 2027 on, you need a K-ETA")
    assert line("kz")["text"].endswith("From 1 January 2027 on, no K-ETA is needed.")


def test_the_ledger_counts_what_the_files_hold(site: Site) -> None:
    tables = {
        "country": "entry/countries.yaml",
        "country-list": "entry/lists.yaml",
        "entry-rule": "entry/rules/*.yaml",
        "checklist": "entry/checklists.yaml",
        "fee": "entry/fees.yaml",
        "outcome": "entry/outcomes.yaml",
        "notice": "entry/notices/*.yaml",
        "patient-count": "patients.yaml",
        "event": "events.yaml",
        "scheme": "schemes.yaml",
        "rule": "rules/*.yaml",
        "helpline": "helplines.yaml",
        "fact": "facts/*.yaml",
        "series": "series.yaml",
        "round": "rounds.yaml",
        "cluster": "clusters.yaml",
        "special-zone": "special-zones.yaml",
        "airport": "airports.yaml",
        "programme": "programmes.yaml",
        "advice": "recovery.yaml",
    }
    counted = {
        kind: sum(len(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)) for path in (ROOT / "data").glob(files))
        for kind, files in tables.items()
    }
    counted["institution"] = len(list((ROOT / "data/hospitals").glob("*.yaml")))
    counted["treatment"] = len(list((ROOT / "data/treatments").glob("*.yaml")))
    counted["wellness-site"] = len(list((ROOT / "data/wellness").glob("*.yaml")))
    counted["experience"] = len(list((ROOT / "data/experiences").glob("*.yaml")))
    told = json.loads((site.folder / "status/status.json").read_text(encoding="utf-8"))
    assert {kind: sums["records"] for kind, sums in told["totals"].items() if kind != "all"} == counted
    assert told["totals"]["all"]["records"] == sum(counted.values()) == len(told["records"])
    for name in ("ended", "doubt"):
        assert told["totals"]["all"][name] == sum(record[name] for record in told["records"])
    for sums in told["totals"].values():
        assert sums["checked"] + sums["due"] + sums["overdue"] == sums["records"]
    for folder, _ in LANGUAGES.values():
        rows = found(site.pages[f"{folder}status/"], "//section[@aria-labelledby='kinds']//tbody/tr")
        numbers = [[int(re.sub(r"\D", "", cell.text_content())) for cell in found(row, "./td")] for row in rows]
        assert numbers == [
            [sums[key] for key in ("records", "checked", "due", "overdue", "ended", "doubt")] for sums in told["totals"].values()
        ]


def test_what_has_ended_is_ended_in_the_ledger() -> None:
    atlas, _ = checked()
    ended = {entry.id for entry in ledger(atlas, "2026-11-22") if entry.ended}
    assert {"china-group", "group-fee-waiver", "cosmetic-tax-refund"} <= ended
    assert "k-eta-exempt" not in ended
    assert "k-eta-exempt" in {entry.id for entry in ledger(atlas, "2027-01-01") if entry.ended}


def test_what_ends_soon_is_announced_30_14_and_3_days_before() -> None:
    atlas, _ = checked()
    until = current(atlas.country_lists["k-eta-exempt"].periods, "2026-11-22").last
    assert until == "2026-12-31"
    for day, said in (("2026-12-01", "within 30 days"), ("2026-12-17", "within 14 days"), ("2026-12-28", "within 3 days")):
        assert f"Ends {said}, on 2026-12-31: country-list k-eta-exempt." in list(calendar(atlas, day))
    assert not [entry for entry in ending(atlas, "2026-11-22", within=30) if entry.id == "k-eta-exempt"]


@pytest.mark.parametrize(("day", "code"), [("2026-11-23", 0), ("2026-12-18", 1), ("2027-03-01", 1)])
def test_the_job_of_ci_fails_when_something_presses(day: str, code: int) -> None:
    done = subprocess.run([sys.executable, "-m", "atlas", "ends", "--on", day], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout


def test_the_home_page_names_what_ends_within_a_year_and_what_changed_within_one(site: Site) -> None:
    for folder, _ in LANGUAGES.values():
        days, before = (
            [time.get("datetime") for time in found(site.pages[folder], f"//section[@aria-labelledby='{name}']//time")]
            for name in ("ends", "lately")
        )
        assert "2026-12-31" in days
        assert all("2026-11-22" <= day <= "2027-11-22" for day in days)
        assert {"2026-06-30", "2025-12-31"} <= set(before)
        assert all("2025-11-22" < day <= "2026-11-22" for day in before)
        assert before == sorted(before, reverse=True)
