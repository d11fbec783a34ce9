package io.cachewright.lab.market;

import static java.util.Locale.ROOT;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import io.cachewright.lab.wire.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Stores a market the way it should not be stored, each form of it seen in public projects. Per symbol:
///
/// | Key | What |
/// |---|---|
/// | `book:S` | the whole book as JSON, written and published on every change |
/// | `levels:S:bids`, `:asks` | hash price → quantity; zero levels stay, nothing is trimmed |
/// | `ladder:S:bids`, `:asks`, `ladder:S:sizes` | best levels, deleted and added again one by one; sizes apart |
/// | `depth:S:bids`, `:asks` | sorted set of `price:quantity`, old members never removed |
/// | `ticker:S`, `last:S` | bare prices |
/// | `mid:S` | sorted set with the price as member |
/// | `trades:S`, `tape:S` | JSON in a sorted set, and a stream, both without a cap |
public final class NaiveWriter implements Participant {

    private static final String WRITE_BOOK = "write book";
    private static final String WRITE_TOP = "write top of book";
    private static final String WRITE_TRADE = "write trade";

    /// Levels a side in the JSON of a book.
    private static final int JSON_DEPTH = 500;

    private static final int LADDER_DEPTH = 5;
    /// Every how many deltas the ladder is rebuilt.
    private static final int LADDER_PACE = 2;
    /// Levels of a delta that reach the `depth` sets.
    private static final int DEPTH_LEVELS = 2;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int connections;
    private final Map<Instrument, Book> books = new HashMap<>();

    /// A book, which connection writes it, and how many deltas it had.
    private static final class Book {
        private final OrderBook levels;
        private final int connection;
        private long deltas;

        Book(OrderBook levels, int connection) {
            this.levels = levels;
            this.connection = connection;
        }
    }

    public NaiveWriter(int connections) {
        this.connections = connections;
    }

