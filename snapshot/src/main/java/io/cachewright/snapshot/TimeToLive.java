package io.cachewright.snapshot;

import java.time.Duration;

/// How long keys still live, in steps.
public enum TimeToLive {
    /// They never expire.
    NONE("no expiry", Long.MIN_VALUE),
    /// They should be gone.
    PASSED("passed", 0),
    MINUTE("up to 1 min", Duration.ofMinutes(1).toMillis()),
    HOUR("up to 1 h", Duration.ofHours(1).toMillis()),
    DAY("up to 1 day", Duration.ofDays(1).toMillis()),
    WEEK("up to 7 days", Duration.ofDays(7).toMillis()),
    MONTH("up to 30 days", Duration.ofDays(30).toMillis()),
    LONGER("longer", Long.MAX_VALUE);

    private static final TimeToLive[] STEPS = {PASSED, MINUTE, HOUR, DAY, WEEK, MONTH};

    private final String label;
    private final long atMostMillis;

    TimeToLive(String label, long atMostMillis) {
        this.label = label;
        this.atMostMillis = atMostMillis;
    }

    public String label() {
        return label;
    }

    /// The step of a key that expires in so many ms.
    static TimeToLive of(long millis) {
        for (TimeToLive step : STEPS) {
            if (millis <= step.atMostMillis) {
                return step;
            }
        }
        return LONGER;
    }
}
