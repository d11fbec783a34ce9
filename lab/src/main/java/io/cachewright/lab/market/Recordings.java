package io.cachewright.lab.market;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Captured feeds of real venues, where they are on this machine. They are not part of the project: everything that
/// wants them does without when [#find()] is empty.
public final class Recordings {

    /// Names the directory that holds `market/`; wins over the search.
    public static final String ENVIRONMENT_VARIABLE = "CACHEWRIGHT_DATA";

    /// Quantities keep eight decimals: far levels hold old orders with more than the five of today's lot size.
    private static final Instrument BTCUSDT_SPOT = new Instrument("BINANCE", "BTCUSDT", 2, 8);
    private static final Instrument BTCUSDT_PERPETUAL = new Instrument("BINANCEF", "BTCUSDT", 2, 3);

    private final Path market;

    private Recordings(Path market) {
        this.market = market;
    }

    /// The recordings named by the environment, or in `shared/data` beside this directory or one of its parents.
    public static Optional<Recordings> find() {
        return find(System.getenv(), Path.of("").toAbsolutePath());
    }

    static Optional<Recordings> find(Map<String, String> environment, Path from) {
        @Nullable String named = environment.get(ENVIRONMENT_VARIABLE);
        if (named != null) {
            return in(Path.of(named));
        }
        for (@Nullable Path directory = from; directory != null; directory = directory.getParent()) {
            Optional<Recordings> found = in(directory.resolve("shared").resolve("data"));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Recordings> in(Path data) {
        Path market = data.resolve("market");
        return Files.isDirectory(market) ? Optional.of(new Recordings(market)) : Optional.empty();
    }

    /// Binance spot BTCUSDT: 11 minutes over a midnight, with its REST snapshot.
    public MarketEvents binanceSpot() {
        return recording(
                "Binance spot BTCUSDT, 8 to 9 August 2024",
                () -> new BinanceFeed(BTCUSDT_SPOT),
                "binance-spot-btcusdt-20240808.gz",
                "binance-spot-btcusdt-20240809.gz");
    }

    /// Binance USD-M perpetual BTCUSDT: 345 s, peak second 2,466 messages.
    public MarketEvents binancePerpetual() {
        return recording(
                "Binance perpetual BTCUSDT, 8 August 2024",
                () -> new BinanceFeed(BTCUSDT_PERPETUAL),
                "binance-usdm-btcusdt-20240808.gz");
    }

    /// Kraken: ten pairs, 1,000 levels a side, a checksum on each update.
    public MarketEvents kraken() {
        return recording("Kraken, ten pairs, 17 April 2021", KrakenFeed::new, "kraken-book.gz");
    }

    /// Coinbase level 2 and matches: ten pairs.
    public MarketEvents coinbase() {
        return recording("Coinbase, ten pairs, 17 April 2021", CoinbaseFeed::new, "coinbase-level2.gz");
    }

    /// Bybit: 25 levels a side, eight pairs.
    public MarketEvents bybit() {
        return recording("Bybit, 17 April 2021", BybitFeed::new, "bybit-orderbook.gz");
    }

    /// Bitstamp: REST books and the differences after them.
    public MarketEvents bitstamp() {
        MarketEvents books = recording("Bitstamp books", BitstampFeed::new, "bitstamp-rest-snapshots.gz");
        return books.and(recording("Bitstamp differences, 5 January 2022", BitstampFeed::new, "bitstamp-diff.gz"));
    }

    private MarketEvents recording(String description, Supplier<Feed> feed, String... files) {
        List<Path> paths = Stream.of(files).map(market::resolve).toList();
        return MarketEvents.from(description, () -> new RecordedEvents(paths, feed.get()));
    }
}
