// Every value says which update it is and when it happened, so that a reader can refuse what is old.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Nanoseconds since 1970 as an integer; a double loses them.
std::int64_t now_nanos() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

void write(sw::redis::Redis &redis, const std::string &key, std::int64_t price, std::int64_t sequence,
           std::int64_t exchange_nanos) {
    const std::vector<std::pair<std::string, std::string>> fields{{"px", std::to_string(price)},
                                                                  {"seq", std::to_string(sequence)},
                                                                  {"exchTs", std::to_string(exchange_nanos)},
                                                                  {"recvTs", std::to_string(now_nanos())}};
    redis.hset(key, fields.begin(), fields.end());
}

// The price, unless it is too old or was overtaken by one that the caller has seen.
std::optional<std::int64_t> read(sw::redis::Redis &redis, const std::string &key, std::int64_t sequence_seen,
                                 std::chrono::nanoseconds max_age) {
    std::vector<sw::redis::OptionalString> fields;
    redis.hmget(key, {"px", "seq", "recvTs"}, std::back_inserter(fields));
    if (!fields.at(0) || !fields.at(1) || !fields.at(2)) {
        return std::nullopt;
    }
    const bool fresh = std::stoll(*fields[1]) >= sequence_seen && now_nanos() - std::stoll(*fields[2]) <= max_age.count();
    return fresh ? std::optional<std::int64_t>(std::stoll(*fields[0])) : std::nullopt;
}
