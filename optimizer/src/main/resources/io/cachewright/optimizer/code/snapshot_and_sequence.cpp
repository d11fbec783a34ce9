// Publishes small deltas with their sequence; whoever missed one loads the snapshot. Pub/Sub may drop a message, the
// sequence makes that visible.
#include <sw/redis++/redis++.h>

#include <cstddef>
#include <cstdint>
#include <string>

// What a subscriber does with the book.
struct Book {
    virtual ~Book() = default;
    virtual std::int64_t sequence() const = 0;
    virtual void load(const std::string &snapshot) = 0;
    virtual void apply(std::int64_t sequence, const std::string &delta) = 0;
};

// The snapshot (which starts with its sequence) and the delta leave together.
void publish(sw::redis::Redis &redis, const std::string &instrument, std::int64_t sequence, const std::string &delta,
             const std::string &snapshot) {
    redis.transaction(true, false)
        .set("md:{" + instrument + "}:snap", snapshot)
        .publish("md:{" + instrument + "}:delta", std::to_string(sequence) + " " + delta)
        .exec();
}

// Subscribes first and loads then, so that nothing falls in between. Ends by an exception when the connection fails;
// the caller starts it again.
void follow(sw::redis::Redis &redis, const std::string &instrument, Book &book) {
    const auto load = [&] {
        if (const auto snapshot = redis.get("md:{" + instrument + "}:snap")) {
            book.load(*snapshot);
        }
    };
    auto subscriber = redis.subscriber();
    subscriber.on_meta([&](sw::redis::Subscriber::MsgType type, sw::redis::OptionalString, long long) {
        if (type == sw::redis::Subscriber::MsgType::SUBSCRIBE) {
            load();
        }
    });
    subscriber.on_message([&](std::string, std::string message) {
        const std::size_t blank = message.find(' ');
        const std::int64_t sequence = std::stoll(message.substr(0, blank));
        if (sequence == book.sequence() + 1) {
            book.apply(sequence, message.substr(blank + 1));
        } else if (sequence > book.sequence()) {
            load();
        }
    });
    subscriber.subscribe("md:{" + instrument + "}:delta");
    for (;;) {
        try {
            subscriber.consume();
        } catch (const sw::redis::TimeoutError &) {
            // Nothing was said for a while.
        }
    }
}
