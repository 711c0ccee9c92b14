"""Builds a site: the pages of all languages side by side, then what is made of all of them, then the seal.

A build keeps what it has made (:mod:`atlas.building.kept`), and the next one makes only what an edit changes: the bytes are those of a
build from nothing. The pages are byte for byte those of ``mkdocs build``, which takes the staged tree and the same templates.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from atlas.building.finishing import Finished, Finishing, ForgottenError, is_retitled
from atlas.building.kept import Edition, Inputs, forget_edition, inputs, read_asked, read_edition, read_records, write_edition
from atlas.building.making import Making
from atlas.building.origin import origin_of
from atlas.building.share import Made, Share
from atlas.building.subject import changed, subject_of
from atlas.intake.filestate import files_below
from atlas.memory import Memory
from atlas.publishing.inputs import inputs_digest
from atlas.publishing.manifest import Written, seal
from atlas.publishing.part import NAME as PART
from atlas.publishing.part import Part, check_parts, cut, put_together, read_part, write_part
from atlas.publishing.renewal import LostError, list_fresh, renew
from atlas.publishing.replace import fresh_folder, one_at_a_time
from atlas.staging import stage
from atlas.trace import DRAWN, Key
from atlas.views.page import Draft

ROOT = Path(__file__).resolve().parent.parent.parent


def build_site(site: Path | None = None, last: Path | None = None) -> int:
    """Builds the whole site into ``site`` and puts it in place in one step. Returns the number of pages.

    Without ``site`` it is the folder ``site/`` of the project, and what the last build has kept is not made again.
    ``last`` is the last published edition, with which the facts are compared. Raises :class:`~atlas.fault.FaultyInputError`,
    :class:`~atlas.building.work.BuildFailedError` or :class:`~atlas.publishing.replace.NotReplacedError`; then,
    and when it is killed, the last good site is as it was.
    """
    with _building():
        if site or last:
            making = Making(ROOT, origin_of(ROOT), last)
            return _count(_from_nothing(making, site or ROOT / "site"))
        return _again()


def _again() -> int:
    """Builds the site from what the last build has kept, or from nothing, and keeps it for the next one."""
    stamps, origin = files_below(ROOT), origin_of(ROOT)
    seen = inputs(ROOT, origin)
    before = read_edition(ROOT, seen.engine)
    making = Making(ROOT, origin, None, seen, _memory(before, seen) if before else None)
    records = making.records() if before is None or making.contents.atlas is not before.subject.atlas else None
    finished = (before and _renewed(making, before, seen)) or _from_nothing(making, ROOT / "site", seen)
    if files_below(ROOT) == stamps:  # nobody has edited while it was built
        edition = finished.edition
        if before:
            edition.stamps, edition.base = dict(before.stamps), before.base
        write_edition(ROOT, seen.engine, edition, finished.languages, records, finished.asked)
    else:
        forget_edition(ROOT)
    return _count(finished)


def _memory(before: Edition, seen: Inputs) -> Memory:
    """What the last build has found, that in the files of records only where these are not as they were."""
    memory = before.memory
    memory.look(ROOT, seen.files)
    if not memory.knows("atlas", memory.below("data")):
        memory.take(read_records(ROOT, before))
    return memory


def _renewed(making: Making, before: Edition, seen: Inputs) -> Finished | None:
    """Makes what has changed since an edition; None where that is everything, or a file of it is lost."""
    now = subject_of(making.contents)
    is_of_records, is_redrawn = now.atlas is not before.subject.atlas, seen.overrides != before.overrides
    if (is_of_records or is_redrawn) and (making.around != before.around or making.drafts.keys() != before.made.keys()):
        return None
    if is_of_records:
        before.asked = read_asked(ROOT, before)
    changes = changed(before.subject, now)
    if is_redrawn and changes is not None:
        templates = making.drawer.templates
        changes |= {(DRAWN,), *((DRAWN, name) for name in templates if templates[name] != before.templates.get(name))}
    todo = {
        code: [draft for draft in drafts.values() if is_stale(before, code, draft, changes, is_of_records=is_of_records)]
        for code, drafts in making.drafts.items()
    }
    shares = making.shares(todo, None, before.made)
    made = _together(making, before, shares)
    retitled = {
        code: [
            making.drafts[code][one.page.path]
            for share in found
            for one in share.made
            if one.is_undrawn and is_retitled(one.page.path, before.made, made)
        ]
        for code, found in shares.items()
    }
    for code, found in making.shares(retitled, None).items():  # search reads in them again
        shares[code] += found
    made = _together(making, before, shares)
    try:
        finished = Finishing(making, made, shares, None, before, changes, seen.overrides).finish()
        finished.edition.digest = renew(ROOT / "site", finished.edition.all_files, finished.held).digest
    except (ForgottenError, LostError):
        return None
    return finished


def _together(making: Making, before: Edition, shares: Mapping[str, Sequence[Share]]) -> dict[str, dict[str, Made]]:
    """The pages that were made now, in ``shares``, and those of an edition."""
    made = {}
    for code, drafts in making.drafts.items():
        known = before.made[code] | {one.page.path: one for share in shares.get(code, ()) for one in share.made}
        made[code] = {path: known[path] for path in drafts}
    return made


def is_stale(before: Edition, code: str, draft: Draft, changes: frozenset[Key] | None, *, is_of_records: bool) -> bool:
    """Whether a page asked for something that is not as it was; every page asks for the texts at its own address."""
    one = before.made[code].get(draft.path)
    if changes is None or one is None or one.page.is_fallback != draft.is_fallback:
        return True
    if ("page", draft.path) in changes or (DRAWN, one.page.template) in changes or not changes.isdisjoint(one.keys):
        return True
    if not is_of_records:
        return False
    asked = before.asked.get(code, {}).get(draft.path)
    return draft.of is None or asked is None or not changes.isdisjoint(asked)


def _from_nothing(making: Making, site: Path, seen: Inputs | None = None) -> Finished:
    """Makes everything; ``seen`` says how the files stand, if it will be kept."""
    with fresh_folder(site) as fresh:
        shares = making.shares({code: [*drafts.values()] for code, drafts in making.drafts.items()}, fresh)
        finished = _sealed(making, shares, fresh, seen.overrides if seen else b"")
        if site == ROOT / "site":
            list_fresh(site, fresh, finished.edition.all_files, finished.edition.digest)
        return finished


def _sealed(making: Making, shares: Mapping[str, Sequence[Share]], fresh: Path, overrides: bytes = b"") -> Finished:
    """A whole site in a fresh folder, of all its pages."""
    made = {code: {one.page.path: one for share in found for one in share.made} for code, found in shares.items()}
    finished = Finishing(making, made, shares, fresh, overrides=overrides).finish()
    finished.edition.digest = seal(fresh, finished.edition.all_files).digest
    return finished


def _count(finished: Finished) -> int:
    return sum(len(pages) for pages in finished.edition.staged.values())


def build_part(number: int, of: int, folder: Path, last: Path | None = None) -> int:
    """Builds the ``number``-th of ``of`` parts into ``folder``, to be merged with the others. Returns the number of its pages.

    Raises as :func:`build_site` does.
    """
    with _building(), fresh_folder(folder, mark=PART) as fresh:
        making = Making(ROOT, origin_of(ROOT), last)
        everything = [(code, draft) for code, drafts in making.drafts.items() for draft in drafts.values()]
        shares = making.shares(cut(everything, number, of), fresh)
        whole = {code: Share(tuple(one for share in found for one in share.made), _files(found)) for code, found in shares.items()}
        write_part(fresh, Part(number, of, inputs_digest(ROOT, making.contents.origin, last), whole))
        return sum(len(share.made) for share in whole.values())


def merge_parts(folders: Sequence[Path], site: Path | None = None, last: Path | None = None) -> int:
    """Makes the whole site of its parts: the same bytes as :func:`build_site`. Returns the number of pages.

    Raises as :func:`build_site` does, and :class:`~atlas.publishing.part.PartsError` where the parts are not of this one build.
    """
    with _building(), fresh_folder(site or ROOT / "site") as fresh:
        making = Making(ROOT, origin_of(ROOT), last)
        making.prepare()
        parts = sorted(((read_part(folder, making.aside()), folder) for folder in folders), key=lambda one: one[0].number)
        check_parts(((folder, part) for part, folder in parts), inputs_digest(ROOT, making.contents.origin, last))
        put_together(folders, fresh)
        shares = {code: [part.shares[code] for part, _ in parts if code in part.shares] for code in making.drafts}
        return _count(_sealed(making, shares, fresh))


def stage_site(last: Path | None = None) -> int:
    """Writes the staged tree only, into ``build/docs``. Returns the number of pages. Raises as :func:`build_site` does."""
    with _building():
        return sum(len(pages) for pages in stage(ROOT, origin_of(ROOT), last).pages.values())


def _files(shares: Sequence[Share]) -> dict[str, Written]:
    return {path: one for share in shares for path, one in share.files.items()}


@contextmanager
def _building() -> Iterator[None]:
    """What holds around every build: one at a time."""
    gc.disable()  # a build holds on to what it makes until it ends: collecting costs a tenth of it and frees nothing
    try:
        with one_at_a_time(ROOT / ".build.lock", lambda said: sys.stderr.write(f"{said}\n")):
            yield
    finally:
        gc.enable()
