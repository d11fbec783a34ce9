package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.Trade;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Bybit's `orderBookL2_25` (snapshot, then delete / update / insert lists) and `trade` topics.
final class BybitFeed implements Feed {

    private static final String VENUE = "BYBIT";
    private static final int PRICE_SCALE = 8;
    private static final int QUANTITY_SCALE = 8;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Map<String, Instrument> instruments = new HashMap<>();
    private final Map<String, Long> messages = new HashMap<>();

    @Override
    public void read(String address, long receivedNanos, JsonParser message, Consumer<MarketEvent> events) {
        String topic = "";
        String type = "";
        long exchangeNanos = MarketEvent.NOT_SENT;
        var bids = new Levels.Builder();
        var asks = new Levels.Builder();
        while (Json.nextField(message)) {
            switch (message.currentName()) {
                case "topic" -> topic = message.getString();
                case "type" -> type = message.getString();
                case "timestamp_e6" -> exchangeNanos = Long.parseLong(message.getString()) * NANOS_PER_MICRO;
                case "data" -> {
                    if (topic.startsWith("trade.")) {
                        trades(instrument(topic), receivedNanos, message, events);
                    } else {
                        book(instrument(topic), message, bids, asks);
                    }
                }
                default -> message.skipChildren();
            }
        }
        if (!topic.startsWith("orderBook")) {
            return;
        }
        Instrument instrument = instrument(topic);
        long count = messages.merge(topic, 1L, Long::sum);
        events.accept(
                type.equals("snapshot")
                        ? new BookSnapshot(instrument, receivedNanos, count, sorted(bids, true), sorted(asks, false))
                        : new BookDelta(
                                instrument,
                                receivedNanos,
                                exchangeNanos,
                                count,
                                new Continuity.None(),
                                bids.build(),
                                asks.build()));
    }

    private Instrument instrument(String topic) {
        return instruments.computeIfAbsent(
                Json.lastPart(topic, '.'), symbol -> new Instrument(VENUE, symbol, PRICE_SCALE, QUANTITY_SCALE));
    }

    /// The venue lists both sides of a snapshot from the lowest price up.
    private static Levels sorted(Levels.Builder levels, boolean highestFirst) {
        var side = new PriceLevels(highestFirst);
        Levels unsorted = levels.build();
        for (int i = 0; i < unsorted.size(); i++) {
            side.set(unsorted.price(i), unsorted.quantity(i));
        }
        return side.top(side.size());
    }

    /// Lists of rows, directly or under `order_book`, `delete`, `update` and `insert`, in that order.
    private static void book(Instrument instrument, JsonParser data, Levels.Builder bids, Levels.Builder asks) {
        while (Json.nextField(data)) {
            boolean deletes = data.currentName().equals("delete");
            if (data.currentToken() != JsonToken.START_ARRAY) {
                data.skipChildren();
                continue;
            }
            while (data.nextToken() == JsonToken.START_OBJECT) {
                Row row = row(data);
                (row.isBuy() ? bids : asks)
                        .add(instrument.parsePrice(row.price()), deletes ? 0 : instrument.parseQuantity(row.size()));
            }
        }
    }

    private void trades(Instrument instrument, long receivedNanos, JsonParser data, Consumer<MarketEvent> events) {
        while (data.nextToken() == JsonToken.START_OBJECT) {
            Row row = row(data);
            // The venue's ids are UUIDs; the tape is numbered here instead.
            long id = messages.merge("trade." + instrument.symbol(), 1L, Long::sum);
            events.accept(new Trade(
                    instrument,
                    receivedNanos,
                    row.timeMillis() * NANOS_PER_MILLI,
                    id,
                    instrument.parsePrice(row.price()),
                    instrument.parseQuantity(row.size()),
                    !row.isBuy()));
        }
    }

    private record Row(String price, String size, boolean isBuy, long timeMillis) {}

    private static Row row(JsonParser data) {
        String price = "";
        String size = "0";
        boolean isBuy = false;
        long timeMillis = 0;
        while (Json.nextField(data)) {
            switch (data.currentName()) {
                case "price" -> price = data.getString();
                case "size" -> size = data.getString();
                case "side" -> isBuy = data.getString().equals("Buy");
                case "trade_time_ms" -> timeMillis = Long.parseLong(data.getString());
                default -> data.skipChildren();
            }
        }
        return new Row(price, size, isBuy, timeMillis);
    }
}
