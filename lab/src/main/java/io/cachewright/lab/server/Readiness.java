package io.cachewright.lab.server;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Credentials;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/// Asks a starting server whether it is ready, and whether it is the one we started: another program may have taken
/// its port.
record Readiness(Address address, Optional<Credentials> credentials, long pid) {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    sealed interface State {}

    record Ready() implements State {}

    record Loading() implements State {}

    record NotYet(String why) implements State {}

    State probe() {
        try (WireConnection connection = WireConnection.open(address, Optional.empty(), PROBE_TIMEOUT, PROBE_TIMEOUT)) {
            credentials.ifPresent(known -> connection.call(known.toCommand()));
            return switch (connection.call("PING")) {
                case Reply.Error error when error.prefix().equals("LOADING") -> new Loading();
                // The default user may be switched off or guarded by an ACL: the server is up all the same.
                case Reply.Error _ -> new Ready();
                case Reply _ -> isOurs(connection) ? new Ready() : new NotYet("another server has its port");
            };
        } catch (UncheckedIOException e) {
            return new NotYet(String.valueOf(e.getMessage()));
        }
    }

    private boolean isOurs(WireConnection connection) {
        return switch (connection.call("INFO", "server")) {
            case Reply.Error _ -> true;
            case Reply info -> info.text().contains("process_id:" + pid + "\r\n");
        };
    }
}