    /// What it does wrong.
    public static Set<Mistake> mistakes() {
        return EnumSet.of(
                Mistake.TORN_REBUILD,
                Mistake.SPLIT_BOOK,
                Mistake.QUANTITY_IN_MEMBER,
                Mistake.ZERO_LEVELS_KEPT,
                Mistake.DEPTH_NOT_TRIMMED,
                Mistake.WHOLE_BOOK_REWRITTEN,
                Mistake.WHOLE_BOOK_PUBLISHED,
                Mistake.NO_SEQUENCE,
                Mistake.SCORE_BEYOND_PRECISION,
                Mistake.VALUE_AS_MEMBER,
                Mistake.ROUND_TRIP_PER_TICK,
                Mistake.UNBOUNDED_COLLECTION,
                Mistake.JSON_TRADES_IN_ZSET,
                Mistake.NO_TTL,
                Mistake.EXPIRE_AFTER_SET,
                Mistake.ONE_CHANNEL);
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public void on(MarketEvent event, Requests requests) {
        Book book = books.computeIfAbsent(
                event.instrument(),
                instrument ->
                        new Book(new OrderBook(instrument, OrderBook.DEPTH_UNLIMITED), books.size() % connections));
        switch (event) {
            case BookSnapshot snapshot -> {
                book.levels.apply(snapshot);
                writeLevels(book, snapshot.bids(), snapshot.asks(), requests);
                writeWholeBook(book, requests);
            }
            case BookDelta delta -> {
                OrderBook.Outcome _ = book.levels.apply(delta);
                if (book.levels.isInStep()) {
                    writeDelta(book, delta, requests);
                }
            }
            case TopOfBook top -> writeTop(book, top, requests);
            case Trade trade -> writeTrade(book, trade, requests);
        }
    }

    private void writeDelta(Book book, BookDelta delta, Requests requests) {
        writeLevels(book, delta.bids(), delta.asks(), requests);
        writeWholeBook(book, requests);
        writeDepth(book, "bids", delta.bids(), requests);
        writeDepth(book, "asks", delta.asks(), requests);
        if (book.deltas++ % LADDER_PACE == 0) {
            writeLadder(book, "bids", book.levels.bids(LADDER_DEPTH), requests);
            writeLadder(book, "asks", book.levels.asks(LADDER_DEPTH), requests);
        }
    }

    private static void writeLevels(Book book, Levels bids, Levels asks, Requests requests) {
        writeSide(book, "bids", bids, requests);
        writeSide(book, "asks", asks, requests);
    }

    private static void writeSide(Book book, String side, Levels levels, Requests requests) {
        if (levels.size() == 0) {
            return;
        }
        Instrument instrument = book.levels.instrument();
        List<byte[]> arguments = new ArrayList<>(2 + 2 * levels.size());
        arguments.add(bytes("HSET"));
        arguments.add(bytes("levels:" + instrument.symbol() + ':' + side));
        for (int i = 0; i < levels.size(); i++) {
            arguments.add(bytes(instrument.price(levels.price(i)).toString()));
            arguments.add(bytes(instrument.quantity(levels.quantity(i)).toString()));
        }
        requests.send(book.connection, WRITE_BOOK, new Command(arguments));
    }

    private static void writeWholeBook(Book book, Requests requests) {
        byte[] json = bytes(json(book.levels));
        String symbol = book.levels.instrument().symbol();
        requests.send(book.connection, WRITE_BOOK, Command.ofBytes(bytes("SET"), bytes("book:" + symbol), json));
        requests.send(book.connection, "publish book", Command.ofBytes(bytes("PUBLISH"), bytes("market"), json));
    }

    private static void writeDepth(Book book, String side, Levels levels, Requests requests) {
        Instrument instrument = book.levels.instrument();
        for (int i = 0; i < Math.min(DEPTH_LEVELS, levels.size()); i++) {
            String price = instrument.price(levels.price(i)).toString();
            String member = price + ':' + instrument.quantity(levels.quantity(i));
            requests.send(
                    book.connection, WRITE_BOOK, "ZADD", "depth:" + instrument.symbol() + ':' + side, price, member);
        }
    }

    private static void writeLadder(Book book, String side, Levels levels, Requests requests) {
        Instrument instrument = book.levels.instrument();
        String ladder = "ladder:" + instrument.symbol() + ':';
        requests.send(book.connection, WRITE_BOOK, "DEL", ladder + side);
        for (int i = 0; i < levels.size(); i++) {
            String price = instrument.price(levels.price(i)).toString();
            requests.send(book.connection, WRITE_BOOK, "ZADD", ladder + side, price, price);
        }
        if (levels.size() > 0) {
            requests.send(
                    book.connection,
                    WRITE_BOOK,
                    "HSET",
                    ladder + "sizes",
                    instrument.price(levels.price(0)).toString(),
                    instrument.quantity(levels.quantity(0)).toString());
        }
    }

    private static void writeTop(Book book, TopOfBook top, Requests requests) {
        Instrument instrument = top.instrument();
        String bid = instrument.price(top.bidPrice()).toString();
        requests.send(book.connection, WRITE_TOP, "SET", "ticker:" + instrument.symbol(), bid);
        double mid = asDouble(instrument, top.bidPrice() + top.askPrice()) / 2;
        requests.send(
                book.connection,
                WRITE_TOP,
                "ZADD",
                "mid:" + instrument.symbol(),
                Long.toString(top.receivedNanos() / NANOS_PER_MILLI),
                Double.toString(mid));
    }

    private static void writeTrade(Book book, Trade trade, Requests requests) {
        Instrument instrument = trade.instrument();
        String symbol = instrument.symbol();
        String price = instrument.price(trade.price()).toString();
        String json = String.format(
                ROOT,
                "{\"id\":%d,\"symbol\":\"%s\",\"price\":%s,\"qty\":%s,\"notional\":%s,\"side\":\"%s\"}",
                trade.id(),
                symbol,
                price,
                instrument.quantity(trade.quantity()),
                asDouble(instrument, trade.price()) * (trade.quantity() / Math.pow(10, instrument.quantityScale())),
                trade.buyerIsMaker() ? "SELL" : "BUY");
        requests.send(
                book.connection, WRITE_TRADE, "ZADD", "trades:" + symbol, Long.toString(trade.receivedNanos()), json);
        requests.send(book.connection, WRITE_TRADE, "XADD", "tape:" + symbol, "*", "trade", json);
        requests.send(book.connection, WRITE_TRADE, "SET", "last:" + symbol, price);
        requests.send(book.connection, WRITE_TRADE, "EXPIRE", "last:" + symbol, "60");
    }

    /// Prices as JSON numbers, as if money were a double; that is the mistake.
    private static String json(OrderBook book) {
        var json = new StringBuilder(32 << 10);
        json.append("{\"symbol\":\"").append(book.instrument().symbol()).append("\",\"bids\":[");
        append(json, book.instrument(), book.bids(JSON_DEPTH));
        json.append("],\"asks\":[");
        append(json, book.instrument(), book.asks(JSON_DEPTH));
        return json.append("]}").toString();
    }

    private static void append(StringBuilder json, Instrument instrument, Levels levels) {
        double unit = Math.pow(10, instrument.quantityScale());
        for (int i = 0; i < levels.size(); i++) {
            json.append(i == 0 ? "[" : ",[")
                    .append(asDouble(instrument, levels.price(i)))
                    .append(',')
                    .append(levels.quantity(i) / unit)
                    .append(']');
        }
    }

    private static double asDouble(Instrument instrument, long price) {
        return price / Math.pow(10, instrument.priceScale());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
