package io.cachewright.lab.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/// A market made up from a seed, for when no recording is at hand. It never ends, and the same seed gives
/// the same events.
///
/// What makes it like the real thing is its rhythm (see [SyntheticRhythm]): bursts that hit every instrument in the
/// same milliseconds. The mix of messages, the number of levels in a delta and the share of deletions follow what a
/// busy crypto venue was seen to send.
public final class SyntheticMarket implements MarketEvents {

    /// A Monday at the New York open.
    private static final long OPEN_NANOS = Instant.parse("2026-01-05T14:30:00Z").getEpochSecond() * 1_000_000_000L;

    private static final String VENUE = "XLAB";

    /// Names, opening prices in cents and share of the activity: a few busy instruments and many quiet ones.
    private static final List<Listing> USUAL = List.of(
            listing("BTCUSD", 61_837_00, 1, 50),
            listing("ETHUSD", 2_684_00, 1, 45),
            listing("SOLUSD", 154_30, 1, 35),
            listing("ESH6", 6_912_25, 25, 45),
            listing("NQH6", 25_310_50, 25, 35),
            listing("AAPL", 271_40, 1, 30),
            listing("NVDA", 188_85, 1, 35),
            listing("MSFT", 483_60, 1, 25));

    private final long seed;
    private final List<Listing> listings;

    /// A market of these listings.
    public SyntheticMarket(long seed, List<Listing> listings) {
        if (listings.isEmpty()) {
            throw new IllegalArgumentException("a market lists something");
        }
        this.seed = seed;
        this.listings = List.copyOf(listings);
    }

    /// Eight well-known instruments, 500 levels a side, some 300 events a second altogether.
    public static SyntheticMarket usual(long seed) {
        return new SyntheticMarket(seed, USUAL);
    }

    private static Listing listing(String symbol, long openingCents, long tick, int eventsPerSecond) {
        return new Listing(new Instrument(VENUE, symbol, 2, 3), openingCents, tick, 500, eventsPerSecond);
    }

    public List<Listing> listings() {
        return listings;
    }

    @Override
    public String description() {
        return "synthetic market of " + listings.size() + " instruments, seed " + seed;
    }

    @Override
    public Iterator<MarketEvent> open() {
        var random = new SplittableRandom(seed);
        List<SyntheticInstrument> instruments = new ArrayList<>();
        for (Listing listing : listings) {
            instruments.add(new SyntheticInstrument(listing, random.split()));
        }
        return new SyntheticEvents(OPEN_NANOS, instruments, new SyntheticRhythm(random.split(), listings.size()));
    }
}
