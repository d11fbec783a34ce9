"""Orders of one side by price, then by arrival: the score is the price in ticks, which a double holds exactly,
and the time is in the member, where equal scores are sorted by bytes."""

import redis

EXACT_MAX = 2**53  # above this, neighbouring integers share a double


def add(client: redis.Redis, key: str, price_ticks: int, sequence: int, order_id: str) -> None:
    if abs(price_ticks) > EXACT_MAX:
        raise ValueError(f"a score is exact up to 2^53, was {price_ticks}")
    client.zadd(key, {f"{sequence:019d}:{order_id}": price_ticks})


def first(client: redis.Redis, key: str, count: int) -> list[str]:
    """Cheapest and oldest first. For bids store the negative price, so that the oldest still comes first."""
    members = client.zrange(key, 0, count - 1)
    texts = (member.decode() if isinstance(member, bytes) else member for member in members)
    return [text.split(":", 1)[1] for text in texts]
