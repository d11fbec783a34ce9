"""Frees large keys in the background: DEL of a million elements holds up every client."""

import redis

KEYS_A_STEP = 500


def remove(client: redis.Redis, key: str) -> bool:
    return client.unlink(key) == 1


def remove_all(client: redis.Redis, pattern: str) -> int:
    """All keys of a pattern, in steps; for maintenance, never on a request path."""
    removed = 0
    batch: list[bytes] = []
    for key in client.scan_iter(match=pattern, count=KEYS_A_STEP):
        batch.append(key)
        if len(batch) == KEYS_A_STEP:
            removed += client.unlink(*batch)
            batch.clear()
    if batch:
        removed += client.unlink(*batch)
    return removed
