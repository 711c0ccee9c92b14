"""What the records of visa and entry say."""

from __future__ import annotations

from atlas.passport import Passport
from atlas.records.country import Country, CountryList
from atlas.records.decision import Outcome
from atlas.records.entry import Checklist, Document, EntryScheme, Fee, Notice, OfficialSite, Status
from atlas.records.rule import EntryRule, Rule, Statement
from atlas.views.countryfinder import entry_in_short
from atlas.views.entry import money_or_nothing
from atlas.views.lines.sheet import Sheet


def country_lines(sheet: Sheet, one: Country) -> None:
    """How one enters on the passport of a country."""
    words = sheet.reader.words
    if one.name:
        sheet.text("name", sheet.word("about-name"), one.name)
    for key, period in zip(sheet.keys, one.entry, strict=True):
        said = entry_in_short(sheet.reader, Passport(one.id, period.first, period, {}))
        sheet.put(f"entry.{key}", sheet.word("finder-entry"), said, period.sources)
        if period.window:
            window = {name: words.say_genitive("quantity-day", getattr(period.window, name)) for name in ("days", "within")}
            sheet.put(f"entry.{key}.window", sheet.word("aspect-stay"), sheet.word("from-window", **window), period.sources)
        sheet.term(f"entry.{key}", period, followed=period is not one.entry[-1])


def country_list_lines(sheet: Sheet, one: CountryList) -> None:
    """Who is on a list, for how long one may stay by it, and since when and until when it holds."""
    sheet.text("name", sheet.word("about-name"), one.name)
    for key, period in zip(sheet.keys, one.periods, strict=True):
        for field, label in (("countries", "status-kind-country"), ("less_sure", "change-less-sure")):
            named = {code: sheet.reader.country(code) for code in getattr(period, field)}
            sheet.members(f"periods.{key}.{field}", sheet.word(label), named, period.sources, countries=True)
        if period.days is not None:
            sheet.put(f"periods.{key}.days", sheet.word("aspect-stay"), sheet.word("quantity-day", count=period.days), period.sources)
        sheet.term(f"periods.{key}", period, followed=period is not one.periods[-1])


def subject_lines(sheet: Sheet, one: Status | EntryScheme) -> None:
    """A status of stay or a scheme of entry."""
    if isinstance(one, Status):
        sheet.put("code", sheet.word("change-code"), one.code)
    sheet.text("name", sheet.word("about-name"), one.name)
    sheet.text("summary", sheet.word("change-what"), one.summary)


def statement_lines(sheet: Sheet, one: Statement, label: str) -> None:
    """A dated statement: what it says in each of its periods."""
    for key, period in zip(sheet.keys, one.periods, strict=True):
        sheet.text(f"periods.{key}.text", label, one.text, period.sources, period.values)
        sheet.doubt(f"periods.{key}.doubt", one.doubt, period.sources, period.values)
        sheet.term(f"periods.{key}", period, followed=period is not one.periods[-1])


def entry_rule_lines(sheet: Sheet, one: EntryRule) -> None:
    """One statement about a status or a scheme, and the passports for which it holds."""
    statement_lines(sheet, one, sheet.word(f"aspect-{one.aspect}"))
    named = {code: sheet.reader.country(code) for code in one.countries}
    sheet.members("countries", sheet.word("status-kind-country"), named, countries=True)


def rule_lines(sheet: Sheet, one: Rule) -> None:
    """One rule of law, or a statement about what patients pay."""
    statement_lines(sheet, one, sheet.word("treatment-tax" if one.topic == "tax" else f"rules-{one.topic}"))


def site_lines(sheet: Sheet, one: OfficialSite) -> None:
    """A web site of the Korean state."""
    sheet.put("url", sheet.word("about-website"), one.url)
    sheet.text("name", sheet.word("about-name"), one.name)


def document_lines(sheet: Sheet, one: Document) -> None:
    """The name of a paper."""
    sheet.text("name", sheet.word("about-name"), one.name)


def checklist_lines(sheet: Sheet, one: Checklist) -> None:
    """The papers on a list, by who brings them."""
    sheet.text("title", sheet.word("about-name"), one.title)
    for key, period in zip(sheet.keys, one.periods, strict=True):
        for part in period.parts:
            papers = {}
            for paper in part.documents:
                note = sheet.passage(paper.note, period.values).text if paper.note else ""
                said = sheet.noted(sheet.plain(sheet.reader.atlas.documents[paper.document].name), note)
                papers[f"{paper.document} {paper.note.root if paper.note else ''} {note}"] = said
            sheet.members(f"periods.{key}.{part.by}", sheet.word(f"by-{part.by}"), papers, period.sources)
        if period.note:
            sheet.text(f"periods.{key}.note", sheet.word("aspect-note"), period.note, period.sources, period.values)
        sheet.term(f"periods.{key}", period, followed=period is not one.periods[-1])


def fee_lines(sheet: Sheet, one: Fee) -> None:
    """What is paid in each period, also by passport."""
    for key, period in zip(sheet.keys, one.periods, strict=True):
        path = f"periods.{key}"
        sheet.put(
            f"{path}.amount", sheet.word("aspect-fee"), money_or_nothing(sheet.reader, period.amount, period.currency), period.sources
        )
        for code, amount in period.by_country.items():
            label = sheet.word("change-fee-of", country=sheet.reader.country(code))
            said = money_or_nothing(sheet.reader, amount, period.currency)
            sheet.put(f"{path}.by_country.{code}", label, said, period.sources, countries=(code,))
        sheet.text(f"{path}.what", sheet.word("about-name"), one.what, period.sources, period.values)
        sheet.doubt(f"{path}.doubt", one.doubt, period.sources, period.values)
        sheet.term(path, period, followed=period is not one.periods[-1])


def notice_lines(sheet: Sheet, one: Notice) -> None:
    """Where sources disagree, what is not known, what one place does."""
    label = sheet.word(f"notices-{one.kind}")
    for key, period in zip(sheet.keys, one.periods, strict=True):
        path = f"periods.{key}"
        sheet.text(f"{path}.title", sheet.word("about-name"), one.title, period.sources, period.values)
        if one.text:
            sheet.text(f"{path}.text", label, one.text, period.sources, period.values)
        for side in one.sides:
            sheet.text(f"{path}.sides", label, side.text, side.sources, period.values)
        if one.printed:
            sheet.text(f"{path}.printed", sheet.word("change-printed"), one.printed, period.sources, period.values)
        sheet.term(path, period, followed=period is not one.periods[-1])
    named = {code: sheet.reader.country(code) for code in one.countries}
    sheet.members("countries", sheet.word("status-kind-country"), named, countries=True)


def outcome_lines(sheet: Sheet, one: Outcome) -> None:
    """What applies in a case, under which condition, and what belongs to it."""
    word, atlas = sheet.word, sheet.reader.atlas
    sheet.text("answer", word("from-answer"), one.answer, one.sources, one.values)
    sheet.text("condition", word("aspect-conditions"), one.condition, one.sources, one.values)
    sheet.members("checklists", word("card-papers"), {key: sheet.plain(atlas.checklists[key].title) for key in one.checklists})
    fees = {key: sheet.passage(atlas.fees[key].what, atlas.fees[key].periods[-1].values).text for key in one.fees}
    sheet.members("fees", word("fees-heading"), fees)
