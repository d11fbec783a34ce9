// The tape as a stream with a cap by count on each write and by age now and then.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <cstdint>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

using Trade = std::pair<std::string, std::unordered_map<std::string, std::string>>;

std::string tape(const std::string &instrument) { return "md:{" + instrument + "}:tr"; }

// Approximate trimming removes whole nodes: cheap, and at most one node too much stays.
std::string add_trade(sw::redis::Redis &redis, const std::string &instrument, std::int64_t price, std::int64_t quantity,
                      long long trades_max) {
    const std::vector<std::pair<std::string, std::string>> fields{{"p", std::to_string(price)},
                                                                  {"q", std::to_string(quantity)}};
    return redis.xadd(tape(instrument), "*", fields.begin(), fields.end(), trades_max, true);
}

// Count alone keeps a quiet instrument's trades for days.
long long trim_older_than(sw::redis::Redis &redis, const std::string &instrument, std::chrono::milliseconds age) {
    const auto oldest = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch() - age);
    return redis.command<long long>("XTRIM", tape(instrument), "MINID", "~", std::to_string(oldest.count()));
}

std::vector<Trade> last_trades(sw::redis::Redis &redis, const std::string &instrument, long long count) {
    std::vector<Trade> trades;
    redis.xrevrange(tape(instrument), "+", "-", count, std::back_inserter(trades));
    return trades;
}
