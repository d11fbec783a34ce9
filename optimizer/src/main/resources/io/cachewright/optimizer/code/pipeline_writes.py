"""Keeps the latest value of each key and sends all of them together, every few milliseconds."""

import threading

import redis


class ConflatingWriter:
    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._latest: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def on_tick(self, key: str, value: bytes) -> None:
        """A tick that is overtaken before the next flush is never sent."""
        with self._lock:
            self._latest[key] = value

    def flush(self) -> int:
        """Called by a timer, every 1 to 10 ms. What could not be written is offered again, unless a newer value
        came."""
        with self._lock:
            batch, self._latest = self._latest, {}
        if not batch:
            return 0
        try:
            with self._client.pipeline(transaction=False) as pipe:
                for key, value in batch.items():
                    pipe.set(key, value)
                pipe.execute()
        except redis.RedisError:
            with self._lock:
                self._latest = batch | self._latest
            raise
        return len(batch)
