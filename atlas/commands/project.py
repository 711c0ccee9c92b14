"""The project that commands work on: read once, with what earlier runs have kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.commands.report import ROOT

if TYPE_CHECKING:
    from atlas.article import Article
    from atlas.atlas import Atlas


def checked() -> tuple[Atlas, Mapping[str, Mapping[str, Article]]]:
    """The records and written pages of the project. Raises :class:`~atlas.fault.FaultyInputError` with every fault."""
    from atlas.checking import check

    with quickly():
        return check(ROOT)


@contextmanager
def quickly() -> Iterator[None]:
    """Inside, what earlier runs have worked out is used again, and no garbage is collected: nothing is thrown away before the end."""
    from atlas.kept import is_keeping, keeping

    if is_keeping():
        yield
        return
    gc.disable()
    try:
        with keeping(ROOT):
            yield
    finally:
        gc.enable()
