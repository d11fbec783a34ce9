package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Kraken's version 1 `book` channel: `[channel, {side: levels, "c": checksum}, …, "book-1000", "XMR/USD"]`.
///
/// Levels of one message are applied in the order they stand in, never by their time: an update can delete what it
/// added a few levels before.
final class KrakenFeed implements Feed {

    private static final String VENUE = "KRAKEN";

    private final Map<String, Instrument> instruments = new HashMap<>();
    private final Map<String, Long> messages = new HashMap<>();

    @Override
    public void read(String address, long receivedNanos, JsonParser message, Consumer<MarketEvent> events) {
        if (message.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        boolean isSnapshot = false;
        List<String[]> bids = new ArrayList<>();
        List<String[]> asks = new ArrayList<>();
        @Nullable String checksum = null;
        String pair = "";
        while (message.nextToken() != JsonToken.END_ARRAY) {
            if (message.currentToken() != JsonToken.START_OBJECT) {
                // The last text of the array is the pair, the one before it the channel.
                pair = message.getString();
                continue;
            }
            while (Json.nextField(message)) {
                String field = message.currentName();
                switch (field) {
                    case "as", "bs" -> {
                        isSnapshot = true;
                        (field.equals("as") ? asks : bids).addAll(Json.rows(message, 2));
                    }
                    case "a" -> asks.addAll(Json.rows(message, 2));
                    case "b" -> bids.addAll(Json.rows(message, 2));
                    case "c" -> checksum = message.getString();
                    default -> message.skipChildren();
                }
            }
        }
        long count = messages.merge(pair, 1L, Long::sum);
        Instrument instrument = instruments.computeIfAbsent(pair, symbol -> instrument(symbol, asks, bids));
        Levels bidLevels = Json.levels(bids, instrument);
        Levels askLevels = Json.levels(asks, instrument);
        events.accept(
                isSnapshot
                        ? new BookSnapshot(instrument, receivedNanos, count, bidLevels, askLevels)
                        : new BookDelta(
                                instrument,
                                receivedNanos,
                                MarketEvent.NOT_SENT,
                                count,
                                checksum == null
                                        ? new Continuity.None()
                                        : new Continuity.Checksum(Long.parseLong(checksum)),
                                bidLevels,
                                askLevels));
    }

    /// The venue writes every price of a pair with the same number of decimals, and the checksum counts on it.
    private static Instrument instrument(String pair, List<String[]> asks, List<String[]> bids) {
        return new Instrument(
                VENUE,
                pair,
                Math.max(Json.decimals(asks, 0), Json.decimals(bids, 0)),
                Math.max(Json.decimals(asks, 1), Json.decimals(bids, 1)));
    }
}
