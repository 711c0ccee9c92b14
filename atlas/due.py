"""Which records are due for a new check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Protocol

from atlas.atlas import Atlas


class _Checked(Protocol):
    @property
    def checked_on(self) -> str: ...


def due(atlas: Atlas, today: dt.date) -> Iterator[tuple[str, str, str]]:
    """Kind, id and the day since when it is due, of every record whose interval in ``data/site.yaml`` is over on ``today``."""
    kinds: dict[str, Mapping[str, _Checked]] = {
        "institution": atlas.institutions,
        "treatment": atlas.treatments,
        "scheme": atlas.schemes,
        "rule": atlas.rules,
        "helpline": atlas.helplines,
    }
    for kind, days in atlas.site.check_days.items():
        for record_id, record in kinds[kind].items():
            day = dt.date.fromisoformat(record.checked_on) + dt.timedelta(days=days)
            if day < today:
                yield kind, record_id, day.isoformat()
