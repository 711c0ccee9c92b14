"""One round: every link once, hosts side by side, the links of a host one after the other; then the state and the report."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue

from atlas.linkcheck.asking import Asker, host_of
from atlas.linkcheck.finding import Finding, look
from atlas.linkcheck.history import read_history, with_runs, write_history
from atlas.linkcheck.link import external_links
from atlas.linkcheck.report import Entry, as_json, as_markdown, entries
from atlas.yamltext import read_yaml

MOST_LIKELY_US = 0.5
"""When more than this part of all links has no answer, the trouble is with the network of the check, not with the links."""
_FEWEST = 20


class NoNetworkError(Exception):
    """So little answered that nothing can be learned from this round."""


def check_links(
    root: Path, state: Path, out: Path, *, origin: str, others: Iterable[Path], day: str, asker: Asker | None = None
) -> tuple[Entry, ...]:
    """Asks the links of the project, writes the state and the report (``out`` with ``.md`` and ``.json``), and returns what was found.

    ``day`` (ISO 8601) and ``origin`` name the run; ``others`` are states of other origins, which are read and not written; of them, only
    runs under another name count. Raises :class:`NoNetworkError` and :class:`~atlas.linkcheck.history.UnreadableStateError`; then nothing
    is written.
    """
    links = external_links(root)
    known = read_history(state)
    elsewhere = [read_history(path) for path in others]
    asker = asker or Asker(f"korea-care-atlas-links/1 (checks links of {_home(root)})")
    mine = with_runs(known, one_round(links, asker), day, origin, links)
    write_history(state, mine)
    merged = {
        url: (*mine.get(url, ()), *(run for other in elsewhere for run in other.get(url, ()) if run.origin != origin and run.day <= day))
        for url in links
    }
    found = entries(links, merged)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.with_suffix(".md").write_text(as_markdown(found, day, len(links)), encoding="utf-8")
    out.with_suffix(".json").write_text(as_json(found, day, len(links)), encoding="utf-8")
    return found


def _home(root: Path) -> str:
    """How to reach those who ask: the address of the site if it is set, and that for corrections."""
    site, _ = read_yaml((root / "data/site.yaml").read_text(encoding="utf-8"), "data/site.yaml")
    return ", ".join(part for part in (os.environ.get("SITE_URL", ""), str(site.value["corrections"])) if part)


def one_round(links: Iterable[str], asker: Asker, *, at_once: int = 8, longest: float = 2400.0) -> Mapping[str, Finding]:
    """What was found, by address. After ``longest`` seconds the round ends; links that were not reached by then are left out.

    Raises :class:`NoNetworkError` when most links give no answer.
    """
    by_host: dict[str, list[str]] = {}
    for url in links:
        by_host.setdefault(host_of(url), []).append(url)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for group in sorted(by_host.values(), key=len, reverse=True):
        waiting.put(group)
    found: dict[str, Finding] = {}
    end = time.monotonic() + longest

    def work() -> None:
        while True:
            try:
                group = waiting.get_nowait()
            except Empty:
                return
            for url in group:
                if time.monotonic() >= end:
                    return
                found[url] = look(url, asker)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(at_once)]  # a daemon: a server that drips must not hold the end up
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(max(0.0, end + asker.longest - time.monotonic()))
    result = dict(sorted(found.items()))
    silent = sum(finding.code == 0 and finding.verdict in {"missing", "unreachable"} for finding in result.values())
    if len(result) >= _FEWEST and silent > MOST_LIKELY_US * len(result):
        raise NoNetworkError(f"{silent} of {len(result)} links gave no answer: the network of this check is the likelier cause.")
    return result
