package io.cachewright.domain.keys;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the parts of a segment are, as a hash: of their kinds, their separators, and the words as they are, unless the
/// word names one of many things.
///
/// It depends on the rest of the name in one way only: bare tickers are instruments where the name speaks of market
/// data. So there are two answers, each inferred when it is first asked for. Safe for use by several threads, who may
/// infer the same thing twice.
final class SegmentShape {

    private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

    /// Not inferred yet.
    static final long UNKNOWN = 0;

    private final String text;
    private final boolean inTag;
    private final boolean speaksOfMarketData;
    private volatile long plain = UNKNOWN;
    private volatile long inMarketData = UNKNOWN;

    SegmentShape(String text, boolean inTag) {
        this.text = text;
        this.inTag = inTag;
        this.speaksOfMarketData = UseCaseWords.speaksOfMarketData(text);
    }

    /// Whether the segment itself speaks of market data.
    boolean speaksOfMarketData() {
        return speaksOfMarketData;
    }

    /// @param marketData whether the whole name speaks of market data
    long hash(boolean marketData) {
        long known = marketData ? inMarketData : plain;
        return known == UNKNOWN ? infer(marketData) : known;
    }

    private long infer(boolean marketData) {
        long hash = hash(KeyName.parts(text, marketData, inTag));
        if (marketData) {
            inMarketData = hash;
        } else {
            plain = hash;
        }
        return hash;
    }

    private static long hash(List<KeyName.Part> parts) {
        long hash = SEED;
        for (KeyName.Part part : parts) {
            hash = mix(hash, part.kind().name().hashCode() * 2L + (part.inTag() ? 1 : 0));
            boolean counts = switch (part.kind()) {
                case SEPARATOR -> true;
                case WORD -> !part.readsLikeAnEntity();
                case INSTRUMENT, NUMBER, DATE, ID, REST -> false;
            };
            if (counts) {
                for (byte b : part.text().getBytes(StandardCharsets.UTF_8)) {
                    hash = mix(hash, b);
                }
            }
        }
        return hash == UNKNOWN ? 1 : hash;
    }

    static long mix(long hash, long value) {
        long mixed = (hash ^ value) * SEED;
        return mixed ^ (mixed >>> 29);
    }
}
