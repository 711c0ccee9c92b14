"""What the site says of itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from atlas.records.date import Date
from atlas.records.email import EmailAddress
from atlas.records.localised import Localised
from atlas.records.record import Record


class Site(Record):
    """One record: name, release date, where corrections go, how often facts are reviewed."""

    id: str
    name: Localised
    founded: Date
    """The day of the first release. It never changes: the ids of feeds hold it (RFC 4151)."""
    released: Date
    """The day that the pages speak from; dates before it are past. Never the day of the build."""
    corrections: EmailAddress
    """E-mail address for corrections."""
    security: EmailAddress
    """E-mail address for flaws of the site; it is published in ``security.txt`` only."""
    check_days: dict[
        Literal[
            "institution",
            "treatment",
            "scheme",
            "rule",
            "helpline",
            "country",
            "country-list",
            "entry-rule",
            "checklist",
            "fee",
            "outcome",
            "notice",
            "patient-count",
            "event",
            "fact",
            "series",
            "wellness-site",
            "experience",
            "round",
            "cluster",
            "special-zone",
            "airport",
            "programme",
            "advice",
        ],
        Annotated[int, Field(ge=1, le=3650)],
    ]
    """After how many days a record of each kind is due for a new check."""
