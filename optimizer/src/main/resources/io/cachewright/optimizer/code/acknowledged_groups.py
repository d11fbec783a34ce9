"""Each entry is acknowledged once it is done; entries of a consumer that died are taken over."""

from collections.abc import Callable

import redis

ENTRIES_MAX = 100


def join(client: redis.Redis, stream: str, group: str) -> None:
    try:
        client.xgroup_create(stream, group, id="0", mkstream=True)
    except redis.ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):
            raise


def poll(
    client: redis.Redis,
    stream: str,
    group: str,
    consumer: str,
    handle: Callable[[bytes, dict], None],
    abandoned_after_millis: int,
    wait_millis: int,
) -> None:
    """One turn: first what others left behind, then what is new. `handle` must bear to see an entry twice."""
    claimed = client.xautoclaim(
        stream, group, consumer, min_idle_time=abandoned_after_millis, start_id="0-0", count=ENTRIES_MAX
    )
    fresh = client.xreadgroup(group, consumer, {stream: ">"}, count=ENTRIES_MAX, block=wait_millis)
    entries = list(claimed[1])
    for _, read in fresh or []:
        entries += read
    for entry_id, fields in entries:
        handle(entry_id, fields)
        client.xack(stream, group, entry_id)
