"""Risk limits without a gap between check and act. Amounts are in minor units, at most 2^53, where Lua is exact.
A retry of the same order holds once. When the server does not answer, no order goes out."""

import redis

RESERVE = """
local order = 'order:' .. ARGV[1]
if redis.call('HEXISTS', KEYS[1], order) == 1 then
  return 1
end
local v = redis.call('HMGET', KEYS[1], 'limit', 'used', 'reserved')
if not v[1] then
  return redis.error_reply('NOLIMIT no limit is set')
end
local taken = tonumber(v[2] or '0') + tonumber(v[3] or '0')
if taken + tonumber(ARGV[2]) > tonumber(v[1]) then
  return 0
end
redis.call('HINCRBY', KEYS[1], 'reserved', ARGV[2])
redis.call('HSET', KEYS[1], order, ARGV[2])
return 1
"""

SETTLE = """
local order = 'order:' .. ARGV[1]
local held = redis.call('HGET', KEYS[1], order)
if not held then
  return 0
end
redis.call('HINCRBY', KEYS[1], 'reserved', '-' .. held)
redis.call('HINCRBY', KEYS[1], 'used', ARGV[2])
redis.call('HDEL', KEYS[1], order)
return 1
"""


class RiskLimits:
    def __init__(self, client: redis.Redis) -> None:
        self._reserve = client.register_script(RESERVE)
        self._settle = client.register_script(SETTLE)

    def reserve(self, account: str, order_id: str, amount: int) -> bool:
        """False when the limit would be exceeded."""
        return self._run(self._reserve, account, order_id, amount)

    def commit(self, account: str, order_id: str, amount: int) -> bool:
        """The order was filled for `amount`; what it held beyond that is free again."""
        return self._run(self._settle, account, order_id, amount)

    def release(self, account: str, order_id: str) -> bool:
        """The order was rejected or cancelled."""
        return self._run(self._settle, account, order_id, 0)

    @staticmethod
    def _run(script, account: str, order_id: str, amount: int) -> bool:
        if not 0 <= amount <= 2**53:
            raise ValueError(f"an amount is 0 to 2^53, was {amount}")
        return script(keys=[f"lim:{{{account}}}"], args=[order_id, amount]) == 1
