"""Answers repeated reads from this process; the server says which keys have changed (CLIENT TRACKING, RESP3).
Needs redis-py 5.1 or newer; a lost connection empties the cache."""

import redis
from redis.cache import CacheConfig


def connect(host: str, port: int, keys_max: int = 10_000) -> redis.Redis:
    """Reads through this client are cached; writes through any client invalidate them."""
    client = redis.Redis(
        host=host,
        port=port,
        protocol=3,
        cache_config=CacheConfig(max_size=keys_max),
        socket_timeout=0.25,
        socket_connect_timeout=2,
    )
    client.ping()
    return client


def quote(client: redis.Redis, instrument: str) -> bytes | None:
    """The second call with the same key does not leave the process."""
    return client.get(f"md:{{{instrument}}}:quote")
