"""Keeps the depth that was subscribed: levels that left it are never updated again and would stay for ever."""

import redis


def trim(client: redis.Redis, key: str, bids: bool, depth: int) -> int:
    """Removes what lies deeper than `depth` in a side (price -> quantity); call it after each batch."""
    prices = sorted((int(price) for price in client.hkeys(key)), reverse=bids)
    too_deep = [str(price) for price in prices[depth:]]
    return client.hdel(key, *too_deep) if too_deep else 0
