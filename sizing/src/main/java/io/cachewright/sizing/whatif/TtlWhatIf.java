package io.cachewright.sizing.whatif;

import io.cachewright.sizing.trace.Trace;
import java.time.Duration;
import java.util.Arrays;

/// What other times to live would do, memory being no matter.
///
/// Reads load what they miss. Writes of the trace are taken as changes at the origin: where the cache is
/// not told of them ([Writes#UNSEEN]) a value that was loaded before is stale until it expires, is
/// deleted or is loaded anew.
public final class TtlWhatIf {

    /// Whether a write reaches the cache.
    public enum Writes {
        /// The value is stored in the cache, with a new time to live.
        STORED,
        /// Only the origin changes.
        UNSEEN
    }

    /// @param reads accesses that looked a key up
    /// @param hitRatio 0 to 1
    /// @param staleReadShare hits on stale values among all reads, 0 to 1
    /// @param staleMean how long the values of stale reads had been stale, on average
    /// @param staleMax the longest of them
    /// @param expiries values whose time to live ended within the trace
    /// @param expiriesPerSecondMax in the worst second
    /// @param loadsPerSecondMax misses in the worst second, which the origin sees
    public record Outcome(
            long reads,
            double hitRatio,
            double staleReadShare,
            Duration staleMean,
            Duration staleMax,
            long expiries,
            long expiriesPerSecondMax,
            long loadsPerSecondMax) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final Trace trace;
    private final TtlRule rule;
    private final Writes writes;
    private final boolean[] isCached;
    private final long[] expiresAt;
    private final long[] staleSince;
    private final PerSecond expiries = new PerSecond();
    private final PerSecond loads = new PerSecond();
    private long hits;
    private long staleReads;
    private double staleMicros;
    private long staleMicrosMax;

    private TtlWhatIf(Trace trace, TtlRule rule, Writes writes) {
        this.trace = trace;
        this.rule = rule;
        this.writes = writes;
        this.isCached = new boolean[trace.keyCount()];
        this.expiresAt = new long[trace.keyCount()];
        this.staleSince = new long[trace.keyCount()];
        Arrays.fill(staleSince, NEVER);
    }

    public static Outcome of(Trace trace, TtlRule rule, Writes writes) {
        return new TtlWhatIf(trace, rule, writes).run();
    }

    private Outcome run() {
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            long now = trace.timeMicros(access);
            expire(key, now);
            switch (trace.operation(access)) {
                case READ -> read(access, key, now);
                case WRITE -> write(access, key, now);
                case DELETE -> isCached[key] = false;
            }
        }
        if (trace.length() > 0) {
            long end = trace.timeMicros(trace.length() - 1);
            for (int key = 0; key < trace.keyCount(); key++) {
                expire(key, end);
            }
        }
        return outcome();
    }

    private void expire(int key, long now) {
        if (isCached[key] && expiresAt[key] < now) {
            isCached[key] = false;
            expiries.add(expiresAt[key]);
        }
    }

    private void read(int access, int key, long now) {
        if (!isCached[key]) {
            loads.add(now);
            store(access, key, now);
            return;
        }
        hits++;
        if (staleSince[key] != NEVER) {
            long stale = now - staleSince[key];
            staleReads++;
            staleMicros += stale;
            staleMicrosMax = Math.max(staleMicrosMax, stale);
        }
    }

    private void write(int access, int key, long now) {
        switch (writes) {
            case STORED -> store(access, key, now);
            case UNSEEN -> {
                if (isCached[key] && staleSince[key] == NEVER) {
                    staleSince[key] = now;
                }
            }
        }
    }

    private void store(int access, int key, long now) {
        long ttl = rule.ttlMillis(trace, access);
        isCached[key] = true;
        expiresAt[key] = ttl == 0 ? NEVER : now + ttl * 1_000;
        staleSince[key] = NEVER;
    }

    private Outcome outcome() {
        long reads = trace.reads();
        return new Outcome(
                reads,
                reads == 0 ? 0 : (double) hits / reads,
                reads == 0 ? 0 : (double) staleReads / reads,
                micros(staleReads == 0 ? 0 : Math.round(staleMicros / staleReads)),
                micros(staleMicrosMax),
                expiries.total(),
                expiries.max(),
                loads.max());
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }
}
