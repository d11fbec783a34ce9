package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A stretch of a source. What came before is folded into the books, which open the stretch as snapshots; so the
/// deltas that follow apply to them without a gap.
final class WindowedEvents implements Iterator<MarketEvent> {

    private final Iterator<MarketEvent> events;
    private final Deque<MarketEvent> ready = new ArrayDeque<>();
    private final long endNanos;
    private boolean ended;

    WindowedEvents(Iterator<MarketEvent> events, Duration from, Duration length) {
        this.events = events;
        @Nullable MarketEvent first = null;
        Map<Instrument, OrderBook> books = new LinkedHashMap<>();
        long startNanos = 0;
        while (events.hasNext()) {
            MarketEvent event = events.next();
            if (first == null) {
                first = event;
                startNanos = event.receivedNanos() + from.toNanos();
            }
            if (event.receivedNanos() >= startNanos) {
                first = event;
                break;
            }
            fold(books, event);
            first = event;
        }
        this.endNanos = startNanos + length.toNanos();
        if (first == null || first.receivedNanos() < startNanos) {
            ended = true;
            return;
        }
        for (OrderBook book : books.values()) {
            if (book.isInStep()) {
                ready.add(book.snapshot(startNanos));
            }
        }
        offer(first);
    }

    private static void fold(Map<Instrument, OrderBook> books, MarketEvent event) {
        switch (event) {
            case BookSnapshot snapshot -> book(books, snapshot.instrument()).apply(snapshot);
            case BookDelta delta -> {
                OrderBook.Outcome _ = book(books, delta.instrument()).apply(delta);
            }
            case TopOfBook _, Trade _ -> {}
        }
    }

    private static OrderBook book(Map<Instrument, OrderBook> books, Instrument instrument) {
        return books.computeIfAbsent(instrument, key -> new OrderBook(key, OrderBook.DEPTH_UNLIMITED));
    }

    private void offer(MarketEvent event) {
        if (event.receivedNanos() < endNanos) {
            ready.add(event);
        } else {
            ended = true;
        }
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && !ended && events.hasNext()) {
            offer(events.next());
        }
        return !ready.isEmpty();
    }

    @Override
    public MarketEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.removeFirst();
    }
}
