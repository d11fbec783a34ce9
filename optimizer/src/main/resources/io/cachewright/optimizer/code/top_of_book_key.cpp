// Best bid and offer in a key of their own: 150 bytes for those who need no depth.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Top {
    std::int64_t bid_price, bid_quantity, ask_price, ask_quantity, sequence;
};

// Three heartbeats of the feed: a top without a feed behind it disappears.
constexpr std::chrono::milliseconds LEASE{3000};

// Only when the top changed: deeper levels do not touch it.
void write_top(sw::redis::Redis &redis, const std::string &instrument, const Top &top) {
    const std::string key = "md:{" + instrument + "}:l1";
    const std::vector<std::pair<std::string, std::string>> fields{
        {"bidPx", std::to_string(top.bid_price)}, {"bidQty", std::to_string(top.bid_quantity)},
        {"askPx", std::to_string(top.ask_price)}, {"askQty", std::to_string(top.ask_quantity)},
        {"seq", std::to_string(top.sequence)}};
    redis.transaction(true, false).hset(key, fields.begin(), fields.end()).pexpire(key, LEASE).exec();
}

std::optional<Top> read_top(sw::redis::Redis &redis, const std::string &instrument) {
    std::vector<sw::redis::OptionalString> fields;
    redis.hmget("md:{" + instrument + "}:l1", {"bidPx", "bidQty", "askPx", "askQty", "seq"},
                std::back_inserter(fields));
    std::vector<std::int64_t> values;
    for (const auto &field : fields) {
        if (!field) {
            return std::nullopt;
        }
        values.push_back(std::stoll(*field));
    }
    return Top{values.at(0), values.at(1), values.at(2), values.at(3), values.at(4)};
}
