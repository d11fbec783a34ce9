package io.cachewright.lab.market;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// Events with their distances from the first one divided by a speed.
final class ScaledEvents implements Iterator<MarketEvent> {

    private final Iterator<MarketEvent> events;
    private final double speed;
    private boolean started;
    private long firstNanos;

    ScaledEvents(Iterator<MarketEvent> events, double speed) {
        this.events = events;
        this.speed = speed;
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public MarketEvent next() {
        if (!events.hasNext()) {
            throw new NoSuchElementException();
        }
        MarketEvent event = events.next();
        if (!started) {
            started = true;
            firstNanos = event.receivedNanos();
        }
        long elapsedNanos = (long) ((event.receivedNanos() - firstNanos) / speed);
        return event.replayedAs(event.instrument(), firstNanos + elapsedNanos);
    }
}
