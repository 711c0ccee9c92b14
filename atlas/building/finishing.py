"""What is made of all pages of a site: of each language its index and what readers take along, and what belongs to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from atlas.building.kept import Edition, Language
from atlas.building.language import finish_language
from atlas.building.making import Making
from atlas.building.share import Made, Share
from atlas.building.subject import subject_of
from atlas.building.work import side_by_side
from atlas.intake.blame import told
from atlas.publishing.manifest import Written
from atlas.publishing.writing import Writing
from atlas.sitemap import furniture
from atlas.trace import Key
from atlas.views.quoting import bare

Groups = list[tuple[frozenset[Key], Mapping[str, Written]]]


@dataclass
class Finished:
    """A whole site: the edition, what was made anew of all pages of a language, and, where there is no folder, the content of the files."""

    edition: Edition
    languages: dict[str, Language]
    held: dict[str, bytes]


class Finishing:
    """Makes what a site has besides its pages.

    These are ``made``: now, in ``shares``, or for the edition ``before``; ``changed`` says what is not as it was then.
    """

    def __init__(
        self,
        making: Making,
        made: dict[str, dict[str, Made]],
        shares: Mapping[str, Sequence[Share]],
        site: Path | None,
        before: Edition | None = None,
        changed: frozenset[Key] = frozenset(),
    ) -> None:
        self._making, self._made, self._before, self._changed = making, made, before, changed
        self._writing = Writing(site)
        self._held = {address: content for found in shares.values() for share in found for address, content in share.held.items()}
        pages = {code: tuple(one.page for one in found.values()) for code, found in made.items()}
        with told(making.root):
            lists = {
                code: before.lists[code] if before and before.pages(code) == own else making.contents.lists_of(code, own)
                for code, own in pages.items()
            }
        self._lists = lists
        self._staged = replace(making.frame, pages={code: (*own, *lists[code]) for code, own in pages.items()})
        self._files = self._with_pages(shares)

    def finish(self) -> Finished:
        """Makes it. Raises :class:`~atlas.building.work.BuildFailedError`."""
        making, before = self._making, self._before
        made = dict(self._languages())
        languages = before.languages | {code: language.files for code, (language, _) in made.items()} if before else {}
        if not before:
            languages = {code: language.files for code, (language, _) in made.items()}
        with told(making.root):
            groups = list(self._groups())
            whole = before.whole if before and before.staged == self._staged.pages else self._whole()
        for _, content in made.values():
            self._held |= content
        edition = Edition(
            making.contents.memory, subject_of(making.contents), self._made, self._lists, self._files, languages, groups, whole
        )
        return Finished(edition, {code: language for code, (language, _) in made.items()}, self._held | self._writing.held)

    def _with_pages(self, shares: Mapping[str, Sequence[Share]]) -> dict[str, Written]:
        """The files that were written with the pages; those of pages that there are no longer are left out."""
        files = dict(self._before.files) if self._before else {}
        for code, found in self._before.made.items() if self._before else ():
            for path in found.keys() - self._made.get(code, {}).keys():
                del files[f"{self._staged.address(code, path)}index.html"]
        for share in (share for found in shares.values() for share in found):
            files |= share.files
        return files

    def _languages(self) -> Iterator[tuple[str, tuple[Language, dict[str, bytes]]]]:
        """What is made of all pages of a language, where any of them, or what search is told of it, is not as it was."""
        site, before = self._writing.site, self._before
        jobs = {
            code: partial(finish_language, self._making, self._staged, code, found, self._lists[code], self._files, site, before, stale)
            for code, found in self._made.items()
            if (stale := self._stale(code)) is None or stale or (before and self._lists[code] is not before.lists[code])
        }
        results = side_by_side(self._making.root, [*jobs.values()]) if site else [job() for job in jobs.values()]
        yield from zip(jobs, results, strict=True)

    def _stale(self, code: str) -> frozenset[str] | None:
        """The pages of a language that are not as they were, or the headings of their translations; None where nothing is known."""
        before = self._before
        if before is None:
            return None
        found = {path for other in self._made for path, one in self._made[other].items() if not _same(before.made[other].get(path), one)}
        found |= {path for other in before.made for path in before.made[other].keys() - self._made[other].keys()}
        for path in self._made[code]:
            address = f"{self._staged.address(code, path)}index.html"
            if before.files.get(address) != self._files[address]:
                found.add(path)
        return frozenset(found)

    def _groups(self) -> Groups:
        """The files besides pages; those that ask for nothing that has changed are as they were."""
        groups: Groups = []
        for place, (_, make) in enumerate(self._making.contents.file_groups()):
            if self._before and not self._before.groups[place][0] & self._changed:
                groups.append(self._before.groups[place])
                continue
            writing = Writing(self._writing.site)
            with self._making.contents.trace.noting() as keys:
                for address, text in make().items():
                    writing.text(address, bare(text))
            self._writing.held |= writing.held
            groups.append((frozenset(keys), writing.files))
        return groups

    def _whole(self) -> Mapping[str, Written]:
        """What belongs to the whole site: the assets, the map of the site, the page for addresses that there are not."""
        staged, contents = self._staged, self._making.contents
        writing = Writing(self._writing.site)
        for address, content in {**staged.assets.contents, **furniture(staged, contents.origin)}.items():
            writing.content(address, content)
        writing.text("404.html", self._making.drawer.lost(staged.default, urlsplit(contents.origin).path))
        self._writing.held |= writing.held
        return writing.files


def _same(was: Made | None, now: Made) -> bool:
    """Whether lists and search are told the same of a page."""
    return was is now or (was is not None and was.page == now.page)
