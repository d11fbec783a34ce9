package io.cachewright.lab.market;

import io.cachewright.lab.wire.Command;
import java.time.Duration;

/// One program around the cache: it sees the market and sends commands because of it. Readers and order desks are
/// driven by the market too, so that their load bursts when the market does.
///
/// A participant keeps state and serves one run; it must do the same for the same events.
public interface Participant {

    /// How many connections of its own it uses.
    int connections();

    void on(MarketEvent event, Requests requests);

    /// Where a participant's commands go.
    interface Requests {

        /// Sends `command` a while after the event, on the participant's connection `connection` (0 to
        /// [#connections()] - 1). Commands of one connection that are due at the same time keep their order.
        ///
        /// @param operation what it is counted as, for example `read top of book`
        void send(int connection, String operation, Duration after, Command command);

        /// Sends `command` at once.
        default void send(int connection, String operation, Command command) {
            send(connection, operation, Duration.ZERO, command);
        }

        /// Sends text arguments at once.
        default void send(int connection, String operation, String... arguments) {
            send(connection, operation, Duration.ZERO, Command.of(arguments));
        }
    }
}
