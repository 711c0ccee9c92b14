"""No stack of calls for an editor: an error that nobody foresaw is told as a fault of the file that was being worked on.

The file is found from the innermost call outwards: the first that holds a page, a document or a record in its hands.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from atlas.fault import Fault, FaultyInputError, shown

_MEND = "Undo what was changed there last, or look at it closely; ATLAS_TRACEBACK=1 shows where the engine stood."


@contextmanager
def told(root: Path, *, reading_only: bool = False) -> Iterator[None]:
    """Turns what is raised inside and is no :class:`~atlas.fault.FaultyInputError` into one.

    Errors of the system, such as a full disk, pass, unless only the project was being read.
    """
    try:
        yield
    except FaultyInputError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and not reading_only:
            raise
        raise FaultyInputError([blamed(error, root)]) from error


def blamed(error: BaseException, root: Path) -> Fault:
    """The fault that an unforeseen error is told as, with the file that it concerns as well as can be known."""
    if os.environ.get("ATLAS_TRACEBACK"):
        traceback.print_exception(error)
    if type(error) is KeyError:
        mend = "Put it back under this name, or take out what names it."
        what = "something that the engine needs has no such name any more"
        return Fault(next(_places(error, root), ("data", 1, ""))[0], 1, 1, "name", what, shown(error.args[0] if error.args else ""), mend)
    path, line, field = next(_places(error, root), ("data", 1, "unknown"))
    return Fault(path, line, 1, field, "the engine cannot work with this", shown(f"{type(error).__name__}: {error}"), _MEND)


def _places(error: BaseException, root: Path) -> Iterator[tuple[str, int, str]]:
    for frame, line in reversed([*traceback.walk_tb(error.__traceback__)]):
        if Path(frame.f_code.co_filename).is_relative_to(root / "overrides"):  # a template: the stack has its lines
            yield Path(frame.f_code.co_filename).relative_to(root).as_posix(), line, "template"
        for value in [*frame.f_locals.values()]:
            yield from _place(value, root)


def _place(value: Any, root: Path) -> Iterator[tuple[str, int, str]]:
    from atlas.article import Article  # this module stands at the left of those that it is used by
    from atlas.records.record import Record
    from atlas.yamltext import Document

    if isinstance(value, Article):
        yield value.file, value.body_line, "text"
    elif isinstance(value, Document):
        yield value.path, 1, "file"
    elif isinstance(value, Record) and isinstance(record_id := getattr(value, "id", None), str):
        yield from _record(type(value).__name__, record_id, root)


def _record(model: str, record_id: str, root: Path) -> Iterator[tuple[str, int, str]]:
    from atlas.kinds import KINDS

    for kind in KINDS:
        if kind.model.__name__ != model:
            continue
        for file in sorted((root / "data").glob(kind.files)):
            path = file.relative_to(root).as_posix()
            if not kind.table:
                if file.stem == record_id or kind.files == file.name:
                    yield path, 1, record_id
                continue
            found = re.search(rf"^[\"']?{re.escape(record_id)}[\"']?:", file.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
            if found:
                yield path, found.string.count("\n", 0, found.start()) + 1, record_id
