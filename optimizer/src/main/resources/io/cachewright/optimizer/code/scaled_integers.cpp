// Money and quantities are integers, scaled by the instrument: HINCRBY is exact, HINCRBYFLOAT is not.
#include <sw/redis++/redis++.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

// "12.34" with two decimals is 1234; "12.345" is refused: nothing is rounded in silence.
std::int64_t scaled(const std::string &decimal, std::size_t decimals) {
    const auto point = decimal.find('.');
    const std::string whole = decimal.substr(0, point);
    const std::string fraction = point == std::string::npos ? "" : decimal.substr(point + 1);
    if (fraction.size() > decimals) {
        throw std::invalid_argument(decimal + " has more than " + std::to_string(decimals) + " decimals");
    }
    const std::string digits = whole + fraction + std::string(decimals - fraction.size(), '0');
    std::size_t read = 0;
    const std::int64_t value = std::stoll(digits, &read);
    if (read != digits.size()) {
        throw std::invalid_argument(decimal + " is no number");
    }
    return value;
}

// The position after the fill, scaled.
std::int64_t add_fill(sw::redis::Redis &redis, const std::string &account, const std::string &symbol,
                      const std::string &quantity, std::size_t decimals) {
    return redis.hincrby("pos:{" + account + "}", symbol, scaled(quantity, decimals));
}
