"""A zip file, of members that are packed one by one: one that has not changed is taken over from an earlier file as it stands there.

The format is that of PKWARE's APPNOTE 6.3; the bytes are those that :mod:`zipfile` writes, which can take over nothing. Members are packed
with deflate (RFC 1951).
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LEVEL = 6
_HERE = struct.Struct("<4s5H3L2H")
_LISTED = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_FORM = 20
"""Version 2.0 of the format: deflate."""
_MADE_ON = 3 << 8
"""Unix, whose rights stand in the upper half of the attributes."""
_RIGHTS = 0o644 << 16
_UTF8 = 0x800
_DEFLATED = 8


class Member(NamedTuple):
    """A file in a zip file: its name, the CRC-32 and the size of its content, and the content as it is packed."""

    name: str
    crc: int
    size: int
    packed: bytes | memoryview


def packed(name: str, content: bytes) -> Member:
    """A member that is packed anew."""
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, zlib.crc32(content), len(content), press.compress(content) + press.flush())


def zipped(members: Iterable[Member], date: tuple[int, int, int]) -> Iterator[bytes | memoryview]:
    """A zip file, piece by piece, with all members of one day: year, month, day.

    Raises :class:`struct.error` for more than 65,535 members or 4 GiB.
    """
    time = (date[0] - 1980) << 9 | date[1] << 5 | date[2]
    listed, count, place = io.BytesIO(), 0, 0
    for name, crc, size, content in members:
        path = name.encode()
        what = (0 if name.isascii() else _UTF8, _DEFLATED, 0, time, crc, len(content), size, len(path), 0)
        listed.write(_LISTED.pack(b"PK\x01\x02", _MADE_ON | _FORM, _FORM, *what, 0, 0, 0, _RIGHTS, place) + path)
        head = _HERE.pack(b"PK\x03\x04", _FORM, *what) + path
        yield head
        yield content
        place += len(head) + len(content)
        count += 1
    yield listed.getvalue()
    yield _END.pack(b"PK\x05\x06", 0, 0, count, count, listed.tell(), place, 0)


def members_of(archive: bytes) -> dict[str, Member]:
    """The members of a file that :func:`zipped` has made, by name."""
    found: dict[str, Member] = {}
    whole = memoryview(archive)
    *_, count, _, at, _ = _END.unpack_from(archive, len(archive) - _END.size)
    for _ in range(count):
        *_, crc, length, size, named, _, _, _, _, _, place = _LISTED.unpack_from(archive, at)
        at += _LISTED.size
        name = archive[at : at + named].decode()
        at += named
        start = place + _HERE.size + named
        found[name] = Member(name, crc, size, whole[start : start + length])
    return found
