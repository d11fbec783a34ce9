package io.cachewright.sizing.server;

import io.cachewright.lab.market.Levels;
import io.cachewright.lab.market.MarketEvent;
import io.cachewright.lab.market.MarketEvents;
import io.cachewright.lab.market.Recordings;
import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Accesses derived from a recorded market: a service that keeps a record for each price level, and looks it up
/// whenever the venue changes the level.
final class MarketTraces {

    private MarketTraces() {}

    /// Binance's spot book of bitcoin, 11 minutes over a midnight, at its own times.
    static Trace spotPriceLevels() {
        Optional<Recordings> recordings = Recordings.find();
        Assumptions.assumeTrue(recordings.isPresent(), "no recordings on this machine: shared/data/market is absent");
        MarketEvents events = recordings.orElseThrow().binanceSpot();
        TraceBuilder trace = new TraceBuilder("price levels of " + events.description());
        for (Iterator<MarketEvent> each = events.open(); each.hasNext(); ) {
            if (each.next() instanceof MarketEvent.BookDelta delta) {
                add(trace, delta, "bid", delta.bids());
                add(trace, delta, "ask", delta.asks());
            }
        }
        return trace.build();
    }

    private static void add(TraceBuilder trace, MarketEvent.BookDelta delta, String side, Levels levels) {
        for (int i = 0; i < levels.size(); i++) {
            String key = "level:" + delta.instrument().id() + ":" + side + ":"
                    + delta.instrument().price(levels.price(i));
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            int bytes = 100 + (int) Math.floorMod(Hashing.of(name), 400L);
            trace.add(delta.receivedNanos() / 1_000, name, Operation.READ, bytes, 120_000);
        }
    }
}
