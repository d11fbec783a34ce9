// A set knows which instruments there are: nobody asks the keyspace with KEYS or SCAN.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <iterator>
#include <string>
#include <unordered_set>

const std::string INSTRUMENTS = "md:instruments";

void write(sw::redis::Redis &redis, const std::string &instrument, const std::string &quote,
           std::chrono::milliseconds ttl) {
    redis.pipeline(false).set("md:{" + instrument + "}:quote", quote, ttl).sadd(INSTRUMENTS, instrument).exec();
}

void delist(sw::redis::Redis &redis, const std::string &instrument) {
    redis.srem(INSTRUMENTS, instrument);
    redis.unlink("md:{" + instrument + "}:quote");
}

// SSCAN of one set, in steps that do not hold up the server.
std::unordered_set<std::string> instruments(sw::redis::Redis &redis) {
    std::unordered_set<std::string> found;
    auto cursor = 0LL;
    do {
        cursor = redis.sscan(INSTRUMENTS, cursor, "*", 500, std::inserter(found, found.begin()));
    } while (cursor != 0);
    return found;
}
