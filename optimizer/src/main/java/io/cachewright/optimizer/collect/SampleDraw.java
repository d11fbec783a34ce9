package io.cachewright.optimizer.collect;

import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.optimizer.inspect.LookShares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Which of the named keys are looked at, and in which order. Pure.
///
/*
 * Each family in each database is a stratum, and LookShares says how many looks it gets. Within a stratum the keys are
 * drawn by chance, so that its looked-at keys speak for it without a bias.
 *
 * The order serves a look that may be cut short at any time: the first key of every stratum, and then all strata
 * advance alike.
 */
record SampleDraw(List<Stratum> strata, List<Pick> picks) {

    /// What the estimates of sizes may be off in nineteen of twenty cases, in standard errors.
    private static final double TWO_SIDED_95 = 1.96;

    /// Keys of one family in one database.
    ///
    /// @param margin half of the 95 % interval of `estimatedKeys`
    record Stratum(int database, String pattern, String glob, long named, double estimatedKeys, double margin) {}

    /// A key to look at, of the stratum with that index.
    record Pick(NamedKey key, int stratum) {}

    /// @param keysByDatabase how many keys each database holds
    /// @param isComplete whether `names` are all of them
    static SampleDraw of(
            List<NamedKey> names, Map<Integer, Long> keysByDatabase, boolean isComplete, int keysMax, long seed) {
        Map<Integer, Long> namedByDatabase = new TreeMap<>();
        names.forEach(name -> namedByDatabase.merge(name.database(), 1L, Long::sum));
        List<Stratum> strata = new ArrayList<>();
        List<List<NamedKey>> members = new ArrayList<>();
        for (KeyGroup<NamedKey> family : families(names, keysByDatabase, isComplete)) {
            Map<Integer, List<NamedKey>> byDatabase = new TreeMap<>();
            family.members()
                    .forEach(key -> byDatabase
                            .computeIfAbsent(key.database(), _ -> new ArrayList<>())
                            .add(key));
            byDatabase.forEach((database, keys) -> {
                long named = namedByDatabase.getOrDefault(database, 0L);
                long total = isComplete ? named : Math.max(named, keysByDatabase.getOrDefault(database, named));
                strata.add(stratum(database, family, keys.size(), named, total));
                members.add(keys);
            });
        }
        return new SampleDraw(strata, picks(members, keysMax, new Random(seed)));
    }

    private static List<KeyGroup<NamedKey>> families(
            List<NamedKey> names, Map<Integer, Long> keysByDatabase, boolean isComplete) {
        long total = keysByDatabase.values().stream().mapToLong(Long::longValue).sum();
        double share = isComplete || total <= names.size() ? 1 : (double) names.size() / total;
        return names.isEmpty()
                ? List.of()
                : KeyGrouping.by(NamedKey::printed).sampled(share).group(names);
    }

    /// `own` of the `named` keys of a database with `total` keys.
    private static Stratum stratum(int database, KeyGroup<NamedKey> family, long own, long named, long total) {
        double share = (double) own / named;
        double error = Math.sqrt(share * (1 - share) / named * (1 - (double) named / total));
        return new Stratum(database, family.pattern(), family.glob(), own, share * total, TWO_SIDED_95 * total * error);
    }

    private static List<Pick> picks(List<List<NamedKey>> members, int keysMax, Random random) {
        long[] looks = LookShares.of(members.stream().mapToLong(List::size).toArray(), keysMax);
        record Ranked(Pick pick, double rank, int size) {}
        List<Ranked> ranked = new ArrayList<>();
        for (int stratum = 0; stratum < looks.length; stratum++) {
            List<NamedKey> drawn = new ArrayList<>(members.get(stratum));
            Collections.shuffle(drawn, random);
            for (int i = 0; i < looks[stratum]; i++) {
                ranked.add(new Ranked(new Pick(drawn.get(i), stratum), (double) i / looks[stratum], drawn.size()));
            }
        }
        return ranked.stream()
                .sorted(Comparator.comparingDouble(Ranked::rank)
                        .thenComparing(Comparator.comparingInt(Ranked::size).reversed()))
                .limit(keysMax)
                .map(Ranked::pick)
                .toList();
    }
}
