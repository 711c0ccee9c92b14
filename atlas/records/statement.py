"""Sourced sentences, and what is not sure."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from atlas.records.localised import Localised
from atlas.records.record import Record, SourceId

Sources = Annotated[tuple[SourceId, ...], Field(min_length=1)]
OpenSources = tuple[SourceId, ...]
"""May be empty: then the text beside it says why."""


class Statement(Record):
    """A sourced fact in words."""

    text: Localised
    sources: Sources


class Doubt(Record):
    """What is not sure."""

    text: Localised
    sources: OpenSources = ()
