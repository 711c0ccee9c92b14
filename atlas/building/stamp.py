"""The digest of what is printed: a page whose digest is what it was need not be drawn again."""

from __future__ import annotations

import hashlib
import marshal
from typing import Any


def stamp(*values: Any) -> bytes:
    """The digest of plain values: equal ones have the same, wherever they come from (``marshal`` 2 knows nothing of identity).

    Raises :class:`ValueError` where a value is not plain.
    """
    return hashlib.blake2b(marshal.dumps(values, 2), digest_size=16).digest()
