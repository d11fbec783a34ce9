package io.cachewright.benchmarks.snapshot;

import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Two million keys of a trading system in twelve shapes: quotes, last prices, sessions, orders, positions, open
/// orders, watch lists, exposures, books, trades, market data, locks. The same for the same scale.
final class TradingKeyspace {

    private static final List<String> BASES = List.of(
            "BTC", "ETH", "SOL", "XRP", "ADA", "DOGE", "AVAX", "LINK", "AAPL", "MSFT", "NVDA", "TSLA", "EUR", "GBP",
            "XAU", "CL");
    private static final List<String> QUOTES = List.of("USD", "USDT", "EUR", "BTC", "JPY", "GBP");
    private static final List<String> VENUES = List.of("XNAS", "XNYS", "BATS", "CBSE", "KRKN", "BNCE", "XLON");
    private static final List<String> STATUS = List.of("NEW", "PARTIALLY_FILLED", "FILLED", "CANCELED", "REJECTED");
    private static final List<String> SYMBOLS = IntStream.range(0, 2_000)
            .mapToObj(i -> BASES.get(i / QUOTES.size() % BASES.size()) + (i < 96 ? "" : Integer.toString(i / 96)) + "-"
                    + QUOTES.get(i % QUOTES.size()))
            .toList();
    private static final long START_MILLIS = 1_717_750_000_000L;
    private static final int LEVELS = 500;

    private final WireConnection connection;
    private final double scale;
    private final Random random = new Random(20_240_607);

    private TradingKeyspace(WireConnection connection, double scale) {
        this.connection = connection;
        this.scale = scale;
    }

    /// @param scale 1 for about 2,006,400 keys
    static void fill(WireConnection connection, double scale) {
        TradingKeyspace keyspace = new TradingKeyspace(connection, scale);
        keyspace.strings();
        keyspace.small();
        keyspace.books();
        keyspace.events();
    }

    private void strings() {
        send(
                500_000,
                i -> List.of(
                        "SET",
                        "quote:" + symbol(i) + ":" + VENUES.get(i / SYMBOLS.size() % VENUES.size()) + ":" + i,
                        String.format(
                                Locale.ROOT,
                                "{\"symbol\":\"%s\",\"venue\":\"XNAS\",\"bid\":%.4f,\"ask\":%.4f,\"bidSize\":%d,\"askSize\":%d,\"ts\":%d,\"seq\":%d}",
                                symbol(i),
                                random.nextDouble(1_000),
                                random.nextDouble(1_000),
                                random.nextInt(1, 5_000),
                                random.nextInt(1, 5_000),
                                START_MILLIS + i * 7L,
                                i * 13L)));
        send(
                200_000,
                i -> List.of(
                        "SET",
                        "last:" + symbol(i) + ":" + i / SYMBOLS.size(),
                        Integer.toString(random.nextInt(1, 10_000_000))));
        send(
                200_000,
                i -> List.of(
                        "SET",
                        "session:" + hex(1),
                        hex(4),
                        "EX",
                        Integer.toString(86_400 * 3_650 + random.nextInt(60, 86_400))));
        send(20_000, i -> List.of("SET", "lock:" + symbol(i) + ":" + i, "1"));
    }

