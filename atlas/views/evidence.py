"""The evidence card: what the statement rests on that an institution serves patients from abroad."""

from __future__ import annotations

from typing import Any

from atlas.records.date import last_day
from atlas.records.evidence import Evidence
from atlas.records.institution import ABROAD, Institution
from atlas.views.reader import Citations, Reader

_ORDER = {"registered": 0, "designated": 1, "accredited": 2, "self-declared": 3}


def evidence_card(reader: Reader, one: Institution, citations: Citations) -> list[dict[str, Any]]:
    """The rows of the card, always beginning with the registration, known or not.

    ``state``: *yes* (sourced), *past*, *unknown*. A row with ``until`` turns to *not confirmed* after that day.
    """
    words = reader.words
    rows: list[dict[str, Any]] = []
    if not any(item.level == "registered" for item in one.evidence):
        rows.append(
            {
                "state": "unknown",
                "title": words.say("evidence-registration-unknown"),
                "text": words.say("evidence-registration-unknown-text"),
            }
        )
    for item in sorted(one.evidence, key=lambda item: (_ORDER[item.level], item.scheme or "")):
        rows.append(evidence_row(reader, item, citations))
    if one.reports:
        rows.append(
            {
                "state": "yes",
                "title": words.say("evidence-reports"),
                "text": words.say("evidence-reports-text"),
                "refs": citations.cite(one.reports),
            }
        )
    return rows


def evidence_row(reader: Reader, item: Evidence, citations: Citations) -> dict[str, Any]:
    """One piece of evidence: what it is, in which period, and whether it stands."""
    words, released = reader.words, reader.atlas.site.released
    scheme = reader.atlas.schemes[item.scheme] if item.scheme else None
    ended = item.standing != "stated" or (item.valid_to is not None and last_day(item.valid_to) < released)
    title = words.say(f"evidence-{item.level}")
    if scheme:
        title = words.say("label-value", label=title, value=_scheme_name(reader, item.scheme or ""))
    if ended:
        title = words.say(f"evidence-{'past' if item.standing == 'stated' else item.standing}", what=title)
    elif item.weak:
        title = words.say("evidence-weak", what=title)
    open_question = item.weak or item.standing == "unclear"
    row: dict[str, Any] = {"state": "unknown" if open_question else "past" if ended else "yes", "title": title}
    period = _period(reader, item)
    if period:
        row["period"] = period
    if item.note:
        row["note"] = reader.passage(item.note)
    if scheme and scheme.id not in ABROAD:
        row["text"] = words.say("evidence-not-about-foreigners")
    if item.level == "self-declared":
        row["text"] = words.say("evidence-self-declared-text")
    row["refs"] = citations.cite(item.sources)
    if item.valid_to and not ended:
        row["until"] = last_day(item.valid_to)
        row["then"] = words.say("evidence-ended-since", date=words.date(item.valid_to))
    return row


def _scheme_name(reader: Reader, scheme_id: str) -> str:
    scheme = reader.atlas.schemes[scheme_id]
    return scheme.short or reader.text(scheme.name)


def _period(reader: Reader, item: Evidence) -> str | None:
    words = reader.words
    start = words.date(item.valid_from) if item.valid_from else None
    end = words.date(item.valid_to) if item.valid_to else None
    if start and end:
        return words.say("period-from-to", start=start, end=end)
    if end:
        return words.say("period-to", end=end)
    if start:
        return words.say("period-from", start=start)
    return None


def levels(one: Institution, released: str) -> tuple[str, ...]:
    """Every level of evidence that is in force on a day, by what it says of patients from abroad; ``unknown`` where there is none.

    ``reported``: press, public bodies or lists say it. The first is the one that :func:`summary` names.
    """
    if one.serves_foreigners_unknown:
        return ("unknown",)
    found: list[str] = sorted({item.level for item in _standing(one, released)}, key=lambda level: _ORDER[level])
    return tuple([*found, "reported"] if one.reports else found) or ("unknown",)


def _standing(one: Institution, released: str) -> list[Evidence]:
    """The evidence in force on a day that is about serving patients from abroad."""
    return [
        item
        for item in one.evidence
        if item.standing == "stated"
        and not item.weak
        and not (item.valid_to and last_day(item.valid_to) < released)
        and (item.scheme is None or item.scheme in ABROAD)
    ]


def summary(reader: Reader, one: Institution) -> dict[str, Any]:
    """One line on how sure we are that it serves patients from abroad, by the best evidence that stands."""
    words, released = reader.words, reader.atlas.site.released
    if one.serves_foreigners_unknown:
        return {"state": "unknown", "level": words.say("level-unknown"), "text": words.say("level-unknown-text")}
    standing = _standing(one, released)
    if not standing and not one.reports:
        return {"state": "unknown", "level": words.say("level-ended"), "text": words.say("level-ended-text")}
    if not standing:
        text = _with_registration(reader, one, words.say("level-reported-text"))
        return {"state": "yes", "level": words.say("level-reported"), "text": text}
    best = min(standing, key=lambda item: _ORDER[item.level])
    level = words.say(f"level-{best.level}")
    if best.scheme:
        level = words.say("label-value", label=level, value=_scheme_name(reader, best.scheme))
    text = words.say(f"level-{best.level}-text")
    if best.level != "registered":
        text = _with_registration(reader, one, text)
    view: dict[str, Any] = {"state": "yes", "level": level, "text": text}
    if best.valid_to:
        view |= {
            "until": last_day(best.valid_to),
            "then": words.say("evidence-ended-since", date=words.date(best.valid_to)),
        }
    return view


def registered(one: Institution) -> bool:
    """Whether a named source says that the institution is registered to attract patients from abroad."""
    return any(item.level == "registered" and item.standing == "stated" and not item.weak for item in one.evidence)


def _with_registration(reader: Reader, one: Institution, text: str) -> str:
    """The text, and what we found of a registration that no named source confirms."""
    weak = any(item.level == "registered" and item.weak for item in one.evidence)
    found = reader.words.say("registration-weak" if weak else "registration-none")
    return reader.words.say("two-sentences", first=text, second=found)
