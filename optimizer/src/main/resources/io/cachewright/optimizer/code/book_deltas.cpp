// A book is one hash: b<price> and a<price> to quantity, both scaled integers, and seq. A batch of changed levels is
// applied at once, or not at all when one before it is missing.
#include <sw/redis++/redis++.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

const char *const APPLY = R"(
local at = redis.call('HGET', KEYS[1], 'seq')
if at and at ~= ARGV[1] then
  return redis.error_reply('GAP the book is at ' .. at)
end
for i = 3, #ARGV, 2 do
  if ARGV[i + 1] == '0' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[1], 'seq', ARGV[2])
return redis.status_reply('OK')
)";

class BookDeltas {
public:
    explicit BookDeltas(sw::redis::Redis &redis) : redis_(redis), sha_(redis.script_load(APPLY)) {}

    // Applies levels ("b6168650" to quantity, 0 removes); false when the stored book is not at previous and has to be
    // loaded from a snapshot.
    bool apply(const std::string &instrument, std::int64_t previous, std::int64_t sequence,
               const std::map<std::string, std::int64_t> &levels) {
        std::vector<std::string> keys{"md:{" + instrument + "}:l2"};
        std::vector<std::string> arguments{std::to_string(previous), std::to_string(sequence)};
        for (const auto &[level, quantity] : levels) {
            arguments.push_back(level);
            arguments.push_back(std::to_string(quantity));
        }
        try {
            redis_.evalsha<std::string>(sha_, keys.begin(), keys.end(), arguments.begin(), arguments.end());
            return true;
        } catch (const sw::redis::ReplyError &error) {
            if (std::string(error.what()).rfind("GAP", 0) == 0) {
                return false;
            }
            throw;
        }
    }

private:
    sw::redis::Redis &redis_;
    std::string sha_;
};
