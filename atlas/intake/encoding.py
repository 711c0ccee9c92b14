"""Text files as they are read: no device, no link, not too large, UTF-8, and only characters that can be seen."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from atlas.fault import Fault, shown
from atlas.intake.characters import MIXED, quick, troubles
from atlas.intake.limits import LARGEST, LONGEST_LINE
from atlas.intake.signature import signature
from atlas.memory import Memory

_MEND_UTF8 = "Open it in a text editor and save it as UTF-8."
_LIKELY = {
    "cp949": "EUC-KR (CP949, Korean Windows)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp866": "CP866 (Cyrillic DOS)",
    "gb18030": "GB18030 (GBK, Chinese)",
    "big5": "Big5 (traditional Chinese)",
    "shift_jis": "Shift-JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "cp1252": "Windows-1252 (Western European)",
}


def read_text(root: Path, path: str, *, plain: bool = False) -> tuple[str | None, list[Fault]]:
    """The text of the file at ``path`` below ``root``, with line ends as ``\\n`` and without a byte order mark, and what is wrong with it.

    ``plain``: the length of its lines does not matter. The text is None where the file cannot be read at all.
    """
    found = _bytes(root / path, path)
    if isinstance(found, Fault):
        return None, [found]
    if kind := signature(found[:32]):
        mend = "Pages and data files are text: put the right file here, or take this one out."
        return None, [Fault(path, 1, 1, "file", f"this is {kind[1]}, not text", shown(Path(path).name), mend)]
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(found, error, path)]
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    faults: list[Fault] = []
    if not plain:
        longest = LONGEST_LINE.get(path.split("/", 1)[0], max(LONGEST_LINE.values()))
        faults += _long_lines(text, path, longest)
    if not quick(text):
        faults += [Fault(path, *_place(text, at), "text", what, shown(got), mend) for at, what, got, mend in troubles(text)]
    return text, faults


def read_again(root: Path, path: str, memory: Memory, *, plain: bool = False) -> tuple[str | None, list[Fault]]:
    """What :func:`read_text` gives, without opening a file that is as it was when ``memory`` last saw it."""
    state = memory.state(root, path)
    if state is None:
        return read_text(root, path, plain=plain)
    return memory.made(("text", path), state, lambda: read_text(root, path, plain=plain))


def kind_fault(path: str, mode: int) -> Fault | None:
    """What is wrong where something stands at ``path`` that is no file and no folder; ``mode`` is its ``st_mode``, not followed."""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    if stat.S_ISLNK(mode):
        return Fault(path, 1, 1, "file", "this is a symbolic link", "a link", "Put the file or folder itself here, or take the link out.")
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))
    kind = next((name for is_kind, name in kinds if is_kind(mode)), "something else")
    return Fault(path, 1, 1, "file", f"this is {kind}, not a file", kind, "Take it out.")


def _bytes(file: Path, path: str) -> bytes | Fault:
    largest = LARGEST.get(path.split("/", 1)[0], max(LARGEST.values()))
    try:
        there = file.lstat()
        if found := kind_fault(path, there.st_mode):
            return found
        size = min(there.st_size, largest)
        # A link or a pipe that takes its place now is not followed and not waited for.
        with open(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)), "rb") as opened:  # noqa: PTH123
            content = opened.read(size + 1)  # asked for the largest size, it would lay out that much memory for every file
            if len(content) > size:
                content += opened.read(largest + 1 - size)
    except PermissionError:
        return Fault(path, 1, 1, "file", "this file may not be read", "no permission", "Give yourself the right to read it (chmod u+r).")
    except OSError as error:
        return Fault(path, 1, 1, "file", "this file cannot be read", shown(error.strerror), "Look whether it is there and a plain file.")
    if len(content) > largest:
        got = f"more than {largest // 1024} KiB"
        return Fault(path, 1, 1, "file", "this file is too large", got, "Divide it, or take out what is no text.")
    return content


def _not_utf8(content: bytes, error: UnicodeDecodeError, path: str) -> Fault:
    line = content[: error.start].count(b"\n") + 1
    likely = likely_encoding(content)
    got = f"probably {likely}" if likely else "other bytes"
    return Fault(path, line, 1, "file", "this is not UTF-8 text", got, _MEND_UTF8)


def likely_encoding(content: bytes) -> str | None:
    """The name of the encoding that a text which is not UTF-8 is probably in."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "UTF-32"),
        (codecs.BOM_UTF32_BE, "UTF-32"),
        (codecs.BOM_UTF16_LE, "UTF-16"),
        (codecs.BOM_UTF16_BE, "UTF-16"),
    ):
        if content.startswith(mark):
            return name
    if content[:4000].count(0) > len(content[:4000]) // 20:
        return "UTF-16"
    from charset_normalizer import from_bytes  # only where something is wrong: a tenth of a second

    telling = b"\n".join(line for line in content.split(b"\n") if not line.isascii())
    found = list(from_bytes(telling[:20_000], cp_isolation=list(_LIKELY)))
    best = next((one for one in found if not MIXED.search(str(one))), next(iter(found), None))  # "cafй" is no word
    return _LIKELY.get(best.encoding) if best else None


def _long_lines(text: str, path: str, longest: int) -> Iterator[Fault]:
    if len(text) <= longest:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > longest:
            got = f"{len(line)} characters"
            yield Fault(path, number, 1, "text", f"this line has more than {longest} characters", got, "Break it into shorter ones.")


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
