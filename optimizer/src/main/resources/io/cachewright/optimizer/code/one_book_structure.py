"""Price and size of a side live in one hash, price -> quantity (scaled integers): they cannot disagree."""

import redis


def _key(instrument: str, side: str) -> str:
    return f"md:{{{instrument}}}:{side}"


def set_level(client: redis.Redis, instrument: str, side: str, price: int, quantity: int) -> None:
    if quantity == 0:
        client.hdel(_key(instrument, side), str(price))
    else:
        client.hset(_key(instrument, side), str(price), quantity)


def best(client: redis.Redis, instrument: str, side: str, depth: int) -> list[tuple[int, int]]:
    """Best level first. Sorting a few hundred levels here costs less than a second structure there."""
    levels = [(int(price), int(quantity)) for price, quantity in client.hgetall(_key(instrument, side)).items()]
    levels.sort(reverse=side == "bid")
    return levels[:depth]
