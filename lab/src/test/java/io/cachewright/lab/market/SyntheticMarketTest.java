package io.cachewright.lab.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import io.cachewright.lab.market.OrderBook.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticMarketTest {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private static MarketEvents twoMinutes(long seed) {
        return SyntheticMarket.usual(seed).window(Duration.ZERO, TWO_MINUTES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 2026})
    void burstsAreAsSteepAsThoseOfARealVenue(long seed) {
        Map<Instrument, BurstShape> shapes =
                BurstShape.byInstrument(twoMinutes(seed).open());
        assertThat(shapes).hasSize(8).allSatisfy((instrument, shape) -> {
            assertThat(shape.peakSecond()).isBetween(3.0, 12.0);
            assertThat(shape.peakHundredMillis()).isBetween(11.0, 65.0);
            assertThat(shape.peakTenMillis()).isBetween(40.0, 436.0);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 2026})
    void burstsHitEveryInstrumentAtOnce(long seed) {
        assertThat(BurstShape.correlations(twoMinutes(seed).open()))
                .hasSize(28)
                .allSatisfy(correlation -> assertThat(correlation).isBetween(0.5, 0.9));
        BurstShape pooled = BurstShape.of(twoMinutes(seed).open());
        assertThat(pooled.peakSecond()).isGreaterThan(3.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 2026})
    void theMeanRateIsTheOneListed(long seed) {
        int listed = SyntheticMarket.usual(seed).listings().stream()
                .mapToInt(Listing::eventsPerSecond)
                .sum();
        assertThat(BurstShape.of(twoMinutes(seed).open()).meanPerSecond()).isBetween(0.7 * listed, 1.4 * listed);
    }

    @Test
    void booksFollowWithoutAGapAndNeverCross() {
        Map<Instrument, OrderBook> books = new HashMap<>();
        int levels = 0;
        int deletions = 0;
        int deltas = 0;
        int trades = 0;
        int tops = 0;
        long lastNanos = 0;
        for (Iterator<MarketEvent> events = twoMinutes(7).open(); events.hasNext(); ) {
            MarketEvent event = events.next();
            assertThat(event.receivedNanos()).isGreaterThanOrEqualTo(lastNanos);
            lastNanos = event.receivedNanos();
            OrderBook book =
                    books.computeIfAbsent(event.instrument(), key -> new OrderBook(key, OrderBook.DEPTH_UNLIMITED));
            switch (event) {
                case BookSnapshot snapshot -> book.apply(snapshot);
                case BookDelta delta -> {
                    assertThat(book.apply(delta)).isEqualTo(Outcome.APPLIED);
                    assertThat(book.isCrossed()).isFalse();
                    deltas++;
                    levels += delta.levelCount();
                    deletions += delta.bids().deletions() + delta.asks().deletions();
                }
                case TopOfBook top -> {
                    assertThat(top.bidPrice()).isLessThan(top.askPrice());
                    tops++;
                }
                case Trade _ -> trades++;
            }
        }
        assertThat(books.values()).allSatisfy(book -> {
            assertThat(book.bidCount()).isBetween(100, 1_500);
            assertThat(book.askCount()).isBetween(100, 1_500);
        });
        assertThat(levels / (double) deltas).isBetween(25.0, 70.0);
        assertThat(deletions / (double) levels).isBetween(0.14, 0.48);
        assertThat(tops).isGreaterThan(2 * trades);
        assertThat(trades).isGreaterThan(deltas);
    }

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(first(SyntheticMarket.usual(5), 5_000)).isEqualTo(first(SyntheticMarket.usual(5), 5_000));
        assertThat(first(SyntheticMarket.usual(5), 5_000)).isNotEqualTo(first(SyntheticMarket.usual(6), 5_000));
    }

    @Test
    void scalingKeepsTheEventsAndStretchesTheirTimes() {
        List<MarketEvent> own = first(SyntheticMarket.usual(5), 2_000);
        List<MarketEvent> twiceAsFast = first(SyntheticMarket.usual(5).scaled(2.0), 2_000);
        long start = own.getFirst().receivedNanos();
        for (int i = 0; i < own.size(); i++) {
            assertThat(twiceAsFast.get(i).receivedNanos() - start)
                    .isEqualTo((own.get(i).receivedNanos() - start) / 2);
            assertThat(twiceAsFast.get(i).instrument()).isEqualTo(own.get(i).instrument());
        }
    }

    /// The multiples the synthetic rhythm is held to come from these very recordings.
    @Test
    void recordedBurstsMeasureAsTheyWereMeasuredBefore() {
        var recordings = Recordings.find();
        Assumptions.assumeTrue(recordings.isPresent(), "no recordings on this machine: shared/data/market is absent");
        BurstShape perpetual = BurstShape.of(recordings.get().binancePerpetual().open());
        assertThat(perpetual.meanPerSecond()).isBetween(270.0, 275.0);
        assertThat(perpetual.peakSecond()).isBetween(8.5, 9.5);
        assertThat(perpetual.peakHundredMillis()).isBetween(40.0, 44.0);
        assertThat(perpetual.peakTenMillis()).isBetween(210.0, 225.0);
    }

    private static List<MarketEvent> first(MarketEvents source, int count) {
        List<MarketEvent> events = new ArrayList<>();
        for (Iterator<MarketEvent> all = source.open(); events.size() < count; ) {
            events.add(all.next());
        }
        return events;
    }
}
