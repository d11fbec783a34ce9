// Risk limits without a gap between check and act. Amounts are in minor units, at most 2^53, where Lua is exact. A retry
// of the same order holds once. When the server does not answer, no order goes out.
#include <sw/redis++/redis++.h>

#include <cstdint>
#include <stdexcept>
#include <string>

const char *const RESERVE = R"(
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
)";

const char *const SETTLE = R"(
local order = 'order:' .. ARGV[1]
local held = redis.call('HGET', KEYS[1], order)
if not held then
  return 0
end
redis.call('HINCRBY', KEYS[1], 'reserved', '-' .. held)
redis.call('HINCRBY', KEYS[1], 'used', ARGV[2])
redis.call('HDEL', KEYS[1], order)
return 1
)";

class RiskLimits {
public:
    explicit RiskLimits(sw::redis::Redis &redis) : redis_(redis) {}

    // False when the limit would be exceeded.
    bool reserve(const std::string &account, const std::string &order_id, std::int64_t amount) {
        return run(RESERVE, account, order_id, amount);
    }

    // The order was filled for amount; what it held beyond that is free again.
    bool commit(const std::string &account, const std::string &order_id, std::int64_t amount) {
        return run(SETTLE, account, order_id, amount);
    }

    // The order was rejected or cancelled.
    bool release(const std::string &account, const std::string &order_id) { return run(SETTLE, account, order_id, 0); }

private:
    bool run(const char *script, const std::string &account, const std::string &order_id, std::int64_t amount) {
        if (amount < 0 || amount > (std::int64_t{1} << 53)) {
            throw std::invalid_argument("an amount is 0 to 2^53, was " + std::to_string(amount));
        }
        const std::string key = "lim:{" + account + "}";
        const std::string text = std::to_string(amount);
        return redis_.eval<long long>(script, {key}, {order_id, text}) == 1;
    }

    sw::redis::Redis &redis_;
};
