package io.cachewright.lab.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import io.cachewright.lab.market.OrderBook.Outcome;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {

    /// What following every book of a source came to.
    private record Followed(
            Map<Instrument, OrderBook> books,
            Map<Outcome, Integer> outcomes,
            int snapshots,
            int trades,
            int tops,
            int crossed,
            int events) {
        int count(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0);
        }
    }

    private static Recordings recordings() {
        var recordings = Recordings.find();
        Assumptions.assumeTrue(recordings.isPresent(), "no recordings on this machine: shared/data/market is absent");
        return recordings.get();
    }

    private static Followed follow(MarketEvents source, int depth) {
        Map<Instrument, OrderBook> books = new HashMap<>();
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        int snapshots = 0;
        int trades = 0;
        int tops = 0;
        int crossed = 0;
        int events = 0;
        long lastNanos = Long.MIN_VALUE;
        for (Iterator<MarketEvent> all = source.open(); all.hasNext(); events++) {
            MarketEvent event = all.next();
            assertThat(event.receivedNanos()).isGreaterThanOrEqualTo(lastNanos);
            lastNanos = event.receivedNanos();
            OrderBook book = books.computeIfAbsent(event.instrument(), key -> new OrderBook(key, depth));
            switch (event) {
                case BookSnapshot snapshot -> {
                    book.apply(snapshot);
                    snapshots++;
                }
                case BookDelta delta -> {
                    outcomes.merge(book.apply(delta), 1, Integer::sum);
                    crossed += book.isCrossed() ? 1 : 0;
                }
                case TopOfBook _ -> tops++;
                case Trade _ -> trades++;
            }
        }
        return new Followed(books, outcomes, snapshots, trades, tops, crossed, events);
    }

    @Test
    void binanceSpotHasNoGapAcrossMidnight() {
        Followed followed = follow(recordings().binanceSpot(), OrderBook.DEPTH_UNLIMITED);
        assertThat(followed.count(Outcome.GAP)).isZero();
        assertThat(followed.crossed()).isZero();
        assertThat(followed.snapshots()).isOne();
        assertThat(followed.outcomes().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(3_451 + 3_044);
        assertThat(followed.tops()).isEqualTo(28_040 + 45_134);
        assertThat(followed.trades()).isEqualTo(9_757 + 10_147);
        assertThat(followed.books().values()).allMatch(OrderBook::isInStep);
    }

    @Test
    void binancePerpetualHasNoGap() {
        Followed followed = follow(recordings().binancePerpetual(), OrderBook.DEPTH_UNLIMITED);
        assertThat(followed.count(Outcome.GAP)).isZero();
        assertThat(followed.crossed()).isZero();
        assertThat(followed.tops()).isEqualTo(66_089);
        assertThat(followed.trades()).isEqualTo(21_313);
        assertThat(followed.outcomes().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(6_551);
        // Never trimmed, the book grows far past the 1,000 levels a side of its snapshot.
        OrderBook book = followed.books().values().iterator().next();
        assertThat(book.bidCount()).isGreaterThan(3_000);
    }

    @Test
    void everyKrakenChecksumAgreesOnceTheBookIsTrimmedToItsDepth() {
        Followed followed = follow(recordings().kraken(), 1_000);
        assertThat(followed.snapshots()).isEqualTo(10);
        assertThat(followed.count(Outcome.CHECKSUM_DIFFERS)).isZero();
        assertThat(followed.count(Outcome.APPLIED)).isEqualTo(4_269);
    }

    @Test
    void coinbaseBooksStayUncrossed() {
        Followed followed = follow(recordings().coinbase(), OrderBook.DEPTH_UNLIMITED);
        assertThat(followed.snapshots()).isEqualTo(10);
        assertThat(followed.count(Outcome.APPLIED)).isEqualTo(9_719);
        assertThat(followed.trades()).isEqualTo(97);
        assertThat(followed.crossed()).isZero();
    }

    @Test
    void bybitBooksKeepTheirTwentyFiveLevels() {
        Followed followed = follow(recordings().bybit(), OrderBook.DEPTH_UNLIMITED);
        assertThat(followed.count(Outcome.APPLIED)).isEqualTo(3_252);
        assertThat(followed.books().values()).allMatch(book -> book.bidCount() == 25 && book.askCount() == 25);
        assertThat(followed.crossed()).isZero();
    }

    @Test
    void bitstampDifferencesApplyToTheirRestBooks() {
        Followed followed = follow(recordings().bitstamp(), OrderBook.DEPTH_UNLIMITED);
        assertThat(followed.snapshots()).isPositive();
        assertThat(followed.count(Outcome.APPLIED)).isPositive();
    }

    @Test
    void aWindowOpensWithTheBookAsItStood() {
        MarketEvents all = recordings().binancePerpetual();
        MarketEvents window = all.window(Duration.ofSeconds(100), Duration.ofSeconds(20));
        assertThat(window.open().next()).isInstanceOf(BookSnapshot.class);
        Followed followed = follow(window, OrderBook.DEPTH_UNLIMITED);
        assertThat(followed.count(Outcome.GAP)).isZero();
        assertThat(followed.count(Outcome.WAITING)).isZero();
        assertThat(followed.count(Outcome.APPLIED)).isGreaterThan(200);
    }

    @Test
    void oneRecordingPlaysAsSeveralSymbols() {
        List<Instrument> symbols = List.of(
                new Instrument("BINANCEF", "ETHUSDT", 2, 3),
                new Instrument("BINANCEF", "SOLUSDT", 2, 3),
                new Instrument("BINANCEF", "XRPUSDT", 2, 3));
        MarketEvents played = recordings()
                .binancePerpetual()
                .window(Duration.ofSeconds(50), Duration.ofSeconds(5))
                .playedAs(symbols, Duration.ofMillis(40));
        Followed followed = follow(played, OrderBook.DEPTH_UNLIMITED);
        assertThat(followed.books()).hasSize(3);
        assertThat(followed.count(Outcome.GAP)).isZero();
        assertThat(followed.events() % 3).isZero();
    }

    @Test
    void theEnvironmentNamesTheDirectory(@TempDir Path directory) throws IOException {
        assertThat(Recordings.find(Map.of(Recordings.ENVIRONMENT_VARIABLE, directory.toString()), directory))
                .isEmpty();
        Files.createDirectories(directory.resolve("market"));
        assertThat(Recordings.find(Map.of(Recordings.ENVIRONMENT_VARIABLE, directory.toString()), directory))
                .isPresent();
    }

    @Test
    void aDirectoryBesideAParentIsFound(@TempDir Path directory) throws IOException {
        Path module = Files.createDirectories(directory.resolve("project/module"));
        Files.createDirectories(directory.resolve("shared/data/market"));
        assertThat(Recordings.find(Map.of(), module)).isPresent();
    }

    @Test
    void aBrokenLineIsNamedByFileAndNumber(@TempDir Path directory) throws IOException {
        Path market = Files.createDirectories(directory.resolve("market"));
        Path file = market.resolve("binance-usdm-btcusdt-20240808.gz");
        try (var out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII)) {
            out.write(
                    "12 {\"stream\":\"x@bookTicker\",\"data\":{\"b\":\"1.00\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}}\n");
            out.write("13 {\"stream\":\"x@bookTicker\",\"data\":{\"b\":\"1.005\"}}\n");
        }
        Iterator<MarketEvent> events = Recordings.find(
                        Map.of(Recordings.ENVIRONMENT_VARIABLE, directory.toString()), directory)
                .orElseThrow()
                .binancePerpetual()
                .open();
        assertThat(events.next()).isInstanceOf(TopOfBook.class);
        assertThatThrownBy(events::next)
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("binance-usdm")
                .hasMessageContaining("line 2");
    }
}
