"""What was found of each link in the last runs, and what that makes of it: the rule of two signals.

One signal is not enough to call a link dead: servers have bad days, and some do not answer a whole network. A link is dead when it was
``missing`` in three runs in a row on different days, or when two origins (networks that the check runs in) both found it missing last;
and never when one of them has lately found a page there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from atlas.linkcheck.finding import Finding, Verdict

VERSION = 1
RUNS_TO_DEATH = 3
KEPT = 6
"""Runs of each origin that are kept."""
AGREE_WITHIN = 21
"""Days: of two origins, what one found longer ago than this does not count."""
_LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True)
class Run:
    """What one origin found on one day (ISO 8601)."""

    day: str
    origin: str
    finding: Finding


History = Mapping[str, tuple[Run, ...]]
"""The last runs by address, oldest first."""


class UnreadableStateError(Exception):
    """The file of the last runs cannot be read; the text says what is wrong with it."""


def read_history(path: Path) -> History:
    """The runs in a state file; none when there is no such file. Raises :class:`UnreadableStateError`.

    The file may come from elsewhere: nothing in it is trusted but its form.
    """
    if not path.exists():
        return {}
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["version"] != VERSION:
            raise ValueError(f"its version is not {VERSION}")
        return {str(url): tuple(_run(entry) for entry in entries) for url, entries in document["links"].items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableStateError(f"{path}: this is not the state of a link check: {error}. Take it out to begin anew.") from None


def _run(entry: Mapping[str, Any]) -> Run:
    day, origin, verdict = dt.date.fromisoformat(entry["day"]), entry["origin"], entry["verdict"]
    if verdict not in get_args(Verdict) or not isinstance(origin, str) or not 0 < len(origin) <= 60:
        raise ValueError("a run does not have the right form")
    return Run(day.isoformat(), origin, Finding(verdict, int(entry["code"]), str(entry["detail"])[:200], str(entry["target"])[:2000]))


def write_history(path: Path, history: History) -> None:
    """Writes a state file, whole or not at all."""
    links = {
        url: [
            {"day": run.day, "origin": run.origin, "verdict": run.finding.verdict, "code": run.finding.code}
            | {"detail": run.finding.detail, "target": run.finding.target}
            for run in runs
        ]
        for url, runs in sorted(history.items())
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.fresh")
    fresh.write_text(json.dumps({"version": VERSION, "links": links}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def with_runs(history: History, found: Mapping[str, Finding], day: str, origin: str, links: Iterable[str]) -> History:
    """The history with what was found today, for the links that there are now. A second run on a day takes the place of the first."""
    result = {}
    for url in links:
        runs = list(history.get(url, ()))
        if url in found:
            runs = [run for run in runs if (run.day, run.origin) != (day, origin)]
            runs.append(Run(day, origin, found[url]))
            runs.sort(key=lambda run: run.day)
        by_origin = {name: [run for run in runs if run.origin == name][-KEPT:] for name in sorted({run.origin for run in runs})}
        if runs:
            result[url] = tuple(sorted((run for kept in by_origin.values() for run in kept), key=lambda run: (run.day, run.origin)))
    return result


def dead_since(runs: Iterable[Run]) -> str | None:
    """The first day of a death that is certain; ``None`` as long as it is not."""
    by_origin: dict[str, list[Run]] = {}
    for run in sorted(runs, key=lambda run: run.day):
        by_origin.setdefault(run.origin, []).append(run)
    if not by_origin:
        return None
    latest = dt.date.fromisoformat(max(found[-1].day for found in by_origin.values()))
    fresh = [found for found in by_origin.values() if (latest - dt.date.fromisoformat(found[-1].day)).days <= AGREE_WITHIN]
    if any(found[-1].finding.verdict in {"ok", "moved"} for found in fresh):
        return None  # who was there saw it: the other network is kept out
    signals = [days for found in fresh if (days := _missing_in_a_row(found))]
    if len(signals) >= 2 or any(len(set(days)) >= RUNS_TO_DEATH for days in signals):
        return min(days[0] for days in signals)
    return None


def _missing_in_a_row(runs: list[Run]) -> list[str]:
    days: list[str] = []
    for run in reversed(runs):
        if run.finding.verdict != "missing":
            break
        days.insert(0, run.day)
    return days
