package io.cachewright.lab.scenario;

import static java.util.Locale.ROOT;

import io.cachewright.lab.market.Instrument;
import io.cachewright.lab.wire.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the cache of [MarketOpen] holds when the market opens: the day's orders and positions, what yesterday left
/// behind, and everything that was ever put in "just for now".
final class MarketOpenFill {

    private static final int ORDERS = 9_000;
    private static final int ACCOUNTS = 200;
    private static final int QUIET_SYMBOLS = 120;
    private static final int EXPIRED_DERIVATIVES = 6_000;
    private static final int REFERENCE_DATA = 4_000;
    private static final int QUOTES = 8_000;
    private static final int SESSIONS = 2_000;
    private static final int API_KEYS = 50;
    private static final int CLIENTS = 20_000;
    private static final int AUDIT_EVENTS = 100_000;
    private static final int ARCHIVED_TRADES = 80_000;
    private static final int STALE_LEVELS = 900;
    private static final int CANDLES = 1_440;
    private static final int EVENT_LISTS = 100;
    private static final int EVENTS_A_LIST = 40;
    /// Elements sent with one command when a large collection is built.
    private static final int CHUNK = 500;

    private final Set<Instrument> instruments;

    MarketOpenFill(Set<Instrument> instruments) {
        this.instruments = instruments;
    }

    /// Symbols that are listed and hardly trade.
    static Stream<String> quietSymbols() {
        return IntStream.range(0, QUIET_SYMBOLS).mapToObj(i -> String.format(ROOT, "SYM%03d", i));
    }

    Stream<Command> commands() {
        return Stream.of(
                        orders(),
                        risk(),
                        tickers(),
                        staleLevels(),
                        candles(),
                        expiredDerivatives(),
                        referenceData(),
                        quotes(),
                        sessions(),
                        bigKeys())
                .flatMap(part -> part);
    }

    private static Stream<Command> orders() {
        Stream<Command> orders = IntStream.rangeClosed(1, ORDERS)
                .mapToObj(i -> Command.of(
                        "SET",
                        // Yesterday's orders, numbered so that today's do not overwrite them.
                        "order:" + (1_000_000 + i),
                        String.format(
                                ROOT,
                                "{\"id\":%d,\"account\":\"A%d\",\"symbol\":\"SYM%03d\",\"price\":%d.%02d,\"qty\":%d,"
                                        + "\"leaves\":0,\"status\":\"FILLED\",\"strategy\":\"mm-7\",\"tif\":\"DAY\","
                                        + "\"text\":\"closed with the session, kept because nobody deletes it\"}",
                                1_000_000 + i,
                                i % ACCOUNTS,
                                i % QUIET_SYMBOLS,
                                20 + i % 400,
                                i % 100,
                                1 + i % 900)));
        Stream<Command> events = IntStream.range(0, EVENT_LISTS)
                .mapToObj(i -> chunked(
                                EVENTS_A_LIST,
                                List.of("RPUSH", "events:" + i),
                                n -> List.of("{\"order\":" + n + ",\"status\":\"PARTIALLY_FILLED\"}"))
                        .toList()
                        .getFirst());
        return Stream.concat(orders, events);
    }

