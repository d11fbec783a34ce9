package io.cachewright.sizing.policy;

/// Finds the size of W-TinyLFU's window, period by period, from the hits it brings.
///
/* Small caches climb by the hit ratio [1]: the window goes on in a direction as long as hits do not become fewer, else turns; steps
 * become smaller, so that it comes to rest, and start large again when the ratio moves by 5 points, since other accesses are coming then. In caches of a few
 * hundred entries a period is too short to judge by: they wait up to four times as long.
 * In caches of more than 4,096 entries both parts have hits enough to be compared within one period [2]: the part with more hits a
 * byte grows, by the logarithm of how many more. What Caffeine does beyond that (probes out of a window that has no hits at
 * all, audits of a window at rest) is left out.
 * [1] G. Einziger et al., Adaptive Software Cache Management, Middleware 2018; the numbers are Caffeine's.
 * [2] Caffeine 3.3, as its authors describe it. */
final class WindowClimber {

    private static final double FIRST_STEP = 0.0625;
    private static final double DECAY = 0.98;
    private static final double RESTART = 0.05;
    private static final int FEW_ENTRIES = 512;
    private static final double FEW_ENTRIES_DECAY = 0.995;
    private static final double FEW_ENTRIES_PERIODS_MAX = 4;

    private static final int MANY_ENTRIES = 4_096;
    private static final int MANY_ENTRIES_PERIOD = 4;
    private static final double GAIN = 0.03;
    private static final double STEP_MAX = 0.30;
    private static final double WINDOW_MIN = 0.02;
    /// One hit in 8,192 accesses: what a part without hits is taken to have.
    private static final double HIT_SHARE_MIN = 1.0 / 8_192;

    private final long capacity;
    private final long period;
    private final double firstStep;
    private final boolean hasFewEntries;
    private final boolean hasManyEntries;
    private double step;
    private double lastHitRatio;
    private long accesses;
    private long hits;
    private long windowHits;

    /// @param sketchPeriod accesses between two halvings of the frequency sketch
    WindowClimber(long capacity, int expectedEntries, long sketchPeriod) {
        this.capacity = capacity;
        this.firstStep = Math.max(1, FIRST_STEP * capacity);
        this.hasFewEntries = expectedEntries <= FEW_ENTRIES;
        this.hasManyEntries = expectedEntries > MANY_ENTRIES;
        this.period = hasManyEntries ? (long) MANY_ENTRIES_PERIOD * expectedEntries : sketchPeriod;
        this.step = hasFewEntries ? firstStep : -firstStep;
    }

    void hit(boolean inWindow) {
        hits++;
        windowHits += inWindow ? 1 : 0;
    }

    /// To be called after each access.
    ///
    /// @return bytes by which the window should now grow, negative for shrink
    long moveOf(long windowBytes) {
        if (++accesses < period || isTooEarly()) {
            return 0;
        }
        double move = hasManyEntries ? byDensity(windowBytes) : byHitRatio();
        accesses = 0;
        hits = 0;
        windowHits = 0;
        return (long) move;
    }

    private boolean isTooEarly() {
        return hasFewEntries && accesses < period * Math.clamp(firstStep / Math.abs(step), 1, FEW_ENTRIES_PERIODS_MAX);
    }

    private double byHitRatio() {
        double hitRatio = (double) hits / accesses;
        double change = hitRatio - lastHitRatio;
        double move = change >= 0 ? step : -step;
        step = Math.abs(change) >= RESTART
                ? Math.copySign(firstStep, move)
                : move * (hasFewEntries ? FEW_ENTRIES_DECAY : DECAY);
        lastHitRatio = hitRatio;
        return move;
    }

    private double byDensity(long windowBytes) {
        double least = HIT_SHARE_MIN * accesses;
        double inWindow = Math.max(least, (double) windowHits) / Math.max(1, windowBytes);
        double inMain = Math.max(least, (double) (hits - windowHits)) / Math.max(1, capacity - windowBytes);
        double move = Math.clamp(GAIN * Math.log(inWindow / inMain), -STEP_MAX, STEP_MAX) * capacity;
        return Math.max(move, WINDOW_MIN * capacity - windowBytes);
    }
}
