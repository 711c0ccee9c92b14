"""What an earlier run has worked out, so that the next need not: kept in ``build/cache/`` by the content that it was worked out from.

A key is the SHA-256 of all that the result depends on: the texts, and, once for the whole file, every module of the engine with the
versions of Python and the libraries. Another text, another engine or another library has another key, so that nothing old can be found.
Only results without faults are kept. The file holds plain values (:mod:`marshal`, which runs no code), is written in one step, and is
passed over where its own digest does not fit. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
FILE = Path("build") / "cache" / "check"
_RUNS = 20
"""For how many runs something is kept that nobody asks for."""
_ENGINE = Path(__file__).resolve().parent


class Kept:
    """Results by key; ``engine`` is the digest of what worked them out."""

    def __init__(self, file: Path, engine: bytes) -> None:
        self._file = file
        self._engine = engine
        self._found: dict[bytes, tuple[int, Any]] = self._read()
        self._used: set[bytes] = set()
        self._changed = False

    def made(
        self,
        name: str,
        content: bytes,
        make: Callable[[], T],
        *,
        worth: Callable[[T], bool] = lambda _: True,
        to: Any = None,
        of: Any = None,
    ) -> T:
        """What ``make`` returns, or has returned in an earlier run for the same ``name`` and ``content``.

        It is kept if it is ``worth`` it. ``to`` makes a plain value of it and ``of`` makes it of a plain value again.
        """
        key = hashlib.sha256(name.encode() + b"\0" + content).digest()
        if key in self._found:
            self._used.add(key)
            value: Any = self._found[key][1]
            kept: T = of(value) if of else value
            return kept
        result = make()
        if worth(result):
            self._found[key] = (0, to(result) if to else result)
            self._used.add(key)
            self._changed = True
        return result

    def made_each(
        self, name: str, contents: Sequence[bytes], make: Callable[[list[int]], Sequence[T]], *, worth: Callable[[T], bool]
    ) -> list[T]:
        """As :meth:`made` for many plain values: ``make`` makes those that are not known, whose places it is given, in one go."""
        keys = [hashlib.sha256(name.encode() + b"\0" + content).digest() for content in contents]
        missing = [place for place, key in enumerate(keys) if key not in self._found]
        fresh = dict(zip(missing, make(missing), strict=True)) if missing else {}
        for place, value in fresh.items():
            if worth(value):
                self._found[keys[place]] = (0, value)
                self._changed = True
        self._used.update(key for key in keys if key in self._found)
        return [fresh[place] if place in fresh else self._found[key][1] for place, key in enumerate(keys)]

    def save(self) -> None:
        """Writes what was used in this run and in the last ones. A disk that takes nothing is no fault: the next run is slower."""
        if not self._changed:
            return
        aged = {key: (0 if key in self._used else age + 1, value) for key, (age, value) in self._found.items()}
        payload = marshal.dumps({key: held for key, held in aged.items() if held[0] <= _RUNS})
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            fresh.write_bytes(self._seal(payload) + payload)
            fresh.replace(self._file)

    def _read(self) -> dict[bytes, tuple[int, Any]]:
        try:
            content = self._file.read_bytes()
        except OSError:
            return {}
        seal, payload = content[:32], content[32:]
        if seal != self._seal(payload):
            return {}
        found: dict[bytes, tuple[int, Any]] = marshal.loads(payload)  # plain values that this engine has written
        return found

    def _seal(self, payload: bytes) -> bytes:
        return hashlib.sha256(self._engine + payload).digest()


_KEEPING: ContextVar[Kept | None] = ContextVar("kept", default=None)


@contextmanager
def keeping(root: Path) -> Iterator[None]:
    """Inside, the project at ``root`` is read with what earlier runs have kept; what is new is kept when no fault was raised."""
    kept = Kept(root / FILE, _engine())
    token = _KEEPING.set(kept)
    try:
        yield
    finally:
        _KEEPING.reset(token)
    kept.save()


def made(
    name: str, content: bytes, make: Callable[[], T], *, worth: Callable[[T], bool] = lambda _: True, to: Any = None, of: Any = None
) -> T:
    """As :meth:`Kept.made`, where something is being kept; elsewhere it is made."""
    kept = _KEEPING.get()
    return make() if kept is None else kept.made(name, content, make, worth=worth, to=to, of=of)


def made_each(name: str, contents: Sequence[bytes], make: Callable[[list[int]], Sequence[T]], *, worth: Callable[[T], bool]) -> list[T]:
    """As :meth:`Kept.made_each`, where something is being kept; elsewhere all are made."""
    kept = _KEEPING.get()
    return list(make([*range(len(contents))])) if kept is None else kept.made_each(name, contents, make, worth=worth)


def is_keeping() -> bool:
    """Whether anything is being kept, so that a key is worth its price."""
    return _KEEPING.get() is not None


def written_out(value: object) -> bytes:
    """The bytes that stand for a plain value in a key. Not those of :mod:`marshal`, which depend on how often an object is used."""
    return repr(value).encode("utf-8", "surrogatepass")


def _engine() -> bytes:
    """The digest of the engine: its modules, Python, and the libraries that read."""
    import pydantic
    import yaml

    digest = hashlib.sha256(f"{sys.version}\n{pydantic.VERSION}\n{yaml.__version__}\n".encode())
    for file in sorted(_ENGINE.rglob("*.py")):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(_ENGINE)}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.digest()
