// Price and size of a side live in one hash, price to quantity (scaled integers): they cannot disagree.
#include <sw/redis++/redis++.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <unordered_map>
#include <vector>

struct Level {
    std::int64_t price;
    std::int64_t quantity;
};

std::string side_key(const std::string &instrument, const std::string &side) {
    return "md:{" + instrument + "}:" + side;
}

void set_level(sw::redis::Redis &redis, const std::string &instrument, const std::string &side, Level level) {
    const auto price = std::to_string(level.price);
    if (level.quantity == 0) {
        redis.hdel(side_key(instrument, side), price);
    } else {
        redis.hset(side_key(instrument, side), price, std::to_string(level.quantity));
    }
}

// Best level first. Sorting a few hundred levels here costs less than a second structure there.
std::vector<Level> best(sw::redis::Redis &redis, const std::string &instrument, const std::string &side,
                        std::size_t depth) {
    std::unordered_map<std::string, std::string> stored;
    redis.hgetall(side_key(instrument, side), std::inserter(stored, stored.begin()));
    std::vector<Level> levels;
    for (const auto &[price, quantity] : stored) {
        levels.push_back({std::stoll(price), std::stoll(quantity)});
    }
    const bool bids = side == "bid";
    std::sort(levels.begin(), levels.end(),
              [bids](const Level &a, const Level &b) { return bids ? a.price > b.price : a.price < b.price; });
    if (levels.size() > depth) {
        levels.resize(depth);
    }
    return levels;
}
