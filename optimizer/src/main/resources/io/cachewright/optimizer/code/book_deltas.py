"""A book is one hash: b<price> and a<price> to quantity, both scaled integers, and seq. A batch of changed
levels is applied at once, or not at all when one before it is missing."""

import redis

APPLY = """
local at = redis.call('HGET', KEYS[1], 'seq')
if at and at ~= ARGV[1] then
  return redis.error_reply('GAP the book is at ' .. at)
end
for i = 3, #ARGV, 2 do
  if ARGV[i + 1] == '0' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[1], 'seq', ARGV[2])
return redis.status_reply('OK')
"""


class BookDeltas:
    def __init__(self, client: redis.Redis) -> None:
        self._apply = client.register_script(APPLY)

    def apply(self, instrument: str, previous: int, sequence: int, levels: dict[str, int]) -> bool:
        """Applies levels ({"b6168650": quantity}, 0 removes); False when the stored book is not at `previous`
        and has to be loaded from a snapshot."""
        arguments: list[str | int] = [previous, sequence]
        for level, quantity in levels.items():
            arguments += [level, quantity]
        try:
            self._apply(keys=[f"md:{{{instrument}}}:l2"], args=arguments)
            return True
        except redis.ResponseError as error:
            if str(error).startswith("GAP"):
                return False
            raise
