package io.cachewright.lab.market;

/// One instrument of a synthetic market.
///
/// @param openingPrice mid price at the start, at the instrument's price scale
/// @param tick smallest price step, at the same scale
/// @param depth levels a side
/// @param eventsPerSecond mean over a long stretch, bursts included
public record Listing(Instrument instrument, long openingPrice, long tick, int depth, int eventsPerSecond) {

    public Listing {
        if (tick < 1 || depth < 1 || eventsPerSecond < 1) {
            throw new IllegalArgumentException("tick, depth and eventsPerSecond must be positive");
        }
        if (openingPrice / tick <= 4L * depth) {
            throw new IllegalArgumentException(instrument.id() + ": " + depth + " levels of " + tick
                    + " do not fit below an opening price of " + openingPrice);
        }
    }
}
