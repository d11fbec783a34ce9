package io.cachewright.optimizer.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LookSharesTest {

    @Property(tries = 200)
    void looksNeitherMoreThanAllowedNorMoreThanThereAre(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 100_000) Integer> sizes,
            @ForAll @IntRange(min = 60, max = 5_000) int keysMax) {
        long[] counts = sizes.stream().mapToLong(Integer::longValue).toArray();
        long[] looks = LookShares.of(counts, keysMax);

        long all = Arrays.stream(counts).sum();
        assertThat(Arrays.stream(looks).sum())
                .isLessThanOrEqualTo(keysMax)
                .isGreaterThanOrEqualTo(Math.min(all, keysMax) - counts.length);
        for (int i = 0; i < counts.length; i++) {
            assertThat(looks[i]).isBetween(1L, counts[i]);
        }
    }
}
