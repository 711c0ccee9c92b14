"""What institutions, treatments, schemes and helplines say."""

from __future__ import annotations

from atlas.records.evidence import Evidence
from atlas.records.helpline import Helpline
from atlas.records.institution import Conflict, Institution, Website
from atlas.records.recovery import Advice
from atlas.records.scheme import Scheme
from atlas.records.treatment import Treatment
from atlas.views.evidence import evidence_row
from atlas.views.institution import CONTACT, conflict_text, hours_lines, place_line
from atlas.views.lines.sheet import Sheet
from atlas.views.reader import Citations
from atlas.views.treatment import flying_view, price_view, span_text


def institution_lines(sheet: Sheet, one: Institution) -> None:
    """An institution; contact details are withheld where its page withholds them."""
    word, atlas, words = sheet.word, sheet.reader.atlas, sheet.reader.words
    if one.closed:
        sheet.put("closed", word("row-closed"), words.date(one.closed.date), one.closed.sources)
    sheet.names(one.names)
    sheet.text("kind", word("row-kind"), atlas.institution_kinds[one.kind].name)
    sheet.put("province", word("compare-place"), place_line(sheet.reader, one) or word("place-unknown"))
    sheet.address(one.address)
    sheet.point("point", one.point)
    if one.main_line:
        sheet.phone("main_line", word("main-line"), one.main_line)
    if one.website:
        _web(sheet, "website", word("about-website"), one.website)
    _desk(sheet, one)
    fields = {key: sheet.plain(atlas.specialties[key].name) for key in one.specialties}
    sheet.members("specialties", word("finder-specialty"), fields)
    if one.departments:
        fields = {key: sheet.plain(atlas.specialties[key].name) for key in one.departments.codes}
        sheet.members("departments", word("row-departments"), fields, one.departments.sources)
    if one.beds:
        said = sheet.noted(words.number(one.beds.number), word("licence-as-of", date=words.date(one.beds.as_of)))
        sheet.put("beds", word("about-beds"), said, one.beds.sources)
    if one.opened:
        sheet.put("opened", word("row-opened"), words.date(one.opened.date), one.opened.sources)
    if one.licensed:
        sheet.put("licensed", word("row-licensed"), words.date(one.licensed.date), one.licensed.sources)
    for item in one.evidence:
        _evidence(sheet, item)
    if one.reports:
        sheet.put("reports", word("finder-evidence"), word("evidence-reports"), one.reports)
    sheet.put("confidence", word("row-sure"), word(f"confidence-{one.confidence}"))
    sheet.statements("facts", word("row-known"), one.facts)
    for remark in one.remarks:
        text = sheet.passage(remark.text)
        sheet.put("remarks", word(f"about-{remark.about}"), text if _told(sheet, remark.about) else None, remark.sources)
    for conflict in one.conflicts:
        _conflict(sheet, conflict)


def _told(sheet: Sheet, about: str) -> bool:
    return sheet.contact or about not in CONTACT


def _conflict(sheet: Sheet, conflict: Conflict) -> None:
    said = sheet.word("label-value", label=sheet.word(f"about-{conflict.about}"), value=conflict_text(sheet.reader, conflict))
    sources = [source for version in conflict.versions for source in version.sources]
    sheet.put("conflicts", sheet.word("notices-conflict"), said if _told(sheet, conflict.about) else None, sources)


def _web(sheet: Sheet, path: str, label: str, link: Website) -> None:
    sheet.held(path, label, link.url, link.sources)


def _desk(sheet: Sheet, one: Institution) -> None:
    word, desk = sheet.word, one.desk
    for line in desk.phones:
        sheet.phone("desk.phones", word("label-value", label=word("row-desk"), value=word("row-phone")), line)
    if desk.email:
        sheet.held("desk.email", word("about-email"), desk.email.address, desk.email.sources)
    if desk.page:
        _web(sheet, "desk.page", word("about-page"), desk.page)
    if desk.languages:
        spoken = {code: sheet.reader.words.language(code) for code in desk.languages.codes}
        sheet.members("desk.languages", word("row-spoken"), spoken, desk.languages.sources)
    if desk.hours:
        said = word("semicolon").join(hours_lines(sheet.reader, desk.hours))
        sheet.held("desk.hours", word(f"hours-of-{desk.hours.of}"), said, desk.hours.sources)


def _evidence(sheet: Sheet, item: Evidence) -> None:
    row = evidence_row(sheet.reader, item, Citations(sheet.reader))
    note = row["note"]["text"] if "note" in row else ""
    said = sheet.word("semicolon").join(text for text in (row["title"], row.get("period", "").rstrip(".。"), note) if text)
    sheet.put(f"evidence.{item.scheme or item.level}", sheet.word("finder-evidence"), said, item.sources)


def treatment_lines(sheet: Sheet, one: Treatment) -> None:
    """A treatment: what it is, how long one stays, when one may fly, prices."""
    word, reader = sheet.word, sheet.reader
    sheet.text("name", word("about-name"), one.name)
    sheet.text("summary", word("change-what"), one.summary)
    fields = {key: sheet.plain(reader.atlas.specialties[key].name) for key in one.specialties}
    sheet.members("specialties", word("treatment-fields"), fields)
    if one.stay:
        note = sheet.plain(one.stay.note) if one.stay.note else ""
        sheet.put("stay", word("treatment-stay"), sheet.noted(span_text(reader, one.stay.span), note), (one.stay.source,))
    for advice in one.flying:
        said = str(flying_view(reader, advice, Citations(reader))["text"])
        case = sheet.plain(advice.case) if advice.case else ""
        sheet.put("flying", word("treatment-flying"), word("label-value", label=case, value=said) if case else said, (advice.source,))
    for price in one.prices:
        view = price_view(reader, price, Citations(reader))
        said = word("semicolon").join(text for text in (view.get("text"), view["note"]["text"], view["year"], view["tax"]) if text)
        sheet.put("prices", word("finder-price"), said, (price.source,))


def scheme_lines(sheet: Sheet, one: Scheme) -> None:
    """A scheme of accreditation or designation."""
    sheet.text("name", sheet.word("about-name"), one.name)
    sheet.text("run_by", sheet.word("scheme-run-by"), one.run_by)
    sheet.put("level", sheet.word("finder-evidence"), sheet.word(f"evidence-{one.level}"))
    sheet.text("what", sheet.word("change-what"), one.what)
    sheet.text("what_not", sheet.word("scheme-not"), one.what_not)
    sheet.statements("facts", sheet.word("row-known"), one.facts)


def helpline_lines(sheet: Sheet, one: Helpline) -> None:
    """A public line."""
    sheet.put("number", sheet.word("row-phone"), one.number)
    sheet.text("name", sheet.word("about-name"), one.name)
    sheet.text("detail", sheet.word("about-hours"), one.detail)


def advice_lines(sheet: Sheet, one: Advice) -> None:
    """What a source says about the days after a treatment."""
    word, atlas = sheet.word, sheet.reader.atlas
    sheet.text("text", word(f"about-{one.about}"), one.text)
    sheet.members("treatments", word("finder-treatment"), {key: sheet.plain(atlas.treatments[key].name) for key in one.treatments})
    if one.unwise_through is not None:
        sheet.put("unwise_through", word("change-unwise"), word("change-day", count=one.unwise_through))
    if one.allowed_from is not None:
        sheet.put("allowed_from", word("change-allowed"), word("change-day", count=one.allowed_from))
    if one.strength == "clinic":
        sheet.put("strength", word("change-basis"), word("advice-clinic"))