    private static Stream<Command> risk() {
        Stream<Command> limits = IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> Command.of("SET", "limit:A" + i, Integer.toString(1_000_000 + 5_000 * i)));
        Stream<Command> positions = IntStream.range(0, ACCOUNTS * 10)
                .mapToObj(i -> Command.of(
                        "SET",
                        String.format(ROOT, "position:A%d:SYM%03d", i / 10, i % QUIET_SYMBOLS),
                        String.format(ROOT, "%d.%03d", i * 37 % 5_000 - 2_500, i % 1_000)));
        Stream<Command> sequences = IntStream.range(0, 8)
                .mapToObj(i -> Command.of("SET", "fix:DESK" + i + ":outSeqNum", Integer.toString(40_000 + i)));
        return Stream.of(limits, positions, sequences).flatMap(part -> part);
    }

    private static Stream<Command> tickers() {
        return quietSymbols().map(symbol -> Command.of("SET", "ticker:" + symbol, "101.25"));
    }

    /// What is left of levels that the market has moved away from: zero quantities nobody removed.
    private Stream<Command> staleLevels() {
        return instruments.stream()
                .flatMap(instrument -> Stream.of("bids", "asks")
                        .flatMap(side -> chunked(
                                STALE_LEVELS,
                                List.of("HSET", "levels:" + instrument.symbol() + ':' + side),
                                i -> List.of(
                                        instrument
                                                .price(100L + (side.equals("bids") ? i : 2_000 + i))
                                                .toString(),
                                        instrument
                                                .quantity(i % 5 == 0 ? 1_000 : 0)
                                                .toString()))));
    }

    private Stream<Command> candles() {
        return Stream.concat(
                        instruments.stream().map(Instrument::symbol),
                        quietSymbols().limit(12))
                .flatMap(symbol -> chunked(
                        CANDLES,
                        List.of("RPUSH", "candles:" + symbol + ":1m"),
                        i -> List.of(String.format(
                                ROOT,
                                "{\"t\":%d,\"o\":101.%02d,\"h\":101.%02d,\"l\":100.%02d,\"c\":101.%02d,\"v\":%d}",
                                1_767_571_200 + 60 * i,
                                i % 100,
                                i % 90 + 10,
                                i % 100,
                                i % 97,
                                i * 31 % 9_000))));
    }

    /// Books of contracts that expired with the first quarter of 2024.
    private static Stream<Command> expiredDerivatives() {
        return IntStream.range(0, EXPIRED_DERIVATIVES).mapToObj(i -> {
            String key = i % 6 == 0
                    ? String.format(ROOT, "fut:SYM%03d_240329:%d", i % QUIET_SYMBOLS, i)
                    : String.format(
                            ROOT, "opt:SYM%03d-29MAR24-%d-%s", i % QUIET_SYMBOLS, 10 + i, i % 2 == 0 ? "C" : "P");
            return Command.of(
                    "HSET", key, "bid", "0.05", "ask", "0.15", "iv", "0.4512", "delta", "0.2", "open_interest", "12");
        });
    }

    private static Stream<Command> referenceData() {
        return IntStream.range(0, REFERENCE_DATA)
                .mapToObj(i -> Command.ofBytes(
                        bytes("SET"), bytes("refdata:" + i), serialized(i), bytes("EX"), bytes("1800")));
    }

    /// As `ObjectOutputStream` writes a map: readable by Java only, and a way in for whoever can write the key.
    private static byte[] serialized(int i) {
        var definition = new HashMap<String, String>();
        definition.put("symbol", String.format(ROOT, "SYM%03d", i % QUIET_SYMBOLS));
        definition.put("tick", "0.01");
        definition.put("lot", "1");
        definition.put("status", "TRADING");
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Stream<Command> quotes() {
        return IntStream.range(0, QUOTES)
                .mapToObj(i -> Command.of("SET", "quote:" + i, "{\"px\":101.2,\"qty\":5.0}", "EX", "1800"));
    }

    private static Stream<Command> sessions() {
        // Made-up tokens of the shapes that scanners look for.
        Stream<Command> sessions = IntStream.range(0, SESSIONS)
                .mapToObj(i ->
                        Command.of("HSET", "session:" + token(i, 40), "user", "u" + i, "venue", "XLAB", "depth", "20"));
        Stream<Command> quotas = IntStream.range(0, API_KEYS)
                .mapToObj(i -> Command.of("SET", "apikey:AKIA" + token(i, 16).toUpperCase(ROOT) + ":quota", "100"));
        return Stream.concat(sessions, quotas);
    }

    private static String token(int seed, int length) {
        var random = new SplittableRandom(seed);
        var token = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            token.append("abcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(36)));
        }
        return token.toString();
    }

    private static Stream<Command> bigKeys() {
        Stream<Command> clients = chunked(
                CLIENTS, List.of("HSET", "clients:all"), i -> List.of("client-" + i, "desk " + i % 40 + ", active"));
        Stream<Command> audit = chunked(
                AUDIT_EVENTS,
                List.of("RPUSH", "audit:events"),
                i -> List.of(
                        "{\"n\":" + i + ",\"actor\":\"u" + i % 300 + "\",\"action\":\"amend\",\"order\":" + i + "}"));
        Stream<Command> archive = chunked(
                ARCHIVED_TRADES,
                List.of("ZADD", "trades:archive"),
                i -> List.of(
                        Long.toString(1_767_571_200_000_000_000L + 1_000_003L * i),
                        "{\"id\":" + i + ",\"symbol\":\"SYM" + i % QUIET_SYMBOLS + "\",\"price\":101.25,\"qty\":3.5}"));
        return Stream.of(clients, audit, archive).flatMap(part -> part);
    }

    /// Commands that add `count` elements, some hundred at a time.
    private static Stream<Command> chunked(int count, List<String> head, IntFunction<List<String>> element) {
        return IntStream.iterate(0, from -> from < count, from -> from + CHUNK).mapToObj(from -> {
            List<String> arguments = new ArrayList<>(head);
            for (int i = from; i < Math.min(count, from + CHUNK); i++) {
                arguments.addAll(element.apply(i));
            }
            return Command.of(arguments.toArray(String[]::new));
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
