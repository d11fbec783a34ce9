"""Keys that are written together do not expire together."""

import random

import redis


def spread_millis(ttl_millis: int, share: float) -> int:
    """`share` says how far lifetimes are spread: 0.1 is +- 10 %."""
    if not 0 <= share < 1:
        raise ValueError(f"share is 0 to below 1, was {share}")
    return max(1, round(ttl_millis * random.uniform(1 - share, 1 + share)))


def put(client: redis.Redis, key: str, value: bytes, ttl_millis: int, share: float = 0.1) -> None:
    client.set(key, value, px=spread_millis(ttl_millis, share))
