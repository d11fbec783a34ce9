package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Bitstamp's `diff_order_book` channel and the REST books it is applied to, both ordered by the venue's microsecond
/// timestamp: a difference at or before the book's own is in the book already.
final class BitstampFeed implements Feed {

    private static final String VENUE = "BITSTAMP";
    private static final int SCALE = 8;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<String, Instrument> instruments = new HashMap<>();

    @Override
    public void read(String address, long receivedNanos, JsonParser message, Consumer<MarketEvent> events) {
        if (!address.isEmpty()) {
            Instrument instrument = instrument(Json.lastPart(address, '/'));
            Book book = book(instrument, message);
            events.accept(new BookSnapshot(instrument, receivedNanos, book.micros, book.bids, book.asks));
            return;
        }
        // The channel's name comes after its data, but a level cannot be read without its instrument: every pair
        // is read at one scale.
        String channel = "";
        String event = "";
        Book book = new Book();
        while (Json.nextField(message)) {
            switch (message.currentName()) {
                case "channel" -> channel = message.getString();
                case "event" -> event = message.getString();
                case "data" -> book = book(instrument("ANY"), message);
                default -> message.skipChildren();
            }
        }
        if (event.equals("data")) {
            events.accept(new BookDelta(
                    instrument(Json.lastPart(channel, '_')),
                    receivedNanos,
                    book.micros * NANOS_PER_MICRO,
                    book.micros,
                    new Continuity.None(),
                    book.bids,
                    book.asks));
        }
    }

    private Instrument instrument(String pair) {
        return instruments.computeIfAbsent(pair, symbol -> new Instrument(VENUE, symbol, SCALE, SCALE));
    }

    private static Book book(Instrument instrument, JsonParser data) {
        var book = new Book();
        if (data.currentToken() != JsonToken.START_OBJECT) {
            return book;
        }
        while (Json.nextField(data)) {
            switch (data.currentName()) {
                case "microtimestamp" -> book.micros = Long.parseLong(data.getString());
                case "bids" -> book.bids = Json.levels(data, instrument);
                case "asks" -> book.asks = Json.levels(data, instrument);
                default -> data.skipChildren();
            }
        }
        return book;
    }

    private static final class Book {
        private long micros;
        private Levels bids = Levels.NONE;
        private Levels asks = Levels.NONE;
    }
}
