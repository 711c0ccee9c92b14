"""E-mail addresses as they go into a ``mailto:`` link (RFC 6068): nothing in them can begin a header or a second address."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

EmailAddress = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$", max_length=254)
]
"""A dot-atom without the marks that a link gives a meaning to, and the name of a host."""
