// Value and lifetime in one command: no crash in between leaves a key that never expires.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <string>

void put(sw::redis::Redis &redis, const std::string &key, const std::string &value, std::chrono::milliseconds ttl) {
    redis.set(key, value, ttl);
}

// A plain SET would drop the lifetime.
void replace_keeping_ttl(sw::redis::Redis &redis, const std::string &key, const std::string &value) {
    constexpr bool keep_ttl = true;
    redis.set(key, value, keep_ttl);
}

// True for the one caller that came first, for example with an order's idempotency key.
bool put_if_absent(sw::redis::Redis &redis, const std::string &key, const std::string &value,
                   std::chrono::milliseconds ttl) {
    return redis.set(key, value, ttl, sw::redis::UpdateType::NOT_EXIST);
}
