"""One build: what every page needs, read and worked out before processes are forked off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from atlas.building.aside import Aside, Laid
from atlas.building.drawing import Drawer, drawn_with, environment
from atlas.building.kept import Inputs
from atlas.building.pages import make_share
from atlas.building.remembered import OF_PAGES, packed
from atlas.building.share import Made, Share
from atlas.building.stamp import stamp
from atlas.building.work import side_by_side
from atlas.checking import check
from atlas.contents import Contents
from atlas.intake.blame import told
from atlas.memory import Memory
from atlas.staging import frame, search_vocabulary, shared
from atlas.views.data import PATH as DATA
from atlas.views.page import Draft

SHARE = 2_500
"""How many pages a process makes at most: what it keeps for one page and prints on others takes memory."""
FEW = 24
"""So many pages are made sooner than processes for them are forked off."""


class Making:
    """What is made of a project; ``seen`` says how its files stand, ``memory`` what the last build has found in them.

    Raises :class:`~atlas.fault.FaultyInputError` with every fault of the project.
    """

    def __init__(self, root: Path, origin: str, last: Path | None, seen: Inputs | None = None, memory: Memory | None = None) -> None:
        memory = memory or Memory()
        memory.look(root, seen.files if seen else None)
        self.root = root
        self._asides: list[Aside] = []
        self.contents = contents = Contents(root, origin, *check(root, memory), last, memory)
        with told(root):
            self.frame = frame(contents)
            self._on_every_page = {code: shared(reader, self.frame, contents.origin) for code, reader in contents.readers.items()}
            self.drawer = Drawer(environment(root), self._on_every_page, drawn_with(root))
            self.drafts = {code: contents.drafts(code) for code in contents.readers}

    @cached_property
    def around(self) -> bytes:
        """The stamp of what every page depends on besides what is printed on it alone: what all share, and what search knows of words."""
        atlas, readers = self.contents.atlas, self.contents.readers
        words = self.contents.memory.made(
            "vocabulary",
            (atlas.terms, atlas.wordings, atlas.languages),
            lambda: stamp(*(vars(search_vocabulary(reader)) for reader in readers.values()), repr(atlas.site_languages)),
        )
        return stamp(self._on_every_page, words)

    def aside(self) -> Aside:
        """A place for what one process lays aside for others, as long as this build lasts."""
        self._asides.append(Aside(self.root))
        return self._asides[-1]

    def records(self) -> Laid[bytes]:
        """What is known of the records, for the next build; to be asked before :meth:`prepare`, which forgets it."""
        with told(self.root):
            self.contents.published  # noqa: B018  # needed anyway, and kept with the records
        return self.aside().lay(packed(self.contents.memory, self.contents.atlas))

    def prepare(self, *, published: bool = True) -> None:
        """Makes what all processes need once, before they are forked off: on request without what is published of records."""
        with told(self.root):
            self.drawer.compile()
            if published:
                self.contents.published  # noqa: B018  # made once, not by each process
        self.contents.memory.forget_all_but(OF_PAGES)

    def shares(
        self, drafts: Mapping[str, Sequence[Draft]], site: Path | None, known: Mapping[str, Mapping[str, Made]] | None = None
    ) -> dict[str, list[Share]]:
        """Makes pages, by language: many of them side by side. Without ``site`` their files are held.

        Those that print what they printed when they were ``known``, by language and address, are not drawn.
        """
        contents, known = self.contents, known or {}
        if sum(map(len, drafts.values())) <= FEW:
            with told(self.root):
                return {
                    code: [make_share(contents, self.frame, self.drawer, code, found, known.get(code, {}), site)]
                    for code, found in drafts.items()
                    if found
                }
        self.prepare(published=any(draft.path == DATA for found in drafts.values() for draft in found))
        jobs = [
            (code, partial(make_share, contents, self.frame, self.drawer, code, some, known.get(code, {}), site, self.aside()))
            for code, found in drafts.items()
            for some in _in_runs(found)
        ]
        shares: dict[str, list[Share]] = {}
        for (code, _), share in zip(jobs, side_by_side(self.root, [job for _, job in jobs]), strict=True):
            shares.setdefault(code, []).append(share)
        return shares


def _in_runs(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    """Runs of about equal length, none longer than :data:`SHARE`."""
    size = -(-len(drafts) // max(1, -(-len(drafts) // SHARE)))
    for start in range(0, len(drafts), size or 1):
        yield drafts[start : start + size]
