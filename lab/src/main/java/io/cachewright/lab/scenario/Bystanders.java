package io.cachewright.lab.scenario;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Credentials;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Clients beside the load. Each runs on its own thread until closed; a server that goes away ends them quietly.
public final class Bystanders implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);
    /// A server that is down or full is tried again after this long.
    private static final long RETRY_MILLIS = 500;

    private final Address address;
    private final Optional<Credentials> credentials;
    private final List<Thread> threads = new ArrayList<>();

    private Bystanders(Address address, Optional<Credentials> credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    /// Nobody.
    static Bystanders none(Address address, Optional<Credentials> credentials) {
        return new Bystanders(address, credentials);
    }

    /// A client that opens a connection for each request, `perSecond` times a second.
    Bystanders withConnectionPerRequest(int perSecond, Command request) {
        return with("connection-per-request", () -> {
            while (true) {
                try (WireConnection connection = connect()) {
                    connection.call(request);
                }
                Thread.sleep(Duration.ofSeconds(1).dividedBy(perSecond));
            }
        });
    }

    /// A client that subscribes to `channel` and then reads nothing: what is published piles up in the server.
    Bystanders withSubscriberThatNeverReads(String channel) {
        return with("subscriber-that-never-reads", () -> {
            while (true) {
                try (WireConnection connection = connect()) {
                    connection.call("SUBSCRIBE", channel);
                    // The server cuts such a client off after a while; it then comes back, as real ones do.
                    Thread.sleep(Duration.ofMinutes(1));
                }
            }
        });
    }

    /// Connections that are opened and forgotten.
    Bystanders withForgottenConnections(int count) {
        return with("forgotten-connections", () -> {
            List<WireConnection> forgotten = new ArrayList<>();
            try {
                for (int i = 0; i < count; i++) {
                    forgotten.add(connect());
                }
                Thread.sleep(Duration.ofDays(1));
            } finally {
                forgotten.forEach(WireConnection::close);
            }
        });
    }

    /// What one of them does until it is interrupted.
    private interface Habit {
        void follow() throws InterruptedException;
    }

    private Bystanders with(String name, Habit habit) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                while (true) {
                    try {
                        habit.follow();
                    } catch (UncheckedIOException _) {
                        Thread.sleep(RETRY_MILLIS);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }));
        return this;
    }

    private WireConnection connect() {
        return WireConnection.open(address, credentials, CONNECT_TIMEOUT, REPLY_TIMEOUT);
    }

    /// Ends them all and waits until they are gone.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(REPLY_TIMEOUT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }
}
