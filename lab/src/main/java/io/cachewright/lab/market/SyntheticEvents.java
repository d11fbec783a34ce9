package io.cachewright.lab.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// Plays synthetic instruments to their rhythm, a millisecond at a time. Never ends.
final class SyntheticEvents implements Iterator<MarketEvent> {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<SyntheticInstrument> instruments;
    private final SyntheticRhythm rhythm;
    private final Deque<MarketEvent> ready = new ArrayDeque<>();
    private long nowNanos;

    SyntheticEvents(long startNanos, List<SyntheticInstrument> instruments, SyntheticRhythm rhythm) {
        this.nowNanos = startNanos;
        this.instruments = instruments;
        this.rhythm = rhythm;
        instruments.forEach(instrument -> ready.add(instrument.snapshot(startNanos)));
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public MarketEvent next() {
        while (ready.isEmpty()) {
            nowNanos += NANOS_PER_MILLI;
            rhythm.advance();
            List<MarketEvent> millisecond = new ArrayList<>();
            for (int i = 0; i < instruments.size(); i++) {
                instruments.get(i).step(nowNanos, rhythm.intensity(i), rhythm.agitation(), millisecond);
            }
            millisecond.sort(Comparator.comparingLong(MarketEvent::receivedNanos));
            ready.addAll(millisecond);
        }
        return ready.removeFirst();
    }
}
