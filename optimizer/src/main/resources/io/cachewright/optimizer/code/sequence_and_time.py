"""Every value says which update it is and when it happened, so that a reader can refuse what is old."""

import time

import redis


def write(client: redis.Redis, key: str, price: int, sequence: int, exchange_nanos: int) -> None:
    """Times are nanoseconds since 1970 as integers; a float loses them."""
    client.hset(
        key, mapping={"px": price, "seq": sequence, "exchTs": exchange_nanos, "recvTs": time.time_ns()}
    )


def read(client: redis.Redis, key: str, sequence_seen: int, max_age_nanos: int) -> int | None:
    """The price, unless it is too old or was overtaken by one that the caller has seen."""
    price, sequence, received = client.hmget(key, "px", "seq", "recvTs")
    if price is None or sequence is None or received is None:
        return None
    if int(sequence) < sequence_seen or time.time_ns() - int(received) > max_age_nanos:
        return None
    return int(price)
