package io.cachewright.optimizer.rules.keyspace;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;

/// MEM-17: listpack limits against the depth of books, in both directions.
///
/*
 * A hash up to its listpack limit is one packed array: small, and searched linearly by every HSET and HGET. Beyond it is
 * a hash table: larger, and constant. Books of a few hundred levels under the default of 512 fields pay the linear
 * search with every level they change. The answer is never to raise the limit for a deep book; it is a limit below the
 * book's size, or a book cut to what its readers need.
 */
@AutoService(Rule.class)
public final class BookEncoding implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-17",
            "Books sit near the listpack limit, where each write searches linearly",
            Topic.KEYSPACE,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.CONFIG, Need.KEYSPACE),
            "A hash of several hundred levels under hash-max-listpack-entries is searched from its start by every change "
                    + "of a level, on the thread that serves everyone.",
            List.of(
                    "measured on 2 × 500 levels: HSET of 20 levels 20,700/s as listpack, 135,000/s as hash table",
                    "valkey: src/listpack.c",
                    "peers: MEM-17"));

    /// Here the search costs as much as a hash table's lookup and pointers save: the sweet spot of the measurements.
    private static final long COMPACT_LEVELS = 128;

    /// Measured time of one HSET in microseconds: 0.9 at 20 levels, 3.7 at 512, 1.0 in a hash table.
    private static final double LISTPACK_BASE = 0.786;
    private static final double LISTPACK_PER_LEVEL = 0.00569;
    private static final double TABLE_MICROS = 1.0;

    /// Measured bytes a level: 16.4 KB at 512 levels as listpack, 37.0 KB at 513 as hash table.
    private static final double LISTPACK_BYTES = 32.8;
    private static final double TABLE_BYTES = 73.9;

    private static final double SERVER_TIME_SHARE = 0.05;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        String parameter =
                situation.optionalParameter("hash-max-listpack-entries").isPresent()
                        ? "hash-max-listpack-entries"
                        : "hash-max-ziplist-entries";
        long limit = situation.parameterNumber(parameter);
        Situation.known(situation.profile().commands());
        CommandRate hset = situation.profile().command("hset").orElse(null);
        List<KeyFamily> books = situation.families().stream()
                .filter(Offence.holding(UseCase.DEPTH).and(Offence.ofType("hash")))
                .filter(family -> packedLevels(family) > COMPACT_LEVELS)
                .toList();
        if (books.isEmpty()) {
            return new Verdict.Healthy(
                    "no sampled book of more than " + COMPACT_LEVELS + " levels is a listpack (limit " + limit + ")");
        }
        if (hset == null) {
            return new Verdict.NotApplicable("no HSET ran within the window");
        }
        long levels = books.stream().mapToLong(BookEncoding::packedLevels).max().orElse(0);
        double listpackMicros = LISTPACK_BASE + LISTPACK_PER_LEVEL * levels;
        FindingBuilder finding = situation
                .finding(CARD, hset.serverTimeShare() >= SERVER_TIME_SHARE ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.LATENCY, Objective.THROUGHPUT)
                .seen(parameter + " " + limit, "CONFIG GET")
                .seen(
                        "HSET " + Figures.perSecond(hset.callsPerSecond()) + ", " + Figures.micros(hset.microsPerCall())
                                + " a call, " + Figures.percent(hset.serverTimeShare()) + " of the server's time",
                        "INFO commandstats, " + situation.windowSource());
        for (KeyFamily family : books) {
            finding.seen(
                            Offence.name(family) + ": up to " + Figures.count(packedLevels(family))
                                    + " levels as listpack, about " + Figures.micros(listpackMicros)
                                    + " a change against " + Figures.micros(TABLE_MICROS),
                            "OBJECT ENCODING and HLEN of sampled keys")
                    .family(family.pattern());
        }
        return finding.remedy(remedies(situation, parameter, limit, books, levels, hset))
                .verdict();
    }

    private static Remedy[] remedies(
            Situation situation, String parameter, long limit, List<KeyFamily> books, long levels, CommandRate hset) {
        Remedy trim = remedy(
                        "cut-books", "Keep the best " + COMPACT_LEVELS + " levels a side, or pack them in one value")
                .change(new Change.ChangeClient(
                        Practice.TRIM_DEPTH,
                        "up to " + levels + " levels a side",
                        "at most " + COMPACT_LEVELS + " levels a side"))
                .because("at " + COMPACT_LEVELS
                        + " levels a listpack is as fast as a hash table and takes less than half of its memory; the books have up to "
                        + levels)
                .expect(
                        Metric.MEMORY,
                        -0.75,
                        -0.3,
                        0,
                        "levels kept against levels seen, for the books' share of memory")
                .protects("writes cost the same whatever the depth of the market")
                .risk(Risk.Level.LOW, "readers of deeper levels need another key")
                .costs("the writer trims")
                .serves(Objective.LATENCY, Objective.MEMORY)
                .notProvable("which levels readers need the load does not tell")
                .build();
        long newLimit = newLimit(situation, books);
        if (newLimit >= smallestPacked(books) || newLimit >= limit) {
            return new Remedy[] {trim};
        }
        double perLevel = 1 - TABLE_MICROS / (LISTPACK_BASE + LISTPACK_PER_LEVEL * levels);
        double share = hset.serverTimeShare();
        double extra = books.stream()
                        .mapToDouble(family ->
                                family.estimatedKeys() * packedLevels(family) * (TABLE_BYTES - LISTPACK_BYTES))
                        .sum()
                / Math.max(1, situation.profile().usedBytes().orElse(1L));
        Remedy lower = remedy("lower-limit", "Set " + parameter + " to " + newLimit + ", below the size of the books")
                .change(situation.set(parameter, Long.toString(newLimit), Change.Restart.NOT_NEEDED_FOR_NEW))
                .because("books have up to " + levels + " levels under a limit of " + limit + "; with " + newLimit
                        + " they are hash tables, and every other sampled hash stays compact")
                .expect(
                        Metric.SERVER_TIME,
                        -share * Math.max(0.85, perLevel),
                        -share * perLevel,
                        -share * perLevel * 0.3,
                        "HSET's share of server time × (1 − 1.0 µs / "
                                + Figures.micros(LISTPACK_BASE + LISTPACK_PER_LEVEL * levels)
                                + "); batches of 20 levels on 500 gained up to 6.5 times")
                .expect(
                        Metric.MEMORY,
                        extra * 0.5,
                        extra,
                        extra * 1.5,
                        "about 33 bytes a level as listpack, 74 as hash table, for the books seen")
                .risk(Risk.Level.LOW, "only hashes that are written again change their form")
                .costs("one CONFIG SET; memory for the books")
                .serves(Objective.LATENCY, Objective.THROUGHPUT)
                .harms(Objective.MEMORY)
                .provedByItsParameters()
                .build();
        return new Remedy[] {lower, trim};
    }

    /// Large enough for the sampled hashes that are no books: the next power of two from 64 on.
    private static long newLimit(Situation situation, List<KeyFamily> books) {
        long others = situation.families().stream()
                .filter(Offence.ofType("hash").and(family -> !books.contains(family)))
                .flatMap(family -> family.sampled().stream())
                .filter(BookEncoding::isPacked)
                .mapToLong(key -> key.elements().orElse(0L))
                .max()
                .orElse(0);
        return Math.max(64, Long.highestOneBit(Math.max(1, others - 1)) << 1);
    }

    private static long packedLevels(KeyFamily family) {
        return family.sampled().stream()
                .filter(BookEncoding::isPacked)
                .mapToLong(key -> key.elements().orElse(0L))
                .max()
                .orElse(0);
    }

    private static long smallestPacked(List<KeyFamily> books) {
        return books.stream()
                .flatMap(family -> family.sampled().stream())
                .filter(BookEncoding::isPacked)
                .mapToLong(key -> key.elements().orElse(0L))
                .filter(elements -> elements > COMPACT_LEVELS)
                .min()
                .orElse(0);
    }

    private static boolean isPacked(SampledKey key) {
        return key.encoding()
                .toOptional()
                .filter(encoding -> encoding.equals("listpack") || encoding.equals("ziplist"))
                .isPresent();
    }
}
