"""A deep book split by bands of price: a reader near the top fetches one small key, a delete frees little at once."""

import redis


class BandedBook:
    def __init__(self, client: redis.Redis, ticks_a_band: int) -> None:
        if ticks_a_band < 1:
            raise ValueError(f"a band has at least one tick, was {ticks_a_band}")
        self._client = client
        self._ticks = ticks_a_band

    def set(self, instrument: str, side: str, price_ticks: int, quantity: int) -> None:
        key = self._key(instrument, side, price_ticks // self._ticks)
        if quantity == 0:
            self._client.hdel(key, str(price_ticks))
        else:
            self._client.hset(key, str(price_ticks), quantity)

    def between(self, instrument: str, side: str, from_ticks: int, to_ticks: int) -> dict[int, int]:
        """The levels of the bands from `from_ticks` to `to_ticks`, by price, in one round trip."""
        with self._client.pipeline(transaction=False) as pipe:
            for band in range(from_ticks // self._ticks, to_ticks // self._ticks + 1):
                pipe.hgetall(self._key(instrument, side, band))
            bands = pipe.execute()
        levels = {int(price): int(quantity) for band in bands for price, quantity in band.items()}
        return {price: levels[price] for price in sorted(levels) if from_ticks <= price <= to_ticks}

    @staticmethod
    def _key(instrument: str, side: str, band: int) -> str:
        return f"md:{{{instrument}}}:{side}:{band}"
