// Answers repeated reads from this process. Writers publish the key that they changed in the same transaction; a lost
// message is bounded by the age that a reader accepts.
#include <sw/redis++/redis++.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

const std::string CHANGED = "md:changed";

// For writers.
void write(sw::redis::Redis &redis, const std::string &key, const std::string &value, std::chrono::milliseconds ttl) {
    redis.transaction(true, false).set(key, value, ttl).publish(CHANGED, key).exec();
}

class NearCache {
public:
    using Clock = std::chrono::steady_clock;

    NearCache(sw::redis::Redis &redis, Clock::duration max_age, std::size_t keys_max)
        : redis_(redis), max_age_(max_age), keys_max_(keys_max) {}

    sw::redis::OptionalString get(const std::string &key) {
        std::uint64_t turn = 0;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            const auto found = entries_.find(key);
            if (found != entries_.end() && Clock::now() < found->second.until) {
                return found->second.value;
            }
            turn = turn_;
        }
        const auto until = Clock::now() + max_age_;
        auto value = redis_.get(key);
        std::lock_guard<std::mutex> lock(mutex_);
        // A value read before an invalidation came may be the old one.
        if (value && turn == turn_ && (entries_.size() < keys_max_ || entries_.count(key) == 1)) {
            entries_[key] = Entry{*value, until};
        }
        return value;
    }

    // Drops what changed, on a thread of its own, until stopped or the connection fails; then the cache is empty.
    void follow(const std::atomic<bool> &stopped) {
        try {
            auto subscriber = redis_.subscriber();
            subscriber.on_message([this](std::string, std::string key) {
                std::lock_guard<std::mutex> lock(mutex_);
                ++turn_;
                entries_.erase(key);
            });
            subscriber.subscribe(CHANGED);
            while (!stopped) {
                try {
                    subscriber.consume();
                } catch (const sw::redis::TimeoutError &) {
                    // Nothing changed for a while.
                }
            }
        } catch (const sw::redis::Error &) {
            clear();
            throw;
        }
        clear();
    }

private:
    struct Entry {
        std::string value;
        Clock::time_point until;
    };

    void clear() {
        std::lock_guard<std::mutex> lock(mutex_);
        ++turn_;
        entries_.clear();
    }

    sw::redis::Redis &redis_;
    Clock::duration max_age_;
    std::size_t keys_max_;
    std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;
    std::uint64_t turn_ = 0;
};
