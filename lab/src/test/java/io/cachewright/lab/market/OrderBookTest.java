package io.cachewright.lab.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.OrderBook.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OrderBookTest {

    private static final Instrument INSTRUMENT = new Instrument("TEST", "ABC", 2, 3);

    private static BookSnapshot snapshot(long sequence) {
        return new BookSnapshot(INSTRUMENT, 0, sequence, Levels.of(100, 5, 99, 5), Levels.of(101, 5, 102, 5));
    }

    private static BookDelta delta(Continuity continuity, long last, Levels bids) {
        return new BookDelta(INSTRUMENT, 0, 0, last, continuity, bids, Levels.NONE);
    }

    @Test
    void appliesAbsoluteQuantitiesAndDropsZeroLevels() {
        var book = new OrderBook(INSTRUMENT, 10);
        book.apply(snapshot(7));
        assertThat(book.apply(delta(new Continuity.Range(8, 9), 9, Levels.of(100, 0, 98, 4))))
                .isEqualTo(Outcome.APPLIED);
        assertThat(book.bids(10)).isEqualTo(Levels.of(99, 5, 98, 4));
        assertThat(book.sequence()).isEqualTo(9);
        assertThat(book.bidQuantityAt(98)).isEqualTo(4);
        assertThat(book.askQuantityAt(98)).isZero();
    }

    @Test
    void aGapStopsTheBookUntilTheNextSnapshot() {
        var book = new OrderBook(INSTRUMENT, 10);
        book.apply(snapshot(7));
        assertThat(book.apply(delta(new Continuity.Range(9, 9), 9, Levels.of(98, 4))))
                .isEqualTo(Outcome.GAP);
        assertThat(book.isInStep()).isFalse();
        assertThat(book.apply(delta(new Continuity.Range(10, 10), 10, Levels.of(98, 4))))
                .isEqualTo(Outcome.WAITING);
        book.apply(snapshot(9));
        assertThat(book.isInStep()).isTrue();
        assertThat(book.sequence()).isEqualTo(10);
    }

    @Test
    void aLinkThatDoesNotMatchIsAGap() {
        var book = new OrderBook(INSTRUMENT, 10);
        book.apply(snapshot(50));
        assertThat(book.apply(delta(new Continuity.Linked(45, 60), 60, Levels.of(98, 4))))
                .isEqualTo(Outcome.APPLIED);
        assertThat(book.apply(delta(new Continuity.Linked(59, 70), 70, Levels.of(98, 3))))
                .isEqualTo(Outcome.GAP);
    }

    @Test
    void oldDeltasAreNotAppliedAgain() {
        var book = new OrderBook(INSTRUMENT, 10);
        book.apply(snapshot(7));
        assertThat(book.apply(delta(new Continuity.Range(5, 7), 7, Levels.of(98, 4))))
                .isEqualTo(Outcome.OLDER_THAN_SNAPSHOT);
        assertThat(book.bidCount()).isEqualTo(2);
    }

    @Test
    void depthIsTrimmedAfterEachMessage() {
        var book = new OrderBook(INSTRUMENT, 2);
        book.apply(snapshot(7));
        book.apply(delta(new Continuity.Range(8, 8), 8, Levels.of(1_00, 1, 1_01, 1)));
        assertThat(book.bids(10)).isEqualTo(Levels.of(101, 1, 100, 1));
        assertThat(book.isCrossed()).isTrue();
    }

    @Test
    void aSnapshotOfABookRebuildsIt() {
        var book = new OrderBook(INSTRUMENT, 10);
        book.apply(snapshot(7));
        book.apply(delta(new Continuity.Range(8, 8), 8, Levels.of(97, 3)));
        var copy = new OrderBook(INSTRUMENT, 10);
        copy.apply(book.snapshot(3));
        assertThat(copy.bids(10)).isEqualTo(book.bids(10));
        assertThat(copy.asks(10)).isEqualTo(book.asks(10));
        assertThat(copy.sequence()).isEqualTo(8);
    }

    @Property
    void sidesAgreeWithATreeMap(@ForAll @Size(max = 600) List<@IntRange(min = 0, max = 4_000) Integer> steps) {
        var side = new PriceLevels(true);
        NavigableMap<Long, Long> model = new TreeMap<>(Comparator.reverseOrder());
        for (int step : steps) {
            long price = step % 400;
            long quantity = step % 7 == 0 ? 0 : step;
            side.set(price, quantity);
            if (quantity == 0) {
                model.remove(price);
            } else {
                model.put(price, quantity);
            }
        }
        assertThat(side.size()).isEqualTo(model.size());
        int index = 0;
        for (var level : model.entrySet()) {
            assertThat(side.price(index)).isEqualTo(level.getKey());
            assertThat(side.quantity(index++)).isEqualTo(level.getValue());
        }
    }
}
