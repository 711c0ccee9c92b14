"""What is made of all pages of a site: of each language its index and what readers take along, and what belongs to the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from atlas.building.aside import Laid
from atlas.building.kept import Edition, LaidLanguage, read_language
from atlas.building.language import News, finish_language
from atlas.building.making import Making
from atlas.building.remembered import OF_PAGES
from atlas.building.share import Asked, Made, Share
from atlas.building.subject import subject_of
from atlas.building.work import side_by_side
from atlas.intake.blame import told
from atlas.publishing.manifest import Written
from atlas.publishing.renewal import LostError
from atlas.publishing.writing import Writing
from atlas.sitemap import furniture
from atlas.trace import LEFT, Key
from atlas.views.page import Page
from atlas.views.quoting import bare

Groups = list[tuple[frozenset[Key], Mapping[str, Written]]]


@dataclass
class Finished:
    """A whole site: the edition, what was made anew of all pages of a language, and, where there is no folder, the content of the files.

    ``asked``: which records all pages asked for, by language, where a record was another than in the edition before.
    """

    edition: Edition
    languages: dict[str, LaidLanguage]
    held: dict[str, bytes]
    asked: list[tuple[str, Asked | Laid[Asked]]]


class ForgottenError(Exception):
    """What was kept of all pages of a language is gone."""


def is_retitled(path: str, before: Mapping[str, Mapping[str, Made]], now: Mapping[str, Mapping[str, Made]]) -> bool:
    """Whether a page is another for lists and search, in any language: it is found by its titles in all."""
    was, is_ = ([found[path].page if path in found else None for found in (made.get(code, {}) for code in now)] for made in (before, now))
    return was != is_


class Finishing:
    """Makes what a site has besides its pages.

    These are ``made``: now, in ``shares``, or for the edition ``before``; ``changed`` says what is not as it was then, None that it may
    be anything. ``overrides`` is the digest of what it is drawn with.
    """

    def __init__(
        self,
        making: Making,
        made: dict[str, dict[str, Made]],
        shares: Mapping[str, Sequence[Share]],
        site: Path | None,
        before: Edition | None = None,
        changed: frozenset[Key] | None = frozenset(),
        overrides: bytes = b"",
    ) -> None:
        self._making, self._made, self._shares, self._before, self._changed = making, made, shares, before, changed
        self._writing = Writing(site)
        self._overrides, self._is_redrawn = overrides, before is not None and before.overrides != overrides
        self._is_of_records = before is None or before.subject.atlas is not making.contents.atlas
        self._held = {address: content for found in shares.values() for share in found for address, content in share.held.items()}
        pages = {code: tuple(one.page for one in found.values()) for code, found in made.items()}
        with told(making.root):
            self._lists = lists = {code: self._lists_of(code, own) for code, own in pages.items()}
        self._fresh = {
            code: [one for share in found for one in share.made if not one.is_undrawn and self._is_new(one, share)]
            for code, found in shares.items()
        }
        self._gone = {code: found.keys() - made.get(code, {}).keys() for code, found in before.made.items()} if before else {}
        self._staged = replace(making.frame, pages={code: (*own, *lists[code]) for code, own in pages.items()})
        self._files = self._with_pages(shares)
        for address, content in making.frame.assets.contents.items() if before is None else ():
            self._writing.content(address, content)

    def finish(self) -> Finished:
        """Makes it. Raises :class:`~atlas.building.work.BuildFailedError`."""
        making, before = self._making, self._before
        made = self._languages()
        languages = {**(before.languages if before else {}), **{code: writing.files for code, (_, writing) in made.items()}}
        with told(making.root):
            groups = list(self._groups())
            is_same = before is not None and not self._is_redrawn and before.staged == self._staged.pages
            whole = before.whole if before and is_same else self._whole()
        for _, writing in made.values():
            self._held |= writing.held
        kept = {
            code: {path: one if one.read is None else replace(one, read=None) for path, one in found.items()}
            for code, found in self._made.items()
        }
        memory = making.contents.memory.only(OF_PAGES)
        edition = Edition(
            memory=memory,
            subject=subject_of(making.contents),
            made=kept,
            lists=self._lists,
            files=self._files,
            languages=languages,
            groups=groups,
            whole=whole,
            asked=self._asked(),
            around=self._around(),
            templates=making.drawer.templates,
            overrides=self._overrides,
        )
        return Finished(edition, {code: kept for code, (kept, _) in made.items()}, self._held | self._writing.held, self._all_asked())

    def _files_of(self, code: str, one: Made) -> Iterator[str]:
        yield self._file(code, one.page.path)
        yield from (key[1] for key in one.keys if key[0] == LEFT)

    def _lists_of(self, code: str, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        """The pages that list all others: the same objects as before where they are as they were."""
        before = self._before
        if before and not self._is_of_records and before.pages(code) == pages:
            return before.lists[code]
        found = self._making.contents.lists_of(code, pages)
        return before.lists[code] if before and before.lists[code] == found else found

    def _is_new(self, one: Made, share: Share) -> bool:
        """Whether a page that was made is another than in the edition before, or has other titles elsewhere, by which it is found too."""
        page, before = one.page, self._before
        if before is None or page.path not in before.made.get(page.language, {}):
            return True
        file = self._file(page.language, page.path)
        is_same = file not in share.files or share.files[file] == before.files.get(file)
        return not is_same or is_retitled(page.path, before.made, self._made)

    def _file(self, language: str, path: str) -> str:
        return f"{self._making.frame.address(language, path)}index.html"

    def _with_pages(self, shares: Mapping[str, Sequence[Share]]) -> dict[str, Written]:
        """The pages, and the files that they have left beside them."""
        before = self._before.files if self._before else {}
        kept = (file for code, found in self._made.items() for one in found.values() for file in self._files_of(code, one))
        files = {file: before[file] for file in kept if file in before}
        for share in (share for found in shares.values() for share in found):
            files |= share.files
        return files

    def _languages(self) -> dict[str, tuple[LaidLanguage, Writing]]:
        """What is made of all pages of a language, where any of them is not as it was."""
        before, making, translations = self._before, self._making, self._staged.translations()
        jobs: dict[str, Callable[[], tuple[LaidLanguage, Writing]]] = {}
        for code in self._made:
            news = News(self._fresh.get(code, ()), self._gone.get(code, ()), self._lists[code])
            if self._is_of_records or self._is_redrawn or before is None or news.made or news.gone or news.lists is not before.lists[code]:
                kept = read_language(making.root, code, before) if before else None
                if before and kept is None:
                    raise ForgottenError(code)
                files = {**self._files, **(before.whole if before else {}), **(before.languages[code] if before else {})}
                site, aside = self._writing.site, making.aside()
                jobs[code] = partial(finish_language, making, self._staged, translations, code, news, kept, site, files, self._held, aside)
        many = self._writing.site or self._is_of_records or self._is_redrawn
        try:
            results = side_by_side(making.root, [*jobs.values()]) if many else [job() for job in jobs.values()]
        except FileNotFoundError as error:
            if self._writing.site:
                raise
            raise LostError(error.args) from None
        return dict(zip(jobs, results, strict=True))

    def _asked(self) -> dict[str, Asked]:
        """Which records were asked for by pages that were made since that was written beside the records."""
        if self._before is None or self._is_of_records:
            return {}
        asked = dict(self._before.asked)
        for code, found in self._shares.items():
            asked[code] = {**asked.get(code, {}), **{path: keys for share in found for path, keys in share.all_asked.items()}}
        return asked

    def _all_asked(self) -> list[tuple[str, Asked | Laid[Asked]]]:
        if not self._is_of_records:
            return []
        before = self._before.asked if self._before else {}
        kept = [(code, {path: asked[path] for path in self._made.get(code, {}) if path in asked}) for code, asked in before.items()]
        return [*kept, *((code, share.asked) for code, found in self._shares.items() for share in found)]

    def _around(self) -> bytes:
        return self._making.around if self._before is None or self._is_of_records else self._before.around

    def _groups(self) -> Groups:
        """The files besides pages; those that ask for nothing that has changed are as they were."""
        groups: Groups = []
        for place, (_, make) in enumerate(self._making.contents.file_groups()):
            if self._before and self._changed is not None and self._before.groups[place][0].isdisjoint(self._changed):
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
        for address, content in furniture(staged, contents.origin).items():
            writing.content(address, content)
        writing.text("404.html", self._making.drawer.lost(staged.default, urlsplit(contents.origin).path))
        self._writing.held |= writing.held
        return {**(self._before.whole if self._before else self._writing.files), **writing.files}
