package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Binance combined streams (`depth`, `bookTicker`, `trade`), spot and futures, and the REST book they start from.
/// One letter means different things in different streams, so fields are gathered first and read by stream after.
final class BinanceFeed implements Feed {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Instrument instrument;

    BinanceFeed(Instrument instrument) {
        this.instrument = instrument;
    }

    @Override
    public void read(String address, long receivedNanos, JsonParser message, Consumer<MarketEvent> events) {
        String stream = "";
        var book = new Fields();
        while (Json.nextField(message)) {
            switch (message.currentName()) {
                case "stream" -> stream = message.getString();
                case "data" -> events.accept(event(stream, receivedNanos, fields(message)));
                case "lastUpdateId" -> book.lastUpdate = message.getLongValue();
                case "bids" -> book.bids = Json.levels(message, instrument);
                case "asks" -> book.asks = Json.levels(message, instrument);
                default -> message.skipChildren();
            }
        }
        if (book.lastUpdate != MarketEvent.NOT_SENT) {
            events.accept(new BookSnapshot(instrument, receivedNanos, book.lastUpdate, book.bids, book.asks));
        }
    }

    private MarketEvent event(String stream, long receivedNanos, Fields fields) {
        String kind = stream.substring(stream.indexOf('@') + 1);
        if (kind.equals("bookTicker")) {
            return new TopOfBook(
                    instrument,
                    receivedNanos,
                    fields.exchangeNanos,
                    fields.lastUpdate,
                    instrument.parsePrice(fields.bid),
                    instrument.parseQuantity(fields.bidQuantity),
                    instrument.parsePrice(fields.ask),
                    instrument.parseQuantity(fields.askQuantity));
        }
        if (kind.equals("trade")) {
            return new Trade(
                    instrument,
                    receivedNanos,
                    fields.exchangeNanos,
                    fields.trade,
                    instrument.parsePrice(fields.price),
                    instrument.parseQuantity(fields.quantity),
                    fields.buyerIsMaker);
        }
        if (!kind.startsWith("depth")) {
            throw new IllegalArgumentException("unknown stream '" + stream + "'");
        }
        Continuity continuity = fields.isLinked
                ? new Continuity.Linked(fields.previousUpdate, fields.lastUpdate)
                : new Continuity.Range(fields.firstUpdate, fields.lastUpdate);
        return new BookDelta(
                instrument,
                receivedNanos,
                fields.exchangeNanos,
                fields.lastUpdate,
                continuity,
                fields.bids,
                fields.asks);
    }

    private Fields fields(JsonParser data) {
        var fields = new Fields();
        while (Json.nextField(data)) {
            switch (data.currentName()) {
                case "E" -> fields.exchangeNanos = data.getLongValue() * NANOS_PER_MILLI;
                case "U" -> fields.firstUpdate = data.getLongValue();
                case "u" -> fields.lastUpdate = data.getLongValue();
                case "pu" -> {
                    fields.previousUpdate = data.getLongValue();
                    fields.isLinked = true;
                }
                case "t" -> fields.trade = data.getLongValue();
                case "p" -> fields.price = data.getString();
                case "q" -> fields.quantity = data.getString();
                case "m" -> fields.buyerIsMaker = data.getBooleanValue();
                case "b" -> {
                    if (data.currentToken() == JsonToken.START_ARRAY) {
                        fields.bids = Json.levels(data, instrument);
                    } else {
                        fields.bid = data.getString();
                    }
                }
                case "a" -> {
                    if (data.currentToken() == JsonToken.START_ARRAY) {
                        fields.asks = Json.levels(data, instrument);
                    } else {
                        fields.ask = data.getString();
                    }
                }
                case "B" -> fields.bidQuantity = data.getString();
                case "A" -> fields.askQuantity = data.getString();
                default -> data.skipChildren();
            }
        }
        return fields;
    }

    /// What one message holds, by meaning.
    private static final class Fields {
        private long exchangeNanos = MarketEvent.NOT_SENT;
        private long firstUpdate;
        private long lastUpdate = MarketEvent.NOT_SENT;
        private long previousUpdate;
        private boolean isLinked;
        private long trade;
        private boolean buyerIsMaker;
        private String price = "0";
        private String quantity = "0";
        private String bid = "0";
        private String bidQuantity = "0";
        private String ask = "0";
        private String askQuantity = "0";
        private Levels bids = Levels.NONE;
        private Levels asks = Levels.NONE;
    }
}
