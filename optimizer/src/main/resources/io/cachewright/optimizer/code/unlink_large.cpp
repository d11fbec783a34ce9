// Frees large keys in the background: DEL of a million elements holds up every client.
#include <sw/redis++/redis++.h>

#include <iterator>
#include <string>
#include <vector>

constexpr long long KEYS_A_STEP = 500;

bool remove_key(sw::redis::Redis &redis, const std::string &key) { return redis.unlink(key) == 1; }

// All keys of a pattern, in steps; for maintenance, never on a request path.
long long remove_all(sw::redis::Redis &redis, const std::string &pattern) {
    long long removed = 0;
    auto cursor = 0LL;
    do {
        std::vector<std::string> keys;
        cursor = redis.scan(cursor, pattern, KEYS_A_STEP, std::back_inserter(keys));
        if (!keys.empty()) {
            removed += redis.unlink(keys.begin(), keys.end());
        }
    } while (cursor != 0);
    return removed;
}
