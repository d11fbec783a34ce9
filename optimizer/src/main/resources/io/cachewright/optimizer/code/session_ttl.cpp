// Reference data lives until the next session of its venue has opened, over nights, weekends and holidays.
#include <sw/redis++/redis++.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using Time = std::chrono::system_clock::time_point;

// opens are the coming openings of the venue, in order, as its calendar gives them (in UTC, daylight saving included).
Time next_open(const std::vector<Time> &opens, Time now) {
    const auto next = std::upper_bound(opens.begin(), opens.end(), now);
    if (next == opens.end()) {
        throw std::out_of_range("the calendar knows no further opening");
    }
    return *next;
}

// The grace lets the loader of the new session finish before the old value goes.
void put_until(sw::redis::Redis &redis, const std::string &key, const std::string &value, Time open,
               std::chrono::milliseconds grace) {
    const auto until = std::chrono::duration_cast<std::chrono::milliseconds>(open.time_since_epoch()) + grace;
    redis.command<void>("SET", key, value, "PXAT", std::to_string(until.count()));
}
