// Orders, risk and locks go to a server that never evicts; what can be rebuilt goes to one that may.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

class Stores {
public:
    Stores(const sw::redis::ConnectionOptions &state, const sw::redis::ConnectionOptions &cache)
        : state_(state), cache_(cache) {
        const auto policy = state_.command<std::vector<std::string>>("CONFIG", "GET", "maxmemory-policy");
        if (policy.size() != 2 || policy[1] != "noeviction") {
            throw std::runtime_error("the state server may evict: refusing to start");
        }
    }

    void save_order(const std::string &account, const std::string &order_id, const std::string &order) {
        state_.hset("ord:{" + account + "}", order_id, order);
    }

    void cache_quote(const std::string &instrument, const std::string &quote) {
        cache_.set("md:{" + instrument + "}:quote", quote, std::chrono::seconds(3));
    }

private:
    sw::redis::Redis state_;
    sw::redis::Redis cache_;
};
