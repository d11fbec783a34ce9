"""Builds a book aside and swaps it in: a reader sees the old one or the new one, never half of it."""

import redis


def replace_book(client: redis.Redis, instrument: str, levels: dict[str, int]) -> None:
    """Both names carry the same hash tag, so that RENAME works in a cluster too."""
    if not levels:
        raise ValueError(f"an empty book of {instrument} replaces nothing; unlink it instead")
    live = f"md:{{{instrument}}}:l2"
    fresh = live + ":next"
    with client.pipeline(transaction=False) as pipe:
        pipe.unlink(fresh)
        pipe.hset(fresh, mapping=levels)
        pipe.execute()
    client.rename(fresh, live)
