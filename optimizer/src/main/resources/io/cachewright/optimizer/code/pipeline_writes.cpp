// Keeps the latest value of each key and sends all of them together, every few milliseconds.
#include <sw/redis++/redis++.h>

#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

class ConflatingWriter {
public:
    explicit ConflatingWriter(sw::redis::Redis &redis) : redis_(redis) {}

    // A tick that is overtaken before the next flush is never sent.
    void on_tick(const std::string &key, std::string value) {
        std::lock_guard<std::mutex> lock(mutex_);
        latest_[key] = std::move(value);
    }

    // Called by a timer, every 1 to 10 ms. What could not be written is offered again, unless a newer value came.
    void flush() {
        std::unordered_map<std::string, std::string> batch;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            batch.swap(latest_);
        }
        if (batch.empty()) {
            return;
        }
        try {
            auto pipeline = redis_.pipeline(false);
            for (const auto &[key, value] : batch) {
                pipeline.set(key, value);
            }
            pipeline.exec();
        } catch (const sw::redis::Error &) {
            std::lock_guard<std::mutex> lock(mutex_);
            latest_.merge(batch);
            throw;
        }
    }

private:
    sw::redis::Redis &redis_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::string> latest_;
};
