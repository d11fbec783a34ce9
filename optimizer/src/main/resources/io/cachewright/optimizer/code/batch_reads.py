"""A watch-list in one round trip instead of one a symbol."""

import redis

KEYS_A_CALL_MAX = 1_000  # bounds one reply: a thousand quotes of 200 bytes are 200 KB


def quotes(client: redis.Redis, symbols: list[str]) -> dict[str, bytes]:
    """Symbols without a quote are left out. In a cluster use RedisCluster.mget_nonatomic."""
    found = {}
    for start in range(0, len(symbols), KEYS_A_CALL_MAX):
        batch = symbols[start : start + KEYS_A_CALL_MAX]
        values = client.mget([f"md:{{{symbol}}}:quote" for symbol in batch])
        found.update((symbol, value) for symbol, value in zip(batch, values) if value is not None)
    return found
