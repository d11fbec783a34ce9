"""One pool for the whole life of the program, bounded, with timeouts. Create it once, at start."""

import redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.retry import Retry


def connect(url: str, connections_max: int = 16) -> redis.Redis:
    pool = redis.BlockingConnectionPool.from_url(
        url,
        max_connections=connections_max,
        timeout=0.25,
        socket_connect_timeout=2,
        socket_timeout=0.25,
        health_check_interval=15,
        retry=Retry(ExponentialWithJitterBackoff(base=0.01, cap=0.2), retries=2),
    )
    client = redis.Redis(connection_pool=pool)
    client.ping()
    return client
