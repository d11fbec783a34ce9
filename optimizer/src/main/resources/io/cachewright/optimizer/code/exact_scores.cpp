// Orders of one side by price, then by arrival: the score is the price in ticks, which a double holds exactly, and the
// time is in the member, where equal scores are sorted by bytes.
#include <sw/redis++/redis++.h>

#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

// Above this, neighbouring integers share a double.
constexpr std::int64_t EXACT_MAX = std::int64_t{1} << 53;

void add(sw::redis::Redis &redis, const std::string &key, std::int64_t price_ticks, std::uint64_t sequence,
         const std::string &order_id) {
    if (price_ticks > EXACT_MAX || price_ticks < -EXACT_MAX) {
        throw std::invalid_argument("a score is exact up to 2^53, was " + std::to_string(price_ticks));
    }
    std::string arrival = std::to_string(sequence);
    arrival.insert(0, 20 - arrival.size(), '0');
    redis.zadd(key, arrival + ":" + order_id, static_cast<double>(price_ticks));
}

// Cheapest and oldest first. For bids store the negative price, so that the oldest still comes first.
std::vector<std::string> first(sw::redis::Redis &redis, const std::string &key, long long count) {
    std::vector<std::string> members;
    redis.zrange(key, 0, count - 1, std::back_inserter(members));
    for (auto &member : members) {
        member.erase(0, member.find(':') + 1);
    }
    return members;
}
