"""The committed list of the inline scripts that may run (``inline.txt``)."""

from __future__ import annotations

import re
from pathlib import Path

LIST = Path(__file__).with_name("inline.txt")
_HASH = re.compile(r"sha(?:256-[\w+/]{43}=|384-[\w+/]{64}|512-[\w+/]{86}==)", re.ASCII)


def allowed(path: Path = LIST) -> tuple[str, ...]:
    """The hashes of the list, in its order. Raises :class:`ValueError` for a line that has no hash or gives no reason."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            one, _, reason = line.partition(" ")
            if not _HASH.fullmatch(one) or not reason.strip():
                raise ValueError(f"{path.name}:{number}: this is not a hash with a reason. Write sha256-… and why it must be inline.")
            found.append(one)
    return tuple(found)
