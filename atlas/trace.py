"""What a page or a file was made from, noted while it is made: what has changed since then tells whether it must be made again.

A key names something that an edit can change: ``("page", "visa/")`` the written versions of a page, ``("below", "plan/")`` which pages
lie in a folder, ``("told", "fee-c-3-3")`` the page that tells most of a record, ``("standing",)`` how the translations stand together,
``("fees", "c-3-90")`` a record, ``("fees",)`` all of a kind. ``("left", address)`` is a file that is left beside the page.
"""

from __future__ import annotations

from collections.abc import Collection, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from contextlib import contextmanager
from typing import Any, TypeVar, overload

from atlas.article import Article

Key = tuple[str, ...]
LEFT = "left"
"""A file that a page leaves beside it."""
DRAWN = "drawn"
"""What is drawn with: ``("drawn", "list.html")`` a template with all that it is made of, ``("drawn",)`` all below ``overrides/``."""
RECORDS = "records"
"""All records."""
NAMED = "named"
"""What prose names by id, whatever its kind: ``("named", "visa-fees")``."""
V = TypeVar("V")
_NOT_OF_RECORDS = frozenset({"page", "below", "told", "standing", "paths", LEFT, DRAWN})


def of_record(key: Key) -> bool:
    """Whether a key stands for something of records."""
    return key[0] not in _NOT_OF_RECORDS


class Trace:
    """Notes the keys that are asked for."""

    def __init__(self) -> None:
        self._noted: set[Key] | None = None

    def note(self, *key: str) -> None:
        """Something was asked for."""
        if self._noted is not None:
            self._noted.add(key)

    def add(self, keys: Collection[Key]) -> None:
        """What was noted before of something that is used again."""
        if self._noted is not None:
            self._noted.update(keys)

    @contextmanager
    def noting(self) -> Iterator[set[Key]]:
        """Inside, what is asked for is noted in the set; what was being made outside is not told of it."""
        before, self._noted = self._noted, set()
        try:
            yield self._noted
        finally:
            self._noted = before


class Noted(Mapping[str, V]):
    """Values by key, of which is noted which were asked for: as ``(name, key)``, and as ``(name,)`` when somebody looked through all."""

    def __init__(self, name: str, values: Mapping[str, V], trace: Trace) -> None:
        self._name, self._values, self._trace = name, values, trace

    def __getitem__(self, key: str) -> V:
        self._trace.note(self._name, key)
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """As of any mapping."""
        self._trace.note(self._name, key)
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._trace.note(self._name, str(key))
        return key in self._values

    def keys(self) -> KeysView[str]:
        """As of any mapping."""
        self._trace.note(self._name)
        return self._values.keys()

    def values(self) -> ValuesView[V]:
        """As of any mapping."""
        self._trace.note(self._name)
        return self._values.values()

    def items(self) -> ItemsView[str, V]:
        """As of any mapping."""
        self._trace.note(self._name)
        return self._values.items()

    def __iter__(self) -> Iterator[str]:
        self._trace.note(self._name)
        return iter(self._values)

    def __len__(self) -> int:
        self._trace.note(self._name)
        return len(self._values)


class NotedRow(Sequence[V]):
    """Values in a row, of which is noted, as ``(name,)``, that they were asked for."""

    def __init__(self, name: str, values: Sequence[V], trace: Trace) -> None:
        self._name, self._values, self._trace = name, values, trace

    @overload
    def __getitem__(self, place: int) -> V: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[V]: ...
    def __getitem__(self, place: int | slice) -> V | Sequence[V]:
        self._trace.note(self._name)
        return self._values[place]

    def __iter__(self) -> Iterator[V]:
        self._trace.note(self._name)
        return iter(self._values)

    def __len__(self) -> int:
        self._trace.note(self._name)
        return len(self._values)


class Articles(Noted[Mapping[str, Article]]):
    """The written pages by address and language, as views read them."""

    def __init__(self, articles: Mapping[str, Mapping[str, Article]], trace: Trace) -> None:
        super().__init__("page", articles, trace)
        self._below: dict[str, list[str]] = {}
        for path in articles:
            if folder := folder_of(path):
                self._below.setdefault(folder, []).append(path)

    def below(self, folder: str) -> list[Mapping[str, Article]]:
        """The pages that lie directly in a folder; ``""`` has none."""
        self._trace.note("below", folder)
        return [self[path] for path in self._below.get(folder, ())]


def folder_of(path: str) -> str:
    """The folder that a page lies in: ``visa/`` of ``visa/c-3-3/``."""
    return path[: path.rstrip("/").rfind("/") + 1]
