package io.cachewright.lab.market;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/// Several sources as one, by time of receipt; at equal times the earlier source goes first.
final class MergedEvents implements Iterator<MarketEvent> {

    private record Head(MarketEvent event, int source) {}

    private final List<Iterator<MarketEvent>> sources;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.<Head>comparingLong(head -> head.event().receivedNanos()).thenComparingInt(Head::source));

    MergedEvents(List<Iterator<MarketEvent>> sources) {
        this.sources = List.copyOf(sources);
        for (int source = 0; source < sources.size(); source++) {
            refill(source);
        }
    }

    private void refill(int source) {
        Iterator<MarketEvent> events = sources.get(source);
        if (events.hasNext()) {
            heads.add(new Head(events.next(), source));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public MarketEvent next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        refill(head.source());
        return head.event();
    }
}
