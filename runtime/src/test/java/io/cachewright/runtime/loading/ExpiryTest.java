package io.cachewright.runtime.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.cachewright.domain.policy.LoadLimits;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// When values expire and when they are loaded anew before.
class ExpiryTest {

    private static final long TTL_MILLIS = 60_000;
    private static final long LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static LoadLimits.Builder limits() {
        return LoadLimits.builder(Duration.ofMillis(TTL_MILLIS));
    }

    @Property
    void jitterShortensByTheShareAtMost(
            @ForAll @LongRange(min = 1, max = 1L << 40) long ttl, @ForAll @DoubleRange(max = 0.5) double share) {
        long shortened = TtlJitter.shorten(ttl, share, new SplittableRandom(ttl));
        assertThat(shortened).isBetween(Math.max(1, (long) (ttl * (1 - share)) - 1), ttl);
    }

    /// F16, its second half: 100,000 keys that were loaded together.
    @Test
    void aHundredThousandKeysOfOneTimeToLiveDoNotExpireTogether() {
        SplittableRandom random = new SplittableRandom(1);
        int[] inSecond = new int[61];
        for (int i = 0; i < 100_000; i++) {
            inSecond[(int) ((TtlJitter.shorten(TTL_MILLIS, 0.1, random) - 1) / 1_000)]++;
        }
        // Evenly over the last 6 of 60 seconds; without jitter all 100,000 in one.
        for (int second = 0; second <= 60; second++) {
            assertThat(inSecond[second]).isLessThan(18_000);
            assertThat(inSecond[second] > 0).isEqualTo(second >= 54 && second < 60);
        }
        assertThat(TtlJitter.shorten(TTL_MILLIS, 0, random)).isEqualTo(TTL_MILLIS);
    }

    /// The chance that a read loads is exp(-left / (β Δ)).
    @Test
    void aReadLoadsEarlyAsOftenAsXFetchSays() {
        EarlyRefresh early = new EarlyRefresh(limits().earlyRefresh(1).build());
        SplittableRandom random = new SplittableRandom(2);
        for (double deltas : new double[] {0.5, 1, 2, 4}) {
            int due = 0;
            for (int i = 0; i < 100_000; i++) {
                due += early.isDue((long) (deltas * LOAD_NANOS), LOAD_NANOS, random.nextDouble()) ? 1 : 0;
            }
            assertThat(due / 100_000.0).isCloseTo(Math.exp(-deltas), offset(0.01));
        }
    }

    @Property
    void aboveTheQuietLimitNoReadLoads(
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double random,
            @ForAll @DoubleRange(max = 10) double beta,
            @ForAll @LongRange(min = 1, max = 100_000_000_000L) long loadNanos) {
        EarlyRefresh early = new EarlyRefresh(limits().earlyRefresh(beta).build());
        assertThat(early.isDue(early.quietAboveNanos(loadNanos) + 1, loadNanos, random))
                .isFalse();
    }

    /// One load before the end for a key that a hundred threads read all the time, and none for one nobody reads.
    @Test
    void aHotKeyIsLoadedBeforeItsEnd() {
        EarlyRefresh early = new EarlyRefresh(limits().build());
        SplittableRandom random = new SplittableRandom(3);
        int inTime = 0;
        for (int run = 0; run < 1_000; run++) {
            for (long left = 10 * LOAD_NANOS; left > LOAD_NANOS; left -= LOAD_NANOS / 100) {
                if (early.isDue(left, LOAD_NANOS, random.nextDouble())) {
                    inTime++;
                    break;
                }
            }
        }
        assertThat(inTime).isGreaterThan(990);
    }

    @Test
    void refreshAheadLoadsAtTheFirstReadOfTheLastShare() {
        EarlyRefresh early =
                new EarlyRefresh(limits().earlyRefresh(0).refreshAhead(0.2).build());
        assertThat(early.isDue(TimeUnit.SECONDS.toNanos(12), LOAD_NANOS, 0)).isTrue();
        assertThat(early.isDue(TimeUnit.SECONDS.toNanos(12) + 1, LOAD_NANOS, 0.999))
                .isFalse();
        EarlyRefresh never = new EarlyRefresh(limits().earlyRefresh(0).build());
        assertThat(never.isDue(1, LOAD_NANOS, 0.999)).isFalse();
    }
}
