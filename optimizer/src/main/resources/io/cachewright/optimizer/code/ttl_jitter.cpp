// Keys that are written together do not expire together.
#include <sw/redis++/redis++.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <stdexcept>
#include <string>

class SpreadLifetimes {
public:
    // share says how far lifetimes are spread: 0.1 is plus or minus 10 %.
    SpreadLifetimes(sw::redis::Redis &redis, double share) : redis_(redis), factor_(1 - share, 1 + share) {
        if (share < 0 || share >= 1) {
            throw std::invalid_argument("share is 0 to below 1, was " + std::to_string(share));
        }
    }

    std::chrono::milliseconds spread(std::chrono::milliseconds ttl) {
        const auto millis = static_cast<long long>(static_cast<double>(ttl.count()) * factor_(random_));
        return std::chrono::milliseconds(std::max(1LL, millis));
    }

    void put(const std::string &key, const std::string &value, std::chrono::milliseconds ttl) {
        redis_.set(key, value, spread(ttl));
    }

private:
    sw::redis::Redis &redis_;
    std::mt19937_64 random_{std::random_device{}()};
    std::uniform_real_distribution<double> factor_;
};
