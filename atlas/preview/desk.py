"""What a preview has before it: the project as it was saved last without a fault, and what is wrong with it now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from atlas.checking import check
from atlas.contents import Contents
from atlas.due import Entry, ledger
from atlas.fault import Fault, FaultyInputError
from atlas.intake.blame import told
from atlas.loading import Where, record_places, records_of
from atlas.memory import Memory
from atlas.preview.shown import Reads, noted
from atlas.staging import Stage, frame, shared
from atlas.translation.place import Places
from atlas.translation.state import PAGE, Unit, units_of_kind
from atlas.views.finder import forget_pages
from atlas.views.page import Draft, Page
from atlas.views.quoting import bare


class State:
    """One saved state of the project that can be shown. What it gives is made when it is first asked for."""

    def __init__(self, contents: Contents, stage: Stage, day: str) -> None:
        self.contents, self.stage, self.day = contents, stage, day

    @cached_property
    def places(self) -> Mapping[tuple[str, str], Where]:
        """Where each record stands, by kind and id."""
        return record_places(self.contents.root, self.contents.memory)

    @cached_property
    def kinds(self) -> Mapping[int, tuple[str, str]]:
        """Kind and id of each record, by the identity of the object."""
        return {id(record): key for key, record in records_of(self.contents.atlas)}

    @cached_property
    def due(self) -> Mapping[tuple[str, str], Entry]:
        """How fresh each record is on the day, by kind and id."""
        atlas = self.contents.atlas
        found = self.contents.memory.made("due", (atlas, self.day), lambda: ledger(atlas, self.day))
        return {(entry.kind, entry.id): entry for entry in found}

    def units(self, language: str, kind: str, key: str) -> Iterator[Unit]:
        """What is not as it should be in the translations of a record by its id, or of a page by its address."""
        found = self.contents.standing.units_of(key) if kind == PAGE else self._units_of(kind).get(key, ())
        yield from (unit for unit in found if unit.language == language and unit.state != "current")

    def _units_of(self, kind: str) -> Mapping[str, tuple[Unit, ...]]:
        """The texts of the records of one kind, by id."""
        atlas, memory = self.contents.atlas, self.contents.memory
        places, records = Places(self.contents.root), atlas.written.get(kind, {})
        found = units_of_kind(self.contents.root, tuple(atlas.site_languages), kind, records, memory, places)
        return memory.made(
            ("units by id", kind), (found,), lambda: {key: tuple(own) for key, own in groupby(found, key=attrgetter("path"))}
        )

    @cached_property
    def shared(self) -> Mapping[str, dict[str, Any]]:
        """What all pages of a language share."""
        return {code: shared(reader, self.stage, self.contents.origin) for code, reader in self.contents.readers.items()}

    def made(self, draft: Draft, language: str) -> tuple[Page, Reads]:
        """A page, and what was read of the records for it; of a page that lists all others nothing is told."""
        if draft.path in self.contents.lists[language]:
            return draft.make(), {}
        forget_pages(self.contents.readers[language])
        with noted() as reads:
            return draft.make(), reads

    def file(self, address: str) -> str | None:
        """A file that is published besides pages; None where there is none, or where it belongs to a page that nobody has looked at."""
        self.contents.make_what_leaves(address)
        if (text := self.contents.left.get(address)) is not None:
            return bare(text)
        for begins, make in self.contents.file_groups():
            if address.startswith(begins) and (text := make().get(address)) is not None:
                return bare(text)
        return None


class Desk:
    """A project whose files are edited. ``state`` is the last that could be shown; None before there was one."""

    def __init__(self, root: Path, origin: str, last: Path | None, today: Callable[[], str]) -> None:
        self.root, self.origin, self.last, self._today = root, origin, last, today
        self.state: State | None = None
        self.faults: tuple[Fault, ...] = ()
        """What is wrong with the files as they are saved now."""
        self._memory = Memory()

    def look(self, changed: Iterable[str] = ()) -> None:
        """Reads the project anew; ``changed`` are the files, relative to it, that must not be taken as they were."""
        for path in changed:
            self._memory.saved(path)
        self._memory.look(self.root)
        try:
            with told(self.root, reading_only=True):
                contents = Contents(self.root, self.origin, *check(self.root, self._memory), self.last, self._memory)
                contents.paths  # noqa: B018  # two records at one address are a fault
                self.state, self.faults = State(contents, frame(contents), self._today()), ()
        except FaultyInputError as error:
            self.faults = error.faults
