"""A session is stored under a keyed hash of its token: key names show up in SLOWLOG, MONITOR, backups and tools."""

import hashlib
import hmac

import redis


class Sessions:
    def __init__(self, client: redis.Redis, pepper: bytes) -> None:
        """`pepper` is 32 random bytes from the secret store, never from Redis."""
        if len(pepper) < 32:
            raise ValueError("the pepper has at least 32 bytes")
        self._client = client
        self._pepper = pepper

    def open(self, token: str, session: bytes, ttl_millis: int) -> None:
        self._client.set(self._key(token), session, px=ttl_millis)

    def find(self, token: str) -> bytes | None:
        return self._client.get(self._key(token))

    def _key(self, token: str) -> str:
        return "session:" + hmac.new(self._pepper, token.encode(), hashlib.sha256).hexdigest()
