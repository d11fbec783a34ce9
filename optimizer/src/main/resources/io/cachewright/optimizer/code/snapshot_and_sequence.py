"""Publishes small deltas with their sequence; whoever missed one loads the snapshot. Pub/Sub may drop a message,
the sequence makes that visible."""

from typing import Protocol

import redis


class Book(Protocol):
    sequence: int

    def load(self, snapshot: bytes) -> None: ...

    def apply(self, sequence: int, delta: bytes) -> None: ...


def publish(client: redis.Redis, instrument: str, sequence: int, delta: bytes, snapshot: bytes) -> None:
    """The snapshot (which starts with its sequence) and the delta leave together."""
    with client.pipeline(transaction=True) as pipe:
        pipe.set(f"md:{{{instrument}}}:snap", snapshot)
        pipe.publish(f"md:{{{instrument}}}:delta", b"%d " % sequence + delta)
        pipe.execute()


def follow(client: redis.Redis, instrument: str, book: Book) -> None:
    """Subscribes first and loads then, so that nothing falls in between. Runs until the connection fails; the
    caller starts it again. The client must not decode responses."""
    with client.pubsub() as subscriber:
        subscriber.subscribe(f"md:{{{instrument}}}:delta")
        for message in subscriber.listen():
            if message["type"] == "subscribe":
                _load(client, instrument, book)
            elif message["type"] == "message":
                number, _, delta = message["data"].partition(b" ")
                sequence = int(number)
                if sequence == book.sequence + 1:
                    book.apply(sequence, delta)
                elif sequence > book.sequence:
                    _load(client, instrument, book)


def _load(client: redis.Redis, instrument: str, book: Book) -> None:
    snapshot = client.get(f"md:{{{instrument}}}:snap")
    if snapshot is not None:
        book.load(snapshot)
