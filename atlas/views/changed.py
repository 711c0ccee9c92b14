"""The records of two editions compared, and what differs told in every language of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from atlas.atlas import Atlas
from atlas.changes.concern import TOLD, TOPICS, passports, provinces, topic
from atlas.changes.edition import Edition, Records, frozen
from atlas.changes.history import Change, CitedSource, Day, History, How, Texts
from atlas.changes.line import Difference, Facet, differences, facets
from atlas.kinds import KINDS, Kind, plural
from atlas.records.localised import Passage
from atlas.views.lines.record import HEADLINES, periods_of, record_lines, record_name, record_path, tells_contact
from atlas.views.marking import unmarked
from atlas.views.reader import Reader

Readers = Mapping[str, Reader]
Key = tuple[str, str]
"""Kind and id."""
_NOT_FACTS = frozenset({"checked_on"})
"""Fields whose change alone is no change of a fact: the record was checked again."""


@dataclass(frozen=True)
class Comparison:
    """What differs between two states of the records."""

    changes: tuple[Change, ...] = ()
    sources: Mapping[str, CitedSource] = field(default_factory=dict)
    before: Mapping[Key, dict[str, Any] | None] = field(default_factory=dict)
    """The records that readers see and that differ, as they stood."""
    checked: tuple[Key, ...] = ()
    """Only checked again."""
    silent: tuple[Key, ...] = ()
    """Changed, but not in what the pages say: other sources, another order, remarks for editors."""
    unread: tuple[Key, ...] = ()
    """Written by an older schema, so that nothing can be compared."""
    internal: Mapping[str, int] = field(default_factory=dict)
    """How many records changed of each kind that readers do not see."""


def told_history(readers: Readers, now: Records, last: Edition | None) -> History:
    """The history of changes up to this edition. Without a base it begins here, and nothing is compared."""
    released = next(iter(readers.values())).atlas.site.released
    kinds = tuple(kind.name for kind in KINDS)
    if last is None:
        return History(since=released, released=released, kinds=kinds)
    history = last.history or History(since=last.released, released=last.released, kinds=kinds)
    days = history.days
    was, again = last.records, bool(days) and days[0].day == released
    if again:
        was = _as_before(was, days[0])
    found = compared(readers, was, now, last.kinds)
    earlier = days[1:] if again else days
    if found.changes:
        before: dict[str, dict[str, dict[str, Any] | None]] = {}
        for (kind, record_id), record in found.before.items():
            before.setdefault(kind, {})[record_id] = record
        today = Day(day=released, changes=found.changes, sources=dict(found.sources), before=before)
        days = (today, *(one.model_copy(update={"before": {}}) for one in earlier))
    else:
        days = earlier
    return History(since=history.since, released=released, kinds=kinds, days=days)


def _as_before(records: Records, day: Day) -> Records:
    """The records as they stood before a day."""
    found = {kind: dict(table) for kind, table in records.items()}
    for kind, table in day.before.items():
        for record_id, record in table.items():
            if record is None:
                found[kind].pop(record_id, None)
            else:
                found[kind][record_id] = frozen(record)
    return found


def compared(readers: Readers, was: Records, now: Records, kinds: frozenset[str]) -> Comparison:
    """Two states of the records. ``readers`` read the newer one; only ``kinds`` are compared."""
    reader = next(iter(readers.values()))
    differing = {
        kind: [key for key in dict.fromkeys((*now[kind.name], *was[kind.name])) if was[kind.name].get(key) != now[kind.name].get(key)]
        for kind in KINDS
        if kind.name in kinds
    }
    atlas = _older(reader.atlas, was, differing)
    older = {code: Reader(code, atlas, one.links, one.words) for code, one in readers.items()}
    changes: list[Change] = []
    before: dict[Key, dict[str, Any] | None] = {}
    checked: list[Key] = []
    silent: list[Key] = []
    unread: list[Key] = []
    for kind, ids in differing.items():
        for key in ids if kind.name in TOLD else ():
            old, new = was[kind.name].get(key), now[kind.name].get(key)
            if old and new and _facts(old) == _facts(new):
                checked.append((kind.name, key))
                continue
            before[kind.name, key] = old
            pair = _Pair(kind.name, readers, older, _record(atlas, kind, key) if old else None, _record(reader.atlas, kind, key))
            if old and (pair.old is None or not _reads(kind, old)):
                unread.append((kind.name, key))
                continue
            found = pair.changes()
            changes += found
            if not found:
                silent.append((kind.name, key))
    changes.sort(key=lambda change: TOPICS.index(change.topic))
    cited = dict.fromkeys(source for change in changes for source in change.sources)
    return Comparison(
        changes=tuple(changes),
        sources={key: _cited(atlas, reader.atlas, key) for key in cited},
        before=before,
        checked=tuple(checked),
        silent=tuple(silent),
        unread=tuple(unread),
        internal={kind.name: len(ids) for kind, ids in differing.items() if ids and kind.name not in TOLD},
    )


def _facts(value: Any) -> Any:
    """A raw value without what is no fact."""
    if isinstance(value, dict):
        return {key: _facts(item) for key, item in value.items() if key not in _NOT_FACTS}
    return tuple(_facts(item) for item in value) if isinstance(value, tuple) else value


def _reads(kind: Kind, raw: dict[str, Any]) -> bool:
    try:
        kind.model.model_validate(raw)
    except ValidationError:
        return False
    return True


def _older(atlas: Atlas, was: Records, differing: Mapping[Kind, Sequence[str]]) -> Atlas:
    """The atlas as it stood: where a record differs, the older one. The day that pages speak from stays."""
    found: dict[str, dict[str, Any]] = {}
    for kind, ids in differing.items():
        if not ids or kind.name == "site":
            continue
        table = dict(getattr(atlas, plural(kind.name)))
        for key in ids:
            if (raw := was[kind.name].get(key)) and _reads(kind, raw):
                table[key] = kind.model.model_validate(raw)
        found[plural(kind.name)] = table
    return replace(atlas, **found)  # type: ignore[arg-type]  # the names are those of its fields


def _record(atlas: Atlas, kind: Kind, key: str) -> Any:
    return getattr(atlas, plural(kind.name)).get(key)


def _cited(older: Atlas, newer: Atlas, key: str) -> CitedSource:
    source = newer.sources.get(key) or older.sources[key]
    titles = {code: _plain(Passage(text, code)) for code, text in source.title.root.items()}
    return CitedSource(title=titles, url=source.url, kind=source.kind)


def _plain(passage: Passage) -> str:
    return unmarked(passage.text)


@dataclass(frozen=True)
class _Pair:
    """A record before and after, with readers of both times."""

    kind: str
    readers: Readers
    older: Readers
    old: Any
    new: Any

    def changes(self) -> list[Change]:
        """Every fact that differs; of a record that is new or gone, one."""
        reader = next(iter(self.readers.values()))
        record = self.new or self.old
        if self.kind == "fact" and record.id not in reader.links.told:
            return []  # no page tells it
        names = {code: record_name(one, self.kind, record) for code, one in (self.readers if self.new else self.older).items()}
        whom = passports(reader.atlas, self.kind, record)
        if self.old:
            whom |= passports(next(iter(self.older.values())).atlas, self.kind, self.old)
        path = record_path(reader if self.new else next(iter(self.older.values())), self.kind, record)
        seen: dict[str, int] = {}
        found = []
        for how, difference in self._differences():
            change = self._change(how, difference, names)
            if change is None:
                continue
            place = change.field
            seen[place] = seen.get(place, 0) + 1
            update = {
                "field": place if seen[place] == 1 else f"{place}-{seen[place]}",
                "countries": tuple(sorted(whom if difference is None else _whom(difference, whom))),
                "provinces": self._provinces(),
                "topic": topic(self.kind, path),
                "path": path,
            }
            found.append(change.model_copy(update=update))
        return found

    def _provinces(self) -> tuple[str, ...]:
        if self.kind != "institution":
            return ()
        return tuple(sorted({code for record in (self.old, self.new) if record for code in provinces(record)}))

    def _differences(self) -> Iterator[tuple[How, Difference | None]]:
        """How each difference is to be told; ``None``: the record itself."""
        if self.old is None or self.new is None:
            readers, record = (self.readers, self.new) if self.new else (self.older, self.old)
            keys = [str(number) for number in range(len(periods_of(record)))]
            lines = {code: record_lines(one, self.kind, record, contact=True, keys=keys) for code, one in readers.items()}
            start = HEADLINES.get(self.kind)
            told = tuple(facet for facet in facets(lines) if start and facet.path.startswith(start))[:1]
            yield ("new", Difference("", (), told)) if self.new else ("gone", Difference("", told, ()))
            return
        keys_old, keys_new = period_keys(periods_of(self.old), periods_of(self.new))
        contact = {
            code: tells_contact(one, self.kind, self.new) and tells_contact(self.older[code], self.kind, self.old)
            for code, one in self.readers.items()
        }
        was = {code: record_lines(one, self.kind, self.old, contact=contact[code], keys=keys_old) for code, one in self.older.items()}
        now = {code: record_lines(one, self.kind, self.new, contact=contact[code], keys=keys_new) for code, one in self.readers.items()}
        for difference in differences(facets(was), facets(now)):
            how: How = "changed" if difference.old and difference.new else "added" if difference.new else "taken-out"
            yield "closed" if difference.path == "closed" and how == "added" else how, difference

    def _change(self, how: How, difference: Difference | None, names: Mapping[str, Passage]) -> Change | None:
        assert difference is not None
        of_record = how in {"new", "gone"}
        languages, old, new = [], {}, {}
        for code in self.readers:
            was, now = _said(difference.old, code, self.readers[code]), _said(difference.new, code, self.readers[code])
            withheld = any(facet.said[code] is None for facet in (*difference.old, *difference.new))
            if of_record or (was != now and not withheld):
                languages.append(code)
                old[code], new[code] = was, now
        if not languages:
            return None
        label = {code: one.words.say(f"change-{how}") for code, one in self.readers.items()} if of_record else difference.facets[0].label
        sources = dict.fromkeys(source for facet in difference.facets for source in facet.sources)
        record = self.new or self.old
        unknown = any(one is not None and getattr(one, "serves_foreigners_unknown", False) for one in (self.old, self.new))
        return Change(
            kind=self.kind,
            id=record.id,
            field=difference.path,
            how=how,
            topic=TOPICS[0],
            languages=tuple(languages),
            name=_texts(names) or {},
            label=dict(label),
            old=_texts(old),
            new=_texts(new),
            path="",
            sources=tuple(sources) or tuple(getattr(record, "sources", ())),
            unlinked=unknown,
        )


def _whom(difference: Difference, everyone: frozenset[str]) -> frozenset[str]:
    """The passports that a difference concerns: its own, or those of the record."""
    own = [facet.countries for facet in (*difference.old, *difference.new) if facet.countries is not None]
    return frozenset(code for codes in own for code in codes) if own else everyone


def _said(found: Sequence[Facet], code: str, reader: Reader) -> Passage | None:
    """What facets say in a language: one text, or many in order of the alphabet."""
    texts = [said for facet in found if (said := facet.said[code])]
    if len(texts) < 2:
        return texts[0] if texts else None
    return Passage(reader.words.say("list-comma").join(sorted((one.text for one in texts), key=reader.collated)), code)


def _texts(said: Mapping[str, Passage | None]) -> Texts | None:
    """Texts by the language that they are in; ``None`` where nothing is said."""
    found = {code: one.text for code, one in said.items() if one and one.language == code}
    for one in said.values():
        if one:
            found.setdefault(one.language, one.text)
    return found or None


def period_keys(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[str], list[str]]:
    """Names for the periods of a record before and after, alike where they are the same: by their first day, or else by their order."""
    keys = [str(number) for number in range(len(new))]
    by_start = {period.first: key for period, key in zip(new, keys, strict=True)}
    found = [by_start.get(period.first, "") for period in old]
    free = [key for key in keys if key not in found]
    for place, key in enumerate(found):
        if not key:
            found[place] = free.pop(0) if free else f"was-{place}"
    return found, keys
