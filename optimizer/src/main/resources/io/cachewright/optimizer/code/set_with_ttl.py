"""Value and lifetime in one command: no crash in between leaves a key that never expires."""

from datetime import timedelta

import redis


def put(client: redis.Redis, key: str, value: bytes, ttl: timedelta) -> None:
    client.set(key, value, px=ttl)


def replace_keeping_ttl(client: redis.Redis, key: str, value: bytes) -> None:
    """A plain SET would drop the lifetime."""
    client.set(key, value, keepttl=True)


def put_if_absent(client: redis.Redis, key: str, value: bytes, ttl: timedelta) -> bool:
    """True for the one caller that came first, for example with an order's idempotency key."""
    return client.set(key, value, px=ttl, nx=True) is True
