"""Best bid and offer in a key of their own: 150 bytes for those who need no depth."""

from typing import NamedTuple

import redis

LEASE_MILLIS = 3_000  # three heartbeats of the feed: a top without a feed behind it disappears


class Top(NamedTuple):
    bid_price: int
    bid_quantity: int
    ask_price: int
    ask_quantity: int
    sequence: int


FIELDS = ("bidPx", "bidQty", "askPx", "askQty", "seq")


def write_top(client: redis.Redis, instrument: str, top: Top) -> None:
    """Only when the top changed: deeper levels do not touch it."""
    key = f"md:{{{instrument}}}:l1"
    with client.pipeline(transaction=True) as pipe:
        pipe.hset(key, mapping=dict(zip(FIELDS, top)))
        pipe.pexpire(key, LEASE_MILLIS)
        pipe.execute()


def read_top(client: redis.Redis, instrument: str) -> Top | None:
    values = client.hmget(f"md:{{{instrument}}}:l1", FIELDS)
    if any(value is None for value in values):
        return None
    return Top(*(int(value) for value in values))
