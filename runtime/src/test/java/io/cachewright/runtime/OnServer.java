package io.cachewright.runtime;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Tests on a real server, which each class has to itself and each test finds empty.
abstract class OnServer {

    static RedisServer server;

    /// Of one whom the clients under test do not know.
    static WireConnection other;

    @BeforeAll
    static void start() {
        server = RedisServer.start(ServerSettings.onTcp().with("enable-debug-command", "yes"));
        other = server.connect();
    }

    @AfterAll
    static void stop() {
        other.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        other.call("FLUSHALL").orThrow();
    }
}
