// Keeps the depth that was subscribed: levels that left it are never updated again and would stay for ever.
#include <sw/redis++/redis++.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

// Removes what lies deeper than depth in a side (price to quantity); call it after each batch.
long long trim(sw::redis::Redis &redis, const std::string &key, bool bids, std::size_t depth) {
    std::vector<std::string> prices;
    redis.hkeys(key, std::back_inserter(prices));
    if (prices.size() <= depth) {
        return 0;
    }
    std::sort(prices.begin(), prices.end(), [bids](const std::string &a, const std::string &b) {
        const std::int64_t left = std::stoll(a);
        const std::int64_t right = std::stoll(b);
        return bids ? left > right : left < right;
    });
    return redis.hdel(key, prices.begin() + static_cast<std::ptrdiff_t>(depth), prices.end());
}
