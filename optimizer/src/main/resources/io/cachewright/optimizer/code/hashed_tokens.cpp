// A session is stored under a keyed hash of its token: key names show up in SLOWLOG, MONITOR, backups and tools.
#include <openssl/hmac.h>
#include <sw/redis++/redis++.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

class Sessions {
public:
    // pepper is 32 random bytes from the secret store, never from Redis.
    Sessions(sw::redis::Redis &redis, std::string pepper) : redis_(redis), pepper_(std::move(pepper)) {
        if (pepper_.size() < 32) {
            throw std::invalid_argument("the pepper has at least 32 bytes");
        }
    }

    void open(const std::string &token, const std::string &session, std::chrono::milliseconds ttl) {
        redis_.set(key(token), session, ttl);
    }

    sw::redis::OptionalString find(const std::string &token) { return redis_.get(key(token)); }

private:
    std::string key(const std::string &token) const {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        if (HMAC(EVP_sha256(), pepper_.data(), static_cast<int>(pepper_.size()),
                 reinterpret_cast<const unsigned char *>(token.data()), token.size(), digest, &size) == nullptr) {
            throw std::runtime_error("HMAC failed");
        }
        static const char *const HEX = "0123456789abcdef";
        std::string name = "session:";
        for (unsigned int i = 0; i < size; ++i) {
            name += HEX[digest[i] >> 4];
            name += HEX[digest[i] & 15];
        }
        return name;
    }

    sw::redis::Redis &redis_;
    std::string pepper_;
};
