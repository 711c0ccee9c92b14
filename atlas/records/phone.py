"""Telephone numbers (ITU-T E.164)."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from atlas.records.record import wrong

_WRITTEN = re.compile(r"\+[0-9]+(-[0-9]+)+")
_SERVICE_LINE = re.compile(r"\+82-1[568][0-9]{2}-[0-9]{4}")


def _checked(value: str) -> str:
    import phonenumbers  # loaded with the first number: it holds the plans of all countries

    mend = "Write it with the country code and hyphens: +82-2-…"
    if not _WRITTEN.fullmatch(value):
        raise wrong("this is not a full phone number", mend)
    if _SERVICE_LINE.fullmatch(value):
        return value
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        raise wrong("this is not a phone number", mend) from None
    if phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) != e164(value):
        raise wrong("after the country code the leading zero is left out", "Write +82-2-…, not +82-02-….")
    if not phonenumbers.is_valid_number(number):
        raise wrong("no such phone number can exist", "Compare it with the source, digit by digit.")
    return value


Phone = Annotated[str, AfterValidator(_checked)]
"""``+82-2-3010-5001``: country code, then groups, joined by hyphens.

A Korean service line is written ``+82-1588-5700``; phonenumbers does not know all of these (1811, for one), so their form alone is checked.
"""


def e164(phone: str) -> str:
    """The number as a device dials it: ``+82230105001``."""
    return phone.replace("-", "")


def korea_only(phone: str) -> bool:
    """Whether this is a 15xx, 16xx or 18xx service line, which may not be reached from abroad."""
    return _SERVICE_LINE.fullmatch(phone) is not None


def from_abroad(phone: str) -> str:
    """As one writes it abroad: ``+82 2 3010 5001``."""
    return phone.replace("-", " ")


def in_korea(phone: str) -> str:
    """As one writes it in Korea: ``02-3010-5001``."""
    if korea_only(phone):
        return phone.removeprefix("+82-")
    import phonenumbers

    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
