"""What editors read after a round: which links are dead, moved, blocked, in which record each stands, and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from atlas.linkcheck.finding import Verdict
from atlas.linkcheck.history import History, Run, dead_since
from atlas.linkcheck.link import Holder

ORDER = ("dead", "missing", "moved", "tls", "unreachable", "blocked", "refused", "ok", "unasked")
"""The states of a link, the most pressing first. All but ``dead`` and ``unasked`` are verdicts of the last run."""
_SAYS = {
    "dead": ("Dead", "Replace the link, add an archived copy, or close the record."),
    "missing": ("Missing so far", "Nothing to do yet: dead only after three runs on different days, or when two networks agree."),
    "moved": ("Moved", "Look at the new page; if it says the same, write its address."),
    "tls": ("No secure connection", "Look at it in a browser; tell the site's owner."),
    "unreachable": ("Unreachable", "Nothing to do, unless it lasts: some servers do not answer abroad."),
    "blocked": ("Blocked", "Alive, but not for robots: look at it in a browser at the next check of the record."),
    "refused": ("Not asked", "This is not the address of a public page: correct it."),
}


@dataclass(frozen=True)
class Entry:
    """One link: its state, since which day it has been so (without a break), the last run, and its holders."""

    url: str
    state: str
    since: str
    run: Run
    holders: tuple[Holder, ...]

    @property
    def archived(self) -> str | None:
        """The archived copy that one of the holders names."""
        return next((holder.archived for holder in self.holders if holder.archived), None)

    def __str__(self) -> str:
        """As an editor reads faults: place, what is wrong, how to mend it."""
        holder = self.holders[0]
        place = f"{holder.path}:{holder.line}:{holder.column}: {holder.field}"
        return f"{place}: this link is dead since {self.since} (got {self.url}). {_mend(self)}"


def entries(links: Mapping[str, tuple[Holder, ...]], history: History) -> tuple[Entry, ...]:
    """One entry for each link that was ever asked, the most pressing first."""
    found = []
    for url, holders in links.items():
        runs = history.get(url, ())
        if not runs:
            continue
        last = max(runs, key=lambda run: run.day)
        dead = dead_since(runs)
        found.append(Entry(url, "dead" if dead else last.finding.verdict, dead or _since(runs, last.finding.verdict), last, holders))
    return tuple(sorted(found, key=lambda entry: (ORDER.index(entry.state), entry.holders[0], entry.url)))


def _since(runs: tuple[Run, ...], verdict: Verdict) -> str:
    day = ""
    for run in sorted(runs, key=lambda run: run.day, reverse=True):
        if run.finding.verdict != verdict:
            break
        day = run.day
    return day


def _mend(entry: Entry) -> str:
    if entry.archived:
        return f"There is an archived copy: {entry.archived}"
    return "Replace it, or write an archived copy beside it (archived: https://…)."


def as_json(found: tuple[Entry, ...], day: str, links: int) -> str:
    """The report for machines."""
    document: dict[str, Any] = {"version": 1, "day": day, "links": links, "counts": counts(found, links)}
    document["entries"] = [
        {"url": entry.url, "state": entry.state, "since": entry.since, "origin": entry.run.origin, "asked": entry.run.day}
        | {"code": entry.run.finding.code, "detail": entry.run.finding.detail, "target": entry.run.finding.target}
        | {"archived": entry.archived, "holders": [asdict(holder) for holder in entry.holders]}
        for entry in found
        if entry.state != "ok"
    ]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def counts(found: tuple[Entry, ...], links: int) -> dict[str, int]:
    """How many links are in which state."""
    result = {state: sum(entry.state == state for entry in found) for state in ORDER}
    return result | {"unasked": links - len(found)}


def as_markdown(found: tuple[Entry, ...], day: str, links: int) -> str:
    """The report for editors. What servers sent (``target``) stands as code: it can neither be clicked by chance nor draw anything."""
    lines = [f"# Links to other sites, {day}", ""]
    lines += [", ".join(f"{number} {state}" for state, number in counts(found, links).items() if number) + ".", ""]
    for state, (title, what) in _SAYS.items():
        rows = [entry for entry in found if entry.state == state]
        if not rows:
            continue
        lines += [f"## {title} ({len(rows)})", "", what, "", "| link | since | why | where | archived copy |", "|---|---|---|---|---|"]
        for entry in rows:
            finding = entry.run.finding
            why = (f"{finding.code}: " if finding.code else "") + finding.detail + (f": {_code(finding.target)}" if finding.target else "")
            where = "<br>".join(f"{holder.kind} {holder.record} ({holder.path}:{holder.line})" for holder in entry.holders[:5])
            where += f"<br>and {len(entry.holders) - 5} more" if len(entry.holders) > 5 else ""
            lines.append(f"| {_code(entry.url)} | {entry.since} | {why} | {where} | {_code(entry.archived) if entry.archived else ''} |")
        lines.append("")
    return "\n".join(lines)


def _code(text: str) -> str:
    """A text in a table cell, as code."""
    return "`" + re.sub(r"[\s`|\x00-\x1f\x7f]", "�", text)[:300] + "`"
