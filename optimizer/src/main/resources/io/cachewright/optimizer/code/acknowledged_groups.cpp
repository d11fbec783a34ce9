// Each entry is acknowledged once it is done; entries of a consumer that died are taken over.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <functional>
#include <iterator>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

using Entry = std::pair<std::string, std::unordered_map<std::string, std::string>>;
using Claimed = std::tuple<std::string, std::vector<Entry>, std::vector<std::string>>;

constexpr long long ENTRIES_MAX = 100;

void join(sw::redis::Redis &redis, const std::string &stream, const std::string &group) {
    try {
        redis.xgroup_create(stream, group, "0", true);
    } catch (const sw::redis::ReplyError &error) {
        if (std::string(error.what()).rfind("BUSYGROUP", 0) != 0) {
            throw;
        }
    }
}

// One turn: first what others left behind (Redis 7.0 or newer), then what is new. handle must bear to see an entry
// twice. wait must be shorter than the socket timeout of the connection.
void poll(sw::redis::Redis &redis, const std::string &stream, const std::string &group, const std::string &consumer,
          std::chrono::milliseconds abandoned_after, std::chrono::milliseconds wait,
          const std::function<void(const Entry &)> &handle) {
    auto entries = std::get<1>(redis.command<Claimed>("XAUTOCLAIM", stream, group, consumer,
                                                      std::to_string(abandoned_after.count()), "0-0", "COUNT",
                                                      std::to_string(ENTRIES_MAX)));
    std::unordered_map<std::string, std::vector<Entry>> fresh;
    redis.xreadgroup(group, consumer, stream, ">", wait, ENTRIES_MAX, std::inserter(fresh, fresh.end()));
    for (auto &[name, read] : fresh) {
        entries.insert(entries.end(), read.begin(), read.end());
    }
    for (const auto &entry : entries) {
        handle(entry);
        redis.xack(stream, group, entry.first);
    }
}
