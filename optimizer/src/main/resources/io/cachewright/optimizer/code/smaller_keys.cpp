// A deep book split by bands of price: a reader near the top fetches one small key, a delete frees little at once.
#include <sw/redis++/redis++.h>

#include <cstdint>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <unordered_map>

class BandedBook {
public:
    BandedBook(sw::redis::Redis &redis, std::int64_t ticks_a_band) : redis_(redis), ticks_(ticks_a_band) {
        if (ticks_ < 1) {
            throw std::invalid_argument("a band has at least one tick, was " + std::to_string(ticks_));
        }
    }

    void set(const std::string &instrument, const std::string &side, std::int64_t price, std::int64_t quantity) {
        const auto name = key(instrument, side, band(price));
        if (quantity == 0) {
            redis_.hdel(name, std::to_string(price));
        } else {
            redis_.hset(name, std::to_string(price), std::to_string(quantity));
        }
    }

    // The levels of the bands from one price to another, by price.
    std::map<std::int64_t, std::int64_t> between(const std::string &instrument, const std::string &side,
                                                 std::int64_t from, std::int64_t to) {
        std::map<std::int64_t, std::int64_t> levels;
        for (std::int64_t at = band(from); at <= band(to); ++at) {
            std::unordered_map<std::string, std::string> stored;
            redis_.hgetall(key(instrument, side, at), std::inserter(stored, stored.begin()));
            for (const auto &[price, quantity] : stored) {
                const std::int64_t ticks = std::stoll(price);
                if (ticks >= from && ticks <= to) {
                    levels[ticks] = std::stoll(quantity);
                }
            }
        }
        return levels;
    }

private:
    // Rounds down for negative prices too.
    std::int64_t band(std::int64_t price) const { return price / ticks_ - (price % ticks_ < 0 ? 1 : 0); }

    static std::string key(const std::string &instrument, const std::string &side, std::int64_t band) {
        return "md:{" + instrument + "}:" + side + ":" + std::to_string(band);
    }

    sw::redis::Redis &redis_;
    std::int64_t ticks_;
};
