"""What was made before of the same inputs, so that after an edit only what depends on it is made again.

A memory is handed down by whoever reads the project more than once (the preview); a build has an empty one. Each step names what it makes
and says of which inputs; inputs that are records, documents or pages are the same only if nobody has read them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")
_PLAIN = (str, int, bytes, frozenset, type(None))


class Memory:
    """The last result under each name, with the inputs that it was made of."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[tuple[object, ...], object]] = {}

    def made(self, name: Hashable, inputs: tuple[object, ...], make: Callable[[], T]) -> T:
        """What ``make`` returns, or returned when it was last asked under this name, if the inputs are the same."""
        held = self._made.get(name)
        if held is not None and _same(held[0], inputs):
            found: T = held[1]  # type: ignore[assignment]  # one name, one type
            return found
        result = make()
        self._made[name] = (inputs, result)
        return result

    def forget(self, name: Hashable) -> None:
        """What is called so is made anew when it is next asked for."""
        self._made.pop(name, None)


def _same(one: object, other: object) -> bool:
    """Whether nothing that is made of the two could differ: ``1``, ``1.0`` and ``True`` are equal, but not the same."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):  # in order: pages list records as they come
        pairs = zip(one.items(), other.items(), strict=False)
        return len(one) == len(other) and all(key == held and _same(value, found) for (key, value), (held, found) in pairs)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, _PLAIN) and one == other
