"""Money and quantities are integers, scaled by the instrument: HINCRBY is exact, HINCRBYFLOAT is not."""

from decimal import Decimal

import redis


def scaled(decimal: str, decimals: int) -> int:
    """'12.34' with two decimals is 1234; '12.345' is refused: nothing is rounded in silence."""
    shifted = Decimal(decimal).scaleb(decimals)
    whole = int(shifted)
    if whole != shifted or not -(2**63) <= whole < 2**63:
        raise ValueError(f"{decimal} is no 64-bit number of {decimals} decimals")
    return whole


def add_fill(client: redis.Redis, account: str, symbol: str, quantity: str, decimals: int) -> Decimal:
    """The position after the fill."""
    after = client.hincrby(f"pos:{{{account}}}", symbol, scaled(quantity, decimals))
    return Decimal(after).scaleb(-decimals)
