"""A layout with a version instead of pickle: any language reads it, and reading it runs no code."""

import struct
from typing import NamedTuple

import redis

VERSION = 1
LAYOUT = struct.Struct(">Bqqqq")


class Quote(NamedTuple):
    bid_price: int
    ask_price: int
    sequence: int
    exchange_nanos: int


def write(client: redis.Redis, key: str, quote: Quote) -> None:
    client.set(key, LAYOUT.pack(VERSION, *quote))


def read(client: redis.Redis, key: str) -> Quote | None:
    """Fields that a later version appends are left unread. The client must not decode responses."""
    stored = client.get(key)
    if stored is None:
        return None
    if len(stored) < LAYOUT.size or stored[0] < VERSION:
        raise ValueError(f"{key} holds no quote of version {VERSION} or later")
    return Quote(*LAYOUT.unpack_from(stored)[1:])
