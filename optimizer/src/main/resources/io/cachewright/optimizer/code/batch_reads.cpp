// A watch-list in one round trip instead of one a symbol.
#include <sw/redis++/redis++.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <vector>

// Bounds one reply: a thousand quotes of 200 bytes are 200 KB.
constexpr std::size_t KEYS_A_CALL_MAX = 1000;

// Symbols without a quote are left out. In a cluster read through one pipeline a slot.
std::map<std::string, std::string> quotes(sw::redis::Redis &redis, const std::vector<std::string> &symbols) {
    std::map<std::string, std::string> found;
    for (std::size_t from = 0; from < symbols.size(); from += KEYS_A_CALL_MAX) {
        const std::size_t to = std::min(symbols.size(), from + KEYS_A_CALL_MAX);
        std::vector<std::string> keys;
        for (std::size_t i = from; i < to; ++i) {
            keys.push_back("md:{" + symbols[i] + "}:quote");
        }
        std::vector<sw::redis::OptionalString> values;
        redis.mget(keys.begin(), keys.end(), std::back_inserter(values));
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i]) {
                found.emplace(symbols[from + i], *values[i]);
            }
        }
    }
    return found;
}
