package io.cachewright.sizing.server;

import java.util.SplittableRandom;

/// What a server remembers of each key's use, in 24 bits: for LRU the second of the last access; for LFU a minute and a
/// counter that grows ever less likely and decays. Source: `evict.c` (`LFULogIncr`, `LFUDecrAndReturn`,
/// `estimateObjectIdleTime`).
final class UsageStamps {

    private static final int LRU_CLOCK_MAX = (1 << 24) - 1;
    private static final int MINUTES_MASK = 0xFFFF;
    private static final int COUNTER_INITIAL = 5;
    private static final int COUNTER_MAX = 255;

    private final int[] stamp;
    private final boolean countsUses;
    private final int logFactor;
    private final int decayMinutes;
    private final SplittableRandom random;
    private int lruClock;
    private int minutes;

    UsageStamps(int keyCount, boolean countsUses, ServerTraits traits, SplittableRandom random) {
        this.stamp = new int[keyCount];
        this.countsUses = countsUses;
        this.logFactor = traits.lfuLogFactor();
        this.decayMinutes = traits.lfuDecayMinutes();
        this.random = random;
    }

    /// The server's housekeeping moves its clocks; in between they stand.
    void tick(long nowMillis) {
        lruClock = (int) (Math.floorDiv(nowMillis, 1_000L) & LRU_CLOCK_MAX);
        minutes = (int) (Math.floorDiv(nowMillis, 60_000L) & MINUTES_MASK);
    }

    /// A key that was not there is stored.
    void create(int key) {
        stamp[key] = countsUses ? packed(COUNTER_INITIAL) : lruClock;
    }

    void touch(int key) {
        stamp[key] = countsUses ? packed(incremented(decayed(key))) : lruClock;
    }

    /// The higher, the sooner the key goes: seconds idle, or how rarely it is used.
    long score(int key) {
        return countsUses ? COUNTER_MAX - decayed(key) : (lruClock - stamp[key]) & LRU_CLOCK_MAX;
    }

    private int packed(int counter) {
        return (minutes << 8) | counter;
    }

    private int decayed(int key) {
        int counter = stamp[key] & COUNTER_MAX;
        if (decayMinutes == 0) {
            return counter;
        }
        int since = stamp[key] >>> 8;
        int elapsed = minutes >= since ? minutes - since : MINUTES_MASK - since + minutes;
        return Math.max(0, counter - elapsed / decayMinutes);
    }

    private int incremented(int counter) {
        if (counter == COUNTER_MAX) {
            return counter;
        }
        double base = Math.max(0, counter - COUNTER_INITIAL);
        return random.nextDouble() < 1 / (base * logFactor + 1) ? counter + 1 : counter;
    }
}
