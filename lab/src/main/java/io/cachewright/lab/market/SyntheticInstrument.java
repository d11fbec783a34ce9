package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import java.util.Collection;
import java.util.SplittableRandom;

/// One made-up instrument: a book around a wandering mid price, and the messages it sends.
final class SyntheticInstrument {

    /// Of a recorded spot stream, 68 % of the messages were best bid and ask and 24 % trades; the rest book deltas.
    private static final double TOP_SHARE = 0.62;

    private static final double TRADE_SHARE = 0.22;
    /// A delta touches 36 levels in the mean, half of them at most 20, at worst some hundreds.
    private static final double DELTA_LEVELS_MEDIAN = 20;

    private static final double DELTA_LEVELS_SPREAD = 1.05;
    private static final int DELTA_LEVELS_MAX = 600;
    private static final double DELETE_SHARE = 0.3;
    private static final long EXCHANGE_LATENCY_NANOS = 1_500_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Listing listing;
    private final SplittableRandom random;
    private final PriceLevels bids = new PriceLevels(true);
    private final PriceLevels asks = new PriceLevels(false);
    private Levels.Builder changedBids = new Levels.Builder();
    private Levels.Builder changedAsks = new Levels.Builder();
    private long sequence = 1_000_000;
    private long deltaSequence = sequence;
    private long tradeId = 1_000;
    /// In ticks; the best bid is below it, the best ask above.
    private double mid;

    SyntheticInstrument(Listing listing, SplittableRandom random) {
        this.listing = listing;
        this.random = random;
        this.mid = (double) listing.openingPrice() / listing.tick() + 0.5;
        for (int i = 0; i < listing.depth(); i++) {
            bids.set(bidPrice(i), quantity());
            asks.set(askPrice(i), quantity());
        }
    }

    BookSnapshot snapshot(long nowNanos) {
        return new BookSnapshot(
                listing.instrument(), nowNanos, deltaSequence, bids.top(bids.size()), asks.top(asks.size()));
    }

    /// Adds what happens in the millisecond that starts at `nowNanos`.
    void step(long nowNanos, double intensity, double agitation, Collection<MarketEvent> events) {
        int count = poisson(listing.eventsPerSecond() * intensity / 1000);
        for (int i = 0; i < count; i++) {
            long receivedNanos = nowNanos + (long) (NANOS_PER_MILLI * i / count);
            double kind = random.nextDouble();
            if (kind < TOP_SHARE) {
                events.add(top(receivedNanos));
            } else if (kind < TOP_SHARE + TRADE_SHARE) {
                events.add(trade(receivedNanos));
            } else {
                events.add(delta(receivedNanos, agitation));
            }
        }
    }

    /// A new quantity at the best bid or ask.
    private TopOfBook top(long receivedNanos) {
        if (random.nextBoolean()) {
            change(true, bids.price(0), quantity());
        } else {
            change(false, asks.price(0), quantity());
        }
        return new TopOfBook(
                listing.instrument(),
                receivedNanos,
                receivedNanos - EXCHANGE_LATENCY_NANOS,
                ++sequence,
                bids.price(0),
                bids.quantity(0),
                asks.price(0),
                asks.quantity(0));
    }

    private Trade trade(long receivedNanos) {
        boolean buyerIsMaker = random.nextBoolean();
        return new Trade(
                listing.instrument(),
                receivedNanos,
                receivedNanos - EXCHANGE_LATENCY_NANOS,
                ++tradeId,
                buyerIsMaker ? bids.price(0) : asks.price(0),
                quantity(),
                buyerIsMaker);
    }

    private BookDelta delta(long receivedNanos, double agitation) {
        moveMid((0.6 + 2 * agitation) * random.nextGaussian());
        int levels = (int)
                Math.min(DELTA_LEVELS_MAX, DELTA_LEVELS_MEDIAN * Math.exp(DELTA_LEVELS_SPREAD * random.nextGaussian()));
        for (int i = 0; i < levels; i++) {
            changeSomeLevel(random.nextBoolean());
        }
        long first = deltaSequence + 1;
        deltaSequence = ++sequence;
        var delta = new BookDelta(
                listing.instrument(),
                receivedNanos,
                receivedNanos - EXCHANGE_LATENCY_NANOS,
                deltaSequence,
                new Continuity.Range(first, deltaSequence),
                changedBids.build(),
                changedAsks.build());
        changedBids = new Levels.Builder();
        changedAsks = new Levels.Builder();
        return delta;
    }

    /// Levels that the mid price passes are taken out; new ones are quoted behind it.
    private void moveMid(double ticks) {
        double floor = 3.0 * listing.depth();
        mid = Math.max(floor, mid + ticks);
        while (asks.price(0) <= bidPrice(0)) {
            change(false, asks.price(0), 0);
        }
        while (bids.price(0) >= askPrice(0)) {
            change(true, bids.price(0), 0);
        }
        change(true, bidPrice(0), quantity());
        change(false, askPrice(0), quantity());
    }

    private void changeSomeLevel(boolean isBid) {
        PriceLevels side = isBid ? bids : asks;
        // Most changes are near the touch, some far out.
        int distance = 1 + (int) (random.nextExponential() * listing.depth() / 8);
        boolean isFull = side.size() >= listing.depth();
        if (distance < side.size() && random.nextDouble() < DELETE_SHARE + (isFull ? 0.12 : -0.12)) {
            change(isBid, side.price(distance), 0);
        } else {
            change(isBid, isBid ? bidPrice(distance) : askPrice(distance), quantity());
        }
    }

    private void change(boolean isBid, long price, long quantity) {
        (isBid ? bids : asks).set(price, quantity);
        (isBid ? changedBids : changedAsks).add(price, quantity);
    }

    private long bidPrice(int distance) {
        return ((long) Math.floor(mid) - distance) * listing.tick();
    }

    private long askPrice(int distance) {
        return ((long) Math.floor(mid) + 1 + distance) * listing.tick();
    }

    private long quantity() {
        return 1 + (long) (400 * random.nextExponential() * random.nextExponential());
    }

    /// A Poisson count, by multiplying uniforms: fine for the small means of a millisecond.
    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
