"""Reference data lives until the next session of its venue has opened, over nights, weekends and holidays."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import redis


def next_open(now: datetime, zone: ZoneInfo, opens: time, is_trading_day: Callable[[date], bool]) -> datetime:
    """`now` is aware of its zone; the calendar is the venue's."""
    day = now.astimezone(zone).date()
    for _ in range(30):
        candidate = datetime.combine(day, opens, tzinfo=zone)
        if candidate > now and is_trading_day(day):
            return candidate
        day += timedelta(days=1)
    raise ValueError(f"the calendar knows no trading day within 30 days of {now}")


def put(client: redis.Redis, key: str, value: bytes, opens_at: datetime, grace: timedelta) -> None:
    """The grace lets the loader of the new session finish before the old value goes."""
    client.set(key, value, pxat=opens_at + grace)