    private void small() {
        send(
                600_000,
                i -> List.of(
                        "HSET",
                        "order:" + (1_000_000_000L + i * 17L),
                        "sym",
                        anySymbol(),
                        "side",
                        random.nextBoolean() ? "BUY" : "SELL",
                        "px",
                        price(),
                        "qty",
                        Integer.toString(random.nextInt(1, 10_000)),
                        "filled",
                        Integer.toString(random.nextInt(100)),
                        "status",
                        STATUS.get(random.nextInt(STATUS.size())),
                        "acct",
                        Integer.toString(random.nextInt(1, 50_000)),
                        "tif",
                        "GTC",
                        "ts",
                        Long.toString(START_MILLIS + i * 11L)));
        send(
                150_000,
                i -> with(
                        List.of("HSET", "pos:" + i % 50_000 + ":" + i / 50_000),
                        i % 1_000 == 0 ? 400 : 3,
                        _ -> List.of(anySymbol(), random.nextInt(-5_000, 5_000) + "@" + price())));
        send(
                120_000,
                i -> with(
                        List.of("SADD", "acct:" + i + ":open"),
                        i % 500 == 0 ? 900 : random.nextInt(2, 13),
                        _ -> List.of(Long.toString(1_000_000_000L + random.nextInt(600_000) * 17L))));
        send(30_000, i -> with(List.of("SADD", "watch:" + i), random.nextInt(3, 21), _ -> List.of(anySymbol())));
        send(
                100_000,
                i -> with(
                        List.of("ZADD", "risk:" + i + ":exposure"),
                        random.nextInt(3, 16),
                        _ -> List.of(price(), anySymbol())));
    }

    private void books() {
        for (String side : List.of("bids", "asks")) {
            int step = side.equals("bids") ? -1 : 1;
            send(1_600, i -> {
                int middle = 10_000 + i * 5_000;
                return with(List.of("ZADD", "book:" + symbol(i) + ":" + side), LEVELS, level -> {
                    String price = Integer.toString(middle + step * (level + 1));
                    return List.of(price, price);
                });
            });
            send(1_600, i -> {
                int middle = 10_000 + i * 5_000;
                return with(
                        List.of("HSET", "book:" + symbol(i) + ":" + side + ":qty"),
                        LEVELS,
                        level -> List.of(
                                Integer.toString(middle + step * (level + 1)),
                                Integer.toString(random.nextInt(1, 100_000))));
            });
        }
    }

    private void events() {
        send(
                60_000,
                i -> with(
                        List.of("RPUSH", "trades:" + symbol(i) + ":" + i / SYMBOLS.size()),
                        random.nextInt(5, 41),
                        j -> List.of(START_MILLIS + j * 3L + "|" + price() + "|" + random.nextInt(1, 1_000) + "|B")));
        for (int stream = 0; stream < count(20_000); stream++) {
            String key = "md:" + symbol(stream) + ":" + stream / SYMBOLS.size();
            long[] at = {START_MILLIS};
            send(random.nextInt(20, 61) / scale, _ -> {
                at[0] += random.nextInt(1, 500);
                return List.of(
                        "XADD",
                        key,
                        at[0] + "-0",
                        "p",
                        price(),
                        "q",
                        Integer.toString(random.nextInt(1_000)),
                        "s",
                        "B");
            });
            if (stream % 20 == 0) {
                connection.call("XGROUP", "CREATE", key, "strategy", "0").orThrow();
                connection
                        .call("XREADGROUP", "GROUP", "strategy", "c1", "COUNT", "10", "STREAMS", key, ">")
                        .orThrow();
            }
        }
    }

    private int count(double atFullScale) {
        return (int) Math.max(1, Math.round(atFullScale * scale));
    }

    private void send(double atFullScale, IntFunction<List<String>> command) {
        connection.pipelineAll(
                IntStream.range(0, count(atFullScale))
                        .mapToObj(i -> Command.of(command.apply(i).toArray(String[]::new)))
                        .iterator(),
                Reply::orThrow);
    }

    private static List<String> with(List<String> start, int count, IntFunction<List<String>> more) {
        List<String> command = new ArrayList<>(start);
        for (int i = 0; i < count; i++) {
            command.addAll(more.apply(i));
        }
        return command;
    }

    private static String symbol(int i) {
        return SYMBOLS.get(i % SYMBOLS.size());
    }

    private String anySymbol() {
        return symbol(random.nextInt(SYMBOLS.size()));
    }

    private String price() {
        return String.format(Locale.ROOT, "%.4f", random.nextDouble(1_000));
    }

    private String hex(int longs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < longs; i++) {
            text.append(String.format("%016x", random.nextLong()));
        }
        return text.toString();
    }
}
