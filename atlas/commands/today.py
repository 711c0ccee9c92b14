"""The day that commands look from. Only commands ask the clock: what is built does not."""

from __future__ import annotations

import datetime as dt

_KOREA = dt.timezone(dt.timedelta(hours=9))


def today_in_korea() -> str:
    """The date in Korea, ``YYYY-MM-DD``."""
    return dt.datetime.now(_KOREA).date().isoformat()
