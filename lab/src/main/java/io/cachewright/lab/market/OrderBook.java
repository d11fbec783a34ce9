package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;

/// One instrument's level-2 book, followed from a snapshot through every delta, trimmed to its depth after each.
///
/// Deltas that arrive before the snapshot wait for it (a REST snapshot is older than the stream it joins). A delta
/// that does not join the one before is not applied: the book is then out of step until its next snapshot.
/// Not for use by several threads.
public final class OrderBook {

    /// Levels a side when no depth was subscribed to.
    public static final int DEPTH_UNLIMITED = Integer.MAX_VALUE;

    /// Deltas that wait for a snapshot at most: some minutes of a busy feed. Beyond it the oldest go.
    private static final int WAITING_MAX = 4_096;

    /// What became of one delta.
    public enum Outcome {
        APPLIED,
        /// There is no snapshot yet.
        WAITING,
        /// The snapshot holds it already.
        OLDER_THAN_SNAPSHOT,
        /// A message before it is missing; not applied.
        GAP,
        /// Applied, but the venue's checksum says otherwise.
        CHECKSUM_DIFFERS
    }

    private final Instrument instrument;
    private final int depth;
    private final PriceLevels bids = new PriceLevels(true);
    private final PriceLevels asks = new PriceLevels(false);
    private final Deque<BookDelta> waiting = new ArrayDeque<>();
    private boolean inStep;
    private boolean joined;
    private long sequence;

    public OrderBook(Instrument instrument, int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("depth must be positive, was " + depth);
        }
        this.instrument = instrument;
        this.depth = depth;
    }

    /// Starts over from `snapshot`, then applies the deltas that waited for it.
    public void apply(BookSnapshot snapshot) {
        bids.clear();
        asks.clear();
        setAll(bids, snapshot.bids());
        setAll(asks, snapshot.asks());
        trim();
        sequence = snapshot.sequence();
        inStep = true;
        joined = false;
        while (!waiting.isEmpty()) {
            apply(waiting.removeFirst());
        }
    }

    public Outcome apply(BookDelta delta) {
        if (!inStep) {
            if (waiting.size() == WAITING_MAX) {
                waiting.removeFirst();
            }
            waiting.addLast(delta);
            return Outcome.WAITING;
        }
        return switch (delta.continuity()) {
            case Continuity.Range(long first, long last) ->
                last <= sequence
                        ? Outcome.OLDER_THAN_SNAPSHOT
                        : applyIf(joined ? first == sequence + 1 : first <= sequence + 1, delta);
            // The first message after a snapshot may end at the snapshot's own id; later ones name the id before.
            case Continuity.Linked(long previous, long last) ->
                last < sequence
                        ? Outcome.OLDER_THAN_SNAPSHOT
                        : applyIf(joined ? previous == sequence : previous <= sequence, delta);
            case Continuity.Checksum(long crc32) -> {
                set(delta);
                yield BookChecksum.of(this) == crc32 ? Outcome.APPLIED : Outcome.CHECKSUM_DIFFERS;
            }
            case Continuity.None() -> {
                if (delta.sequence() <= sequence) {
                    yield Outcome.OLDER_THAN_SNAPSHOT;
                }
                set(delta);
                yield Outcome.APPLIED;
            }
        };
    }

    private Outcome applyIf(boolean joins, BookDelta delta) {
        if (!joins) {
            inStep = false;
            return Outcome.GAP;
        }
        set(delta);
        return Outcome.APPLIED;
    }

    private void set(BookDelta delta) {
        setAll(bids, delta.bids());
        setAll(asks, delta.asks());
        trim();
        sequence = delta.sequence();
        joined = true;
    }

    private static void setAll(PriceLevels side, Levels levels) {
        for (int i = 0; i < levels.size(); i++) {
            side.set(levels.price(i), levels.quantity(i));
        }
    }

    private void trim() {
        bids.trim(depth);
        asks.trim(depth);
    }

    public Instrument instrument() {
        return instrument;
    }

    /// Whether a snapshot was applied and every delta since joined the one before.
    public boolean isInStep() {
        return inStep;
    }

    /// The venue's id of the last message applied.
    public long sequence() {
        return sequence;
    }

    public int bidCount() {
        return bids.size();
    }

    public int askCount() {
        return asks.size();
    }

    /// The best `count` bids, highest first; fewer when the book is shallower.
    public Levels bids(int count) {
        return bids.top(count);
    }

    /// The best `count` asks, lowest first.
    public Levels asks(int count) {
        return asks.top(count);
    }

    /// The quantity bid at `price`, zero when there is no such level.
    public long bidQuantityAt(long price) {
        return bids.quantityAt(price);
    }

    /// The quantity asked at `price`, zero when there is no such level.
    public long askQuantityAt(long price) {
        return asks.quantityAt(price);
    }

    /// Whether the best bid is at or above the best ask: a torn or stale book.
    public boolean isCrossed() {
        return bids.size() > 0 && asks.size() > 0 && bids.price(0) >= asks.price(0);
    }

    /// This book as a snapshot taken at `receivedNanos`.
    public BookSnapshot snapshot(long receivedNanos) {
        return new BookSnapshot(instrument, receivedNanos, sequence, bids.top(bids.size()), asks.top(asks.size()));
    }
}
