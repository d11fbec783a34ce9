"""The price names the level and the quantity is its value; a quantity of zero deletes the level."""

import redis


def update(client: redis.Redis, key: str, changed: dict[int, int]) -> None:
    """Price -> quantity, both scaled integers, of one side; all of them become visible together."""
    present = {str(price): quantity for price, quantity in changed.items() if quantity != 0}
    gone = [str(price) for price, quantity in changed.items() if quantity == 0]
    with client.pipeline(transaction=True) as pipe:
        if present:
            pipe.hset(key, mapping=present)
        if gone:
            pipe.hdel(key, *gone)
        pipe.execute()
