// The price names the level and the quantity is its value; a quantity of zero deletes the level.
#include <sw/redis++/redis++.h>

#include <cstdint>
#include <map>
#include <string>

// Price to quantity, both scaled integers, of one side; all of them become visible together.
void update(sw::redis::Redis &redis, const std::string &key, const std::map<std::int64_t, std::int64_t> &changed) {
    if (changed.empty()) {
        return;
    }
    auto transaction = redis.transaction(true, false);
    for (const auto &[price, quantity] : changed) {
        if (quantity == 0) {
            transaction.hdel(key, std::to_string(price));
        } else {
            transaction.hset(key, std::to_string(price), std::to_string(quantity));
        }
    }
    transaction.exec();
}
