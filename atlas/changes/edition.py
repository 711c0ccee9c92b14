"""The base: the last published edition, or another state of the project, with which this one is compared.

A copy of the published site has ``data/v1/<kind>.json`` with the records as they are written, and ``changes/changes.json`` with the
history. A project has ``data/*.yaml`` and no history.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from atlas.changes.history import JSON_PATH, VERSION, History
from atlas.fault import Fault, FaultyInputError, shown
from atlas.kinds import KINDS
from atlas.loading import raw_records
from atlas.records.date import is_date

Records = dict[str, dict[str, dict[str, Any]]]
"""Raw records by name of the kind and id."""
DATA = f"data/{VERSION}"
LASTING = {
    "institution": ("data/hospitals", "Put it back; an institution that has closed gets closed: {date: …, sources: […]}."),
    "treatment": ("data/treatments", "Put it back: people have links to its page."),
    "wellness-site": ("data/wellness", "Put it back; a place that has closed gets closed: {date: …, sources: […]}."),
    "experience": ("data/experiences", "Put it back; a place that has closed gets closed: {date: …, sources: […]}."),
    "cluster": ("data/clusters.yaml", "Put it back: people have links to its page."),
    "special-zone": ("data/special-zones.yaml", "Put it back: people have links to its page."),
    "status": ("data/entry/statuses.yaml", "Put it back, and end the periods of its rules."),
    "entry-scheme": ("data/entry/schemes.yaml", "Put it back, and end the periods of its rules."),
    "country": ("data/entry/countries.yaml", "Put it back, and end what holds for it."),
}
"""Kinds of record whose pages people have links to, where they stand, and what to do instead of taking one out."""
_AGAIN = "Copy the last published site anew, or give another folder."


@dataclass(frozen=True)
class Edition:
    """One state of the records. ``kinds`` are those that can be compared."""

    records: Records
    kinds: frozenset[str]
    released: str
    history: History | None
    docs: Path | None
    """Its written pages, where it is a project."""


def read_edition(folder: Path, released: str) -> Edition:
    """The edition in ``folder``, for a build that is released on ``released`` (``YYYY-MM-DD``).

    Raises :class:`~atlas.fault.FaultyInputError` when it is broken, of another version, or of a later day.
    """
    if (folder / DATA).is_dir() or (folder / JSON_PATH).exists():
        edition = _published(folder)
    elif (folder / "data" / "site.yaml").is_file():
        records = raw_records(folder)
        released_then = str(records["site"]["site"].get("released"))
        edition = Edition(records, frozenset(records), released_then, None, folder / "docs")
    else:
        raise _fault(folder, "this is neither a published site nor a project", "nothing to compare with", _AGAIN)
    if not is_date(edition.released) or edition.released > released:
        raise _fault(
            folder,
            f"this edition is from the future: the site is released on {released}",
            shown(edition.released),
            "Set released in data/site.yaml to a day that is not earlier, or give the right folder.",
        )
    return edition


def vanished(edition: Edition, records: Mapping[str, Mapping[str, object]]) -> list[Fault]:
    """The records of the edition whose pages would be gone: a record is closed, never deleted, and its id never changes."""
    return [
        Fault(place, 1, 1, "id", f"the last published edition has this {kind}", record_id, mend)
        for kind, (place, mend) in LASTING.items()
        for record_id in edition.records.get(kind, {})
        if record_id not in records[kind]
    ]


def _published(folder: Path) -> Edition:
    """A copy of the published site. Kinds that it did not compare yet are left out: nothing is known of them."""
    path = folder / JSON_PATH
    if not path.is_file():
        raise _fault(path, "the history of changes is missing", "no file", _AGAIN)
    try:
        history = History.model_validate_json(path.read_bytes())
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        context = details.get("ctx", {})
        field, what = ".".join(map(str, details["loc"])) or "file", str(context.get("what", details["msg"]))
        raise _fault(path, what, shown(details["input"]), str(context.get("mend", _AGAIN)), field) from None
    records = {kind: _table(folder / DATA / f"{kind}.json", kind, history.released) for kind in history.kinds}
    known = {kind.name for kind in KINDS}
    return Edition(records, frozenset(records) & known, history.released, history, None)


def _table(path: Path, kind: str, released: str) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise _fault(path, "the records of this kind are missing", "no file", _AGAIN) from None
    except (ValueError, OSError) as error:
        raise _fault(path, "this is not JSON", shown(str(error)), _AGAIN) from None
    if not isinstance(found, dict) or found.get("version") != VERSION:
        got = shown(found.get("version") if isinstance(found, dict) else found)
        raise _fault(path, f"these records are not of version {VERSION}", got, _AGAIN, "version")
    if found.get("kind") != kind:
        raise _fault(path, "these are records of another kind", shown(found.get("kind")), _AGAIN, "kind")
    if found.get("released") != released:
        what = f"these records are of another edition than the history, which was released on {released}"
        raise _fault(path, what, shown(found.get("released")), _AGAIN, "released")
    records = found.get("records")
    if not isinstance(records, dict) or not all(isinstance(one, dict) for one in records.values()):
        raise _fault(path, "this must be records by id", shown(records), _AGAIN, "records")
    return {key: frozen(one) for key, one in records.items()}


def frozen(value: Any) -> Any:
    """A raw value as :func:`~atlas.loading.raw_records` gives it, with tuples for lists."""
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, list | tuple) else value


def _fault(path: Path, what: str, got: str, mend: str, field: str = "file") -> FaultyInputError:
    return FaultyInputError([Fault(path.as_posix(), 1, 1, field, what, got, mend)])
