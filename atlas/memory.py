"""What was made before of the same inputs, so that after an edit only what depends on it is made again.

A memory is handed down by whoever reads the project more than once: the preview, and a build, which keeps it for the next one. Each step
names what it makes and says of which inputs; inputs that are records, documents or pages are the same only if nobody has read them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from atlas.intake.filestate import State, files_below, of_file

T = TypeVar("T")
_PLAIN = frozenset({str, int, bool, bytes, frozenset})


class Memory:
    """The last result under each name, with the inputs that it was made of; and how the files stand."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[tuple[object, ...], object]] = {}
        self._files: Mapping[str, State] = {}
        self._saved: dict[str, int] = {}

    @classmethod
    def of(cls, root: Path) -> Memory:
        """An empty memory that has looked at a project."""
        memory = cls()
        memory.look(root)
        return memory

    @classmethod
    def holding(cls, entries: Mapping[Hashable, tuple[tuple[object, ...], object]]) -> Memory:
        """A memory of what was found before, which has not looked at a project."""
        memory = cls()
        memory._made = dict(entries)
        return memory

    @property
    def entries(self) -> Mapping[Hashable, tuple[tuple[object, ...], object]]:
        """What was found, and of which inputs, by name."""
        return self._made

    def look(self, root: Path, files: Mapping[str, State] | None = None) -> None:
        """Looks how the files of a project stand now, or is told by ``files``; to be done before they are read."""
        found = files_below(root) if files is None else files
        self._files = dict(found) | {path: (*found[path], number) for path, number in self._saved.items() if path in found}

    def state(self, root: Path, path: str) -> State | None:
        """How a file stands; None where there is none."""
        if found := self._files.get(path):
            return found
        try:
            return of_file(path, (root / path).lstat())
        except OSError:
            return None

    def below(self, folder: str) -> tuple[tuple[str, State], ...]:
        """A folder, and the files and folders below it, when :meth:`look` was called, in order."""
        start = f"{folder}/"
        return tuple((path, state) for path, state in self._files.items() if path.startswith(start) or path == folder)

    def saved(self, path: str) -> None:
        """A file was saved: it is not as it was, even if it has the same size and was written within one tick of the clock."""
        self._saved[path] = self._saved.get(path, 0) + 1

    def made(self, name: Hashable, inputs: tuple[object, ...], make: Callable[[], T]) -> T:
        """What ``make`` returns, or returned when it was last asked under this name, if the inputs are the same."""
        if self.knows(name, inputs):
            found: T = self._made[name][1]  # type: ignore[assignment]  # one name, one type
            return found
        result = make()
        self.keep(name, inputs, result)
        return result

    def settled(self, name: Hashable, value: T) -> T:
        """The value itself, or the one that was last given under this name, if it is the same: then what was made of it still holds."""
        return self.made(name, (value,), lambda: value)

    def knows(self, name: Hashable, inputs: tuple[object, ...]) -> bool:
        """Whether something was made, or kept, under this name of the same inputs."""
        held = self._made.get(name)
        return held is not None and same(held[0], inputs)

    def keep(self, name: Hashable, inputs: tuple[object, ...], result: object = None) -> None:
        """Keeps what was found in another way than by :meth:`made`, such as for many at once."""
        self._made[name] = (inputs, result)

    def last(self, name: Hashable) -> tuple[tuple[Any, ...], Any] | None:
        """What was last made under a name, behind its inputs."""
        return self._made.get(name)

    def take(self, other: Memory) -> None:
        """Takes over what another has found."""
        self._made |= other._made

    def only(self, names: Iterable[Hashable]) -> Memory:
        """A memory of what is called so, or of which the first part of the name is: what is worth keeping for the next process."""
        chosen = frozenset(names)
        return Memory.holding({name: held for name, held in self._made.items() if (name[0] if isinstance(name, tuple) else name) in chosen})

    def forget_all_but(self, names: Iterable[Hashable]) -> None:
        """What is not called so is made anew when it is next asked for: texts of files and what was read of them take much memory."""
        self._made = self.only(names)._made


def same(one: Any, other: Any) -> bool:
    """Whether nothing that is made of the two could differ: ``1``, ``1.0`` and ``True`` are equal, but not the same.

    Records are the same only as objects: who reads a file anew in which nothing has changed settles for those that there were.
    """
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind in _PLAIN:
        return bool(one == other)
    if kind is float:
        return repr(one) == repr(other)  # 0.0 and -0.0
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(mine is its or same(mine, its) for mine, its in zip(one, other, strict=True))
    if is_dataclass(kind):
        return same(vars(one), vars(other))
    if isinstance(one, dict):  # in order: pages list records as they come
        pairs = zip(one.items(), other.items(), strict=False)
        return len(one) == len(other) and all(key == held and same(value, found) for (key, value), (held, found) in pairs)
    return False
