package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.domain.keys.RedactedName;
import io.cachewright.optimizer.collect.SampleDraw.Pick;
import io.cachewright.optimizer.collect.SampleDraw.Stratum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleDrawTest {

    private static final int KEYS_MAX = 2_000;

    @Test
    void seesAFamilyOfThreeKeysBesideOneOfFortyThousand() {
        List<NamedKey> names = new ArrayList<>();
        names.addAll(named("quote:%d:l1", 40_000));
        names.addAll(named("risk:limits:%d", 3));
        Collections.shuffle(names, new Random(1));

        SampleDraw draw = SampleDraw.of(names, Map.of(0, 40_003L), true, KEYS_MAX, 7);

        assertThat(draw.strata()).extracting(Stratum::pattern).contains("risk:limits:<n>", "quote:<n>:l1");
        assertThat(draw.picks()).hasSizeBetween(KEYS_MAX - 5, KEYS_MAX);
        assertThat(looksAt(draw, "risk:limits:<n>")).isEqualTo(3);
        assertThat(draw.strata()).allSatisfy(stratum -> {
            assertThat(stratum.estimatedKeys()).isEqualTo((double) stratum.named());
            assertThat(stratum.margin()).isZero();
        });
    }

    @Test
    void estimatesTheSizeOfAFamilyFromTheNamesThatWereRead() {
        Random random = new Random(3);
        int covered = 0;
        int trials = 200;
        for (int trial = 0; trial < trials; trial++) {
            List<NamedKey> all = new ArrayList<>(named("quote:%d:l1", 9_000));
            all.addAll(named("order:%d", 1_000));
            Collections.shuffle(all, random);
            SampleDraw draw = SampleDraw.of(all.subList(0, 1_000), Map.of(0, 10_000L), false, 100, trial);
            Stratum orders = draw.strata().stream()
                    .filter(stratum -> stratum.pattern().equals("order:<n>"))
                    .findFirst()
                    .orElseThrow();
            assertThat(orders.margin()).isBetween(100.0, 250.0);
            covered += Math.abs(orders.estimatedKeys() - 1_000) <= orders.margin() ? 1 : 0;
        }
        // 95 of 100 are promised; 180 of 200 is what chance allows with odds of a thousand to one.
        assertThat(covered).isGreaterThanOrEqualTo(180);
    }

    /// Sizes of keys follow their family, and within a family vary: the weighted mean of the looks is the true mean.
    @Test
    void weightsMakeTheEstimateOfTheWholeUnbiased() {
        List<NamedKey> names = new ArrayList<>(named("quote:%d:l1", 20_000));
        names.addAll(named("book:%d", 200));
        names.addAll(named("cfg:venue:%d", 5));
        double truth = names.stream().mapToDouble(SampleDrawTest::bytes).sum();
        double sum = 0;
        int draws = 100;
        for (int seed = 0; seed < draws; seed++) {
            SampleDraw draw = SampleDraw.of(names, Map.of(0, (long) names.size()), true, 500, seed);
            Map<Integer, List<Pick>> byStratum = new HashMap<>();
            draw.picks()
                    .forEach(pick -> byStratum
                            .computeIfAbsent(pick.stratum(), _ -> new ArrayList<>())
                            .add(pick));
            double estimate = 0;
            for (Map.Entry<Integer, List<Pick>> looked : byStratum.entrySet()) {
                double mean = looked.getValue().stream()
                        .mapToDouble(pick -> bytes(pick.key()))
                        .average()
                        .orElseThrow();
                estimate += mean * draw.strata().get(looked.getKey()).estimatedKeys();
            }
            sum += estimate;
        }
        assertThat(sum / draws).isCloseTo(truth, within(truth * 0.01));
    }

    @Test
    void aLookCutShortHasSeenEveryFamily() {
        List<NamedKey> names = new ArrayList<>();
        for (int family = 0; family < 12; family++) {
            names.addAll(named("fam" + (char) ('a' + family) + "x:%d", 1_000));
        }
        SampleDraw draw = SampleDraw.of(names, Map.of(0, 12_000L), true, KEYS_MAX, 7);

        assertThat(draw.picks().subList(0, draw.strata().size()))
                .extracting(Pick::stratum)
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsDatabasesApart() {
        List<NamedKey> names = new ArrayList<>(named("order:%d", 50));
        named("order:%d", 500).forEach(key -> names.add(new NamedKey(3, key.key(), key.name())));

        SampleDraw draw = SampleDraw.of(names, Map.of(0, 50L, 3, 500L), true, 100, 7);

        assertThat(draw.strata()).extracting(Stratum::database).containsExactly(0, 3);
        assertThat(draw.strata()).extracting(Stratum::estimatedKeys).containsExactly(50.0, 500.0);
    }

    private static long looksAt(SampleDraw draw, String pattern) {
        return draw.picks().stream()
                .filter(pick -> draw.strata().get(pick.stratum()).pattern().equals(pattern))
                .count();
    }

    /// As if it were the size of that key.
    private static double bytes(NamedKey key) {
        int hash = Math.floorMod(Arrays.hashCode(key.key()), 100);
        return key.printed().startsWith("book") ? 60_000 + 100 * hash : 100 + hash;
    }

    private static List<NamedKey> named(String pattern, int count) {
        List<NamedKey> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = pattern.formatted(i).getBytes(StandardCharsets.US_ASCII);
            names.add(new NamedKey(0, key, RedactedName.of(key)));
        }
        return names;
    }
}
