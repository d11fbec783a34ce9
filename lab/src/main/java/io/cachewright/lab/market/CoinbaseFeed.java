package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.Trade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;

/// Coinbase Exchange `level2` and `matches`. The channel has no sequence of its own.
final class CoinbaseFeed implements Feed {

    private static final String VENUE = "COINBASE";
    /// Every quoted increment of the venue is a multiple of 10^-10; prices and sizes keep that scale.
    private static final int SCALE = 10;

    private final Map<String, Instrument> instruments = new HashMap<>();
    private final Map<String, Long> messages = new HashMap<>();

    @Override
    public void read(String address, long receivedNanos, JsonParser message, Consumer<MarketEvent> events) {
        Map<String, String> texts = new HashMap<>();
        List<String[]> bids = new ArrayList<>();
        List<String[]> asks = new ArrayList<>();
        while (Json.nextField(message)) {
            String field = message.currentName();
            switch (field) {
                case "bids" -> bids.addAll(Json.rows(message, 2));
                case "asks" -> asks.addAll(Json.rows(message, 2));
                case "changes" -> {
                    for (String[] change : Json.rows(message, 3)) {
                        (change[0].equals("buy") ? bids : asks).add(new String[] {change[1], change[2]});
                    }
                }
                case "type", "product_id", "time", "side", "price", "size", "trade_id" ->
                    texts.put(field, message.getString());
                default -> message.skipChildren();
            }
        }
        String type = texts.getOrDefault("type", "");
        if (!type.equals("snapshot") && !type.equals("l2update") && !type.equals("match")) {
            return;
        }
        Instrument instrument = instruments.computeIfAbsent(
                texts.getOrDefault("product_id", ""), symbol -> new Instrument(VENUE, symbol, SCALE, SCALE));
        long exchangeNanos = texts.containsKey("time") ? nanos(texts.get("time")) : MarketEvent.NOT_SENT;
        if (type.equals("match")) {
            events.accept(new Trade(
                    instrument,
                    receivedNanos,
                    exchangeNanos,
                    Long.parseLong(texts.getOrDefault("trade_id", "0")),
                    instrument.parsePrice(texts.getOrDefault("price", "")),
                    instrument.parseQuantity(texts.getOrDefault("size", "")),
                    // The venue names the maker's side.
                    texts.getOrDefault("side", "").equals("buy")));
            return;
        }
        long count = messages.merge(instrument.symbol(), 1L, Long::sum);
        Levels bidLevels = Json.levels(bids, instrument);
        Levels askLevels = Json.levels(asks, instrument);
        events.accept(
                type.equals("snapshot")
                        ? new BookSnapshot(instrument, receivedNanos, count, bidLevels, askLevels)
                        : new BookDelta(
                                instrument,
                                receivedNanos,
                                exchangeNanos,
                                count,
                                new Continuity.None(),
                                bidLevels,
                                askLevels));
    }

    private static long nanos(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
