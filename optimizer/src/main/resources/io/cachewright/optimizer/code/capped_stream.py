"""The tape as a stream with a cap by count on each write and by age now and then."""

import redis


def add_trade(client: redis.Redis, instrument: str, price: int, quantity: int, trades_max: int) -> bytes:
    """Approximate trimming removes whole nodes: cheap, and at most one node too much stays."""
    return client.xadd(
        f"md:{{{instrument}}}:tr", {"p": price, "q": quantity}, maxlen=trades_max, approximate=True
    )


def trim_older_than(client: redis.Redis, instrument: str, age_millis: int, now_millis: int) -> int:
    """Count alone keeps a quiet instrument's trades for days."""
    return client.xtrim(f"md:{{{instrument}}}:tr", minid=str(now_millis - age_millis), approximate=True)


def last_trades(client: redis.Redis, instrument: str, count: int) -> list:
    return client.xrevrange(f"md:{{{instrument}}}:tr", count=count)
