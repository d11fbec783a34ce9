// One client for the whole life of the program; it pools connections and is safe for all threads.
#include <sw/redis++/redis++.h>

#include <chrono>
#include <string>

// Called once, at start.
sw::redis::Redis connect(const std::string &host, int port, const std::string &user, const std::string &password) {
    sw::redis::ConnectionOptions connection;
    connection.host = host;
    connection.port = port;
    connection.user = user;
    connection.password = password;
    connection.keep_alive = true;
    connection.connect_timeout = std::chrono::seconds(2);
    connection.socket_timeout = std::chrono::milliseconds(250);

    sw::redis::ConnectionPoolOptions pool;
    pool.size = 16;
    pool.wait_timeout = std::chrono::milliseconds(250);
    pool.connection_idle_time = std::chrono::minutes(5);

    sw::redis::Redis redis(connection, pool);
    redis.ping();
    return redis;
}
