// A layout with a version instead of a copied struct: any language and any compiler reads it.
#include <sw/redis++/redis++.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

struct Quote {
    std::int64_t bid_price, ask_price, sequence, exchange_nanos;
};

constexpr unsigned char VERSION = 1;
constexpr std::size_t BYTES = 1 + 4 * 8;

void write(sw::redis::Redis &redis, const std::string &key, const Quote &quote) {
    std::string bytes(1, static_cast<char>(VERSION));
    for (const std::int64_t field : {quote.bid_price, quote.ask_price, quote.sequence, quote.exchange_nanos}) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes += static_cast<char>((static_cast<std::uint64_t>(field) >> shift) & 0xff);
        }
    }
    redis.set(key, bytes);
}

// Fields that a later version appends are left unread.
std::optional<Quote> read(sw::redis::Redis &redis, const std::string &key) {
    const auto bytes = redis.get(key);
    if (!bytes) {
        return std::nullopt;
    }
    if (bytes->size() < BYTES || static_cast<unsigned char>((*bytes)[0]) < VERSION) {
        throw std::runtime_error(key + " holds no quote of this version or later");
    }
    std::array<std::int64_t, 4> fields{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::uint64_t value = 0;
        for (std::size_t at = 0; at < 8; ++at) {
            value = value << 8 | static_cast<unsigned char>((*bytes)[1 + 8 * i + at]);
        }
        fields[i] = static_cast<std::int64_t>(value);
    }
    return Quote{fields[0], fields[1], fields[2], fields[3]};
}
