"""Orders, risk and locks go to a server that never evicts; what can be rebuilt goes to one that may."""

import redis


class Stores:
    def __init__(self, state_url: str, cache_url: str) -> None:
        self.state = redis.Redis.from_url(state_url)
        self.cache = redis.Redis.from_url(cache_url)
        policy = self.state.config_get("maxmemory-policy")["maxmemory-policy"]
        if policy != "noeviction":
            self.close()
            raise RuntimeError(f"the state server may evict ({policy}): refusing to start")

    def save_order(self, account: str, order_id: str, order: bytes) -> None:
        self.state.hset(f"ord:{{{account}}}", order_id, order)

    def cache_quote(self, instrument: str, quote: bytes) -> None:
        self.cache.set(f"md:{{{instrument}}}:quote", quote, px=3_000)

    def close(self) -> None:
        self.state.close()
        self.cache.close()
