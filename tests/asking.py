"""Which records a page depends on, as it says itself, and as edits show: shared by a short test and the long run of ``bench/asked.py``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from atlas.building.making import Making
from atlas.building.pages import to_print
from atlas.building.share import Made
from atlas.building.site import is_stale
from atlas.building.subject import Subject, changed, subject_of
from atlas.fault import FaultyInputError
from atlas.memory import Memory
from atlas.trace import Key, of_record
from tests.edits import Edit, Saved, edit


@dataclass(frozen=True)
class Printed:
    """One state of a project: of each page, by language, what it prints and what it was made from."""

    making: Making
    subject: Subject
    made: dict[str, dict[str, Made]]
    asked: dict[str, dict[str, frozenset[Key]]]


class Editing:
    """A project that is edited at random.

    ``unasked`` grows by the pages that print something else though they asked for nothing that has changed.
    """

    def __init__(self, project: Path, random: Random) -> None:
        self._project, self._random, self._memory = project, random, Memory()
        self._now = self._printed()
        self.done: list[str] = []
        self.unasked: list[str] = []
        self.spared = 0
        """How many pages were told to be as they were, in all states together."""

    def edit(self, edits: tuple[Edit, ...]) -> None:
        """Makes an edit and looks at all pages; one that is refused is taken back."""
        saved = Saved(self._project)
        self.done.append(edit(self._project, self._random, edits))
        try:
            now = self._printed()
        except FaultyInputError:
            saved.restore()
            self.done.append("taken back")
            return
        before, self._now = self._now, now
        changes = changed(before.subject, now.subject)
        edition: Any = SimpleNamespace(made=before.made, asked=before.asked)
        is_of_records = now.subject.atlas is not before.subject.atlas
        for code, drafts in now.making.drafts.items():
            for path, draft in drafts.items():
                if now.making.around == before.making.around and not is_stale(edition, code, draft, changes, is_of_records=is_of_records):
                    self.spared += 1
                    if now.made[code][path].stamp != before.made[code][path].stamp:
                        self.unasked.append(f"{code}/{path} after {self.done[-1]}")

    def _printed(self) -> Printed:
        making = Making(self._project, "https://x.example/guide/", None, None, self._memory)
        contents = making.contents
        made: dict[str, dict[str, Made]] = {}
        asked: dict[str, dict[str, frozenset[Key]]] = {}
        for code, drafts in making.drafts.items():
            made[code], asked[code] = {}, {}
            for path, draft in drafts.items():
                with contents.trace.noting() as keys:
                    if draft.of:
                        contents.trace.note(*draft.of)
                    page = contents.finished(draft, code)
                    _, stamp = to_print(contents, making.frame, making.drawer, contents.readers[code], page)
                made[code][path] = Made(page, None, stamp, frozenset(key for key in keys if not of_record(key)))
                asked[code][path] = frozenset(filter(of_record, keys))
        return Printed(making, subject_of(contents), made, asked)
