package io.cachewright.lab.market;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;

/// Reads one venue's messages. It may keep state from message to message, such as the scales learnt from a snapshot.
interface Feed {

    /// The messages of a recording that hold no market data (subscriptions, heartbeats) give no event.
    ///
    /// @param address what the line says it came from, empty when it says nothing
    /// @param message at its first token
    void read(String address, long receivedNanos, JsonParser message, Consumer<MarketEvent> events);
}
