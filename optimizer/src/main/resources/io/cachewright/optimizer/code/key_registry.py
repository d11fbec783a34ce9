"""A set knows which instruments there are: nobody asks the keyspace with KEYS or SCAN."""

import redis

INSTRUMENTS = "md:instruments"


def write(client: redis.Redis, instrument: str, quote: bytes, ttl_millis: int) -> None:
    with client.pipeline(transaction=False) as pipe:
        pipe.set(f"md:{{{instrument}}}:quote", quote, px=ttl_millis)
        pipe.sadd(INSTRUMENTS, instrument)
        pipe.execute()


def delist(client: redis.Redis, instrument: str) -> None:
    client.srem(INSTRUMENTS, instrument)
    client.unlink(f"md:{{{instrument}}}:quote")


def instruments(client: redis.Redis) -> list[bytes]:
    """SSCAN of one set, in steps that do not hold up the server."""
    return list(client.sscan_iter(INSTRUMENTS, count=500))
