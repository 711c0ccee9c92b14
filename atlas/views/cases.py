"""The cases of the decision table in words, and in the short form that the browser reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from atlas.deciding import ANSWERS, Answers
from atlas.passport import BANDS
from atlas.records.decision import Purpose, Route, Stay, When, Where, Who
from atlas.views.reader import Reader
from atlas.wording import runs

QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("where", get_args(Where)),
    ("stay", get_args(Stay)),
    ("purpose", get_args(Purpose)),
    ("who", get_args(Who)),
    ("route", get_args(Route)),
)
"""What the checker asks, with the answers in the order in which cases are counted."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_Parts = tuple[frozenset[str], ...]


def coded(reader: Reader, outcomes: Sequence[str]) -> str:
    """The outcomes of all cases of a passport, one letter each; :func:`letters` says which is which."""

    def make() -> str:
        named = letters(reader)
        return "".join(named[outcome] for outcome in outcomes)

    return reader.once(("coded", tuple(outcomes)), make)


def letters(reader: Reader) -> dict[str, str]:
    """The letter of each outcome."""
    return dict(zip(reader.atlas.outcomes, _LETTERS, strict=False))


def questions(reader: Reader) -> list[dict[str, Any]]:
    """The questions of the checker with their answers."""
    say = reader.words.say
    return [
        {
            "id": name,
            "label": say(f"ask-{name}"),
            "answers": [{"value": value, "text": span(reader, value) if name == "stay" else say(f"{name}-{value}")} for value in values],
        }
        for name, values in QUESTIONS
    ]


def span(reader: Reader, first: str, last: str | None = None) -> str:
    """A length of stay: ``up to 30 days``, ``31 to 90 days``, ``more than a year``."""
    words, start, end = reader.words, BANDS[first][0], BANDS[last or first][1]
    if start == 1:
        return words.say("stay-up-to", days=words.say_genitive("quantity-day", end))
    if (last or first) == "more":
        return words.say("stay-more") if first == "more" else words.say("stay-from", days=words.number(start - 1))
    return words.say("stay-between", first=words.number(start), last=words.say("quantity-day", count=end))


def cases(reader: Reader, outcomes: Sequence[str]) -> dict[str, list[str]]:
    """For each outcome that a passport can have, the cases in words; together exactly its cases."""

    def make() -> dict[str, list[str]]:
        found: dict[str, list[Answers]] = {}
        for answers, outcome in zip(ANSWERS, outcomes, strict=True):
            found.setdefault(outcome, []).append(answers)
        return {outcome: [_in_words(reader, parts) for parts in blocks(rows)] for outcome, rows in found.items()}

    return reader.once(("cases", tuple(outcomes)), make)


def blocks(rows: Iterable[Answers]) -> list[_Parts]:
    """Cases as few blocks, each the product of its parts; equal neighbours are joined question by question."""
    found: dict[_Parts, None] = {tuple(frozenset((part,)) for part in row): None for row in rows}
    for place in (4, 3, 2, 1, 0):
        joined: dict[_Parts, frozenset[str]] = {}
        for parts in found:
            rest = (*parts[:place], frozenset(), *parts[place + 1 :])
            joined[rest] = joined.get(rest, frozenset()) | parts[place]
        found = {(*rest[:place], part, *rest[place + 1 :]): None for rest, part in joined.items()}
    return list(found)


def _in_words(reader: Reader, parts: _Parts) -> str:
    where, stay, purpose, who, route = parts
    say, said = reader.words.say, []
    said += [" / ".join(_spans(reader, stay))] if len(stay) < len(QUESTIONS[1][1]) else [say("stay-any")]
    for name, found, every in (("who", who, QUESTIONS[3][1]), ("purpose", purpose, QUESTIONS[2][1]), ("route", route, QUESTIONS[4][1])):
        if len(found) < len(every):
            said.append(_choice(reader, name, [value for value in every if value in found]))
    if where == frozenset(("korea",)):
        said.insert(0, say("where-korea"))
    return reader.words.say("case-parts").join(said)


def _choice(reader: Reader, name: str, values: Iterable[str]) -> str:
    """Answers of which one is given; purposes, which hold an *or* of their own, with a stroke between them."""
    between = " / " if name == "purpose" else reader.words.say("list-or")
    return between.join(reader.words.say(f"{name}-{value}") for value in values)


def _spans(reader: Reader, stays: Iterable[str]) -> list[str]:
    """Lengths of stay, those that follow one another joined."""
    names = list(BANDS)
    numbers = sorted(names.index(stay) for stay in stays)
    return [span(reader, names[run[0]], names[run[-1]]) for run in runs(numbers)]


def row_in_words(reader: Reader, when: When) -> str:
    """All that a row of the decision table asks."""
    say, said = reader.words.say, []
    if when.where == ("korea",):
        said.append(say("where-korea"))
    if when.status:
        said.append(say("list-or").join(say(f"when-status-{status}") for status in when.status))
    if when.fits is not None and when.status != ("none",):
        said.append(say("when-fits" if when.fits else "when-fits-not"))
    if when.door and when.door != ("none",):
        said.append(say("list-or").join(say(f"when-door-{door}") for door in when.door))
        said.append(span(reader, "30"))
    if when.door == ("none",):
        said.append(say("when-door-none"))
    if when.stay:
        said.append(say("list-or").join(_spans(reader, when.stay)))
    for name, asked in (("who", when.who), ("purpose", when.purpose)):
        if asked:
            said.append(_choice(reader, name, asked))
    for name, fact in (("long-free", when.long_free), ("invitation", when.invitation), ("centre", when.centre)):
        if fact is not None:
            said.append(say(f"when-{name}-{'yes' if fact else 'no'}"))
    return say("case-parts").join(said)
