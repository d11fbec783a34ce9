// Builds a book aside and swaps it in: a reader sees the old one or the new one, never half of it.
#include <sw/redis++/redis++.h>

#include <map>
#include <stdexcept>
#include <string>

// Both names carry the same hash tag, so that RENAME works in a cluster too.
void replace_book(sw::redis::Redis &redis, const std::string &instrument,
                  const std::map<std::string, std::string> &levels) {
    if (levels.empty()) {
        throw std::invalid_argument("an empty book of " + instrument + " replaces nothing; unlink it instead");
    }
    const std::string live = "md:{" + instrument + "}:l2";
    const std::string next = live + ":next";
    redis.pipeline(false).unlink(next).hset(next, levels.begin(), levels.end()).exec();
    redis.rename(next, live);
}
