package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// TRD-B2: prices of one book in a sorted set, sizes in a hash, written by separate commands.
@AutoService(Rule.class)
public final class TwinStructures implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-B2",
            "Prices and sizes of one book live in two structures that do not agree",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE),
            "Two structures updated by separate commands drift apart: readers see prices without a size and sizes of "
                    + "prices that are gone, and nothing repairs it.",
            List.of("orbs-network/order-book", "dydxprotocol/v4-chain: lastUpdated twin"));

    /// The two counts are read moments apart, and a live book changes in between; more than this is no race.
    private static final double DRIFT_OF_READING = 0.1;

    /// Measured on 2 × 500 levels: 96 µs of server time a batch for ZADD + HSET, 60 for one hash, 31 for a packed book.
    private static final String MEASURED =
            "measured on 2 × 500 levels: 96 µs of server time a batch of 20 changes on zset + hash, 60 on one hash, 31 packed";

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<Twins> all = twins(situation);
        if (all.isEmpty()) {
            return new Verdict.Healthy("no sampled book is kept in two structures");
        }
        List<Twins> torn = all.stream().filter(Twins::disagree).toList();
        Twins worst = (torn.isEmpty() ? all : torn)
                .stream().max(Comparator.comparingLong(Twins::difference)).orElseThrow();
        FindingBuilder finding = situation
                .finding(CARD, torn.isEmpty() ? Severity.LOW : Severity.HIGH)
                .affects(Objective.CONSISTENCY, Objective.LATENCY, Objective.MEMORY)
                .seen(
                        worst.stem + "*: " + Figures.count(worst.members) + " members in sorted sets, "
                                + Figures.count(worst.fields) + " fields in hashes",
                        "ZCARD and HLEN of sampled keys")
                .seen(torn.size() + " of " + all.size() + " sampled books disagree", "sampled keys");
        if (torn.isEmpty()) {
            finding.title("Prices and sizes of one book live in two structures");
        }
        List<String> patterns = all.stream()
                .flatMap(twins -> twins.patterns.stream())
                .distinct()
                .toList();
        patterns.forEach(finding::family);
        return finding.remedy(remedy(worst, patterns)).verdict();
    }

    private static Remedy remedy(Twins worst, List<String> patterns) {
        RemedyBuilder remedy =
                RemedyBuilder.remedy("one-structure", "Keep price and size of a book in one hash a side, or packed");
        for (String pattern : patterns) {
            remedy.change(new Change.Remodel(
                    pattern,
                    "sorted set of prices beside a hash of sizes",
                    "one hash a side: price → quantity, both scaled integers; or one packed value with a sequence",
                    Practice.ONE_BOOK_STRUCTURE));
        }
        long levels = Math.max(worst.members, worst.fields);
        return remedy.because("one sampled book has " + worst.members + " prices and " + worst.fields
                        + " sizes; with one structure they cannot differ")
                .protects("a price without a size, or a size without a price, is no longer possible")
                .expect(Metric.SERVER_TIME, -0.68, -0.38, -0.3, MEASURED)
                .risk(Risk.Level.MEDIUM, "readers and writers have to change together; write both for a day")
                .costs("writers and readers change")
                .serves(Objective.CONSISTENCY, Objective.LATENCY, Objective.MEMORY)
                .provedBy(new Experiment.ClientPractice(Practice.ONE_BOOK_STRUCTURE, Map.of("levels", levels)))
                .build();
    }

    /// Books by the part of the name that their keys share, where both types are among the sampled keys.
    private static List<Twins> twins(Situation situation) {
        Map<String, Twins> byStem = new TreeMap<>();
        for (KeyFamily family : situation.families()) {
            if (family.useCase() != UseCase.DEPTH) {
                continue;
            }
            for (SampledKey key : family.sampled()) {
                if (key.elements().isKnown()
                        && (key.type().equals("zset") || key.type().equals("hash"))) {
                    byStem.merge(stem(key.name()), Twins.of(key, family), Twins::and);
                }
            }
        }
        return byStem.values().stream()
                .filter(twins -> twins.members > 0 && twins.fields > 0)
                .toList();
    }

    private static String stem(String name) {
        int cut = -1;
        for (char separator : new char[] {':', '/', '|', '.', '_', '-'}) {
            cut = Math.max(cut, name.lastIndexOf(separator));
        }
        return name.substring(0, cut + 1);
    }

    private record Twins(String stem, long members, long fields, Set<String> patterns) {

        static Twins of(SampledKey key, KeyFamily family) {
            long elements = key.elements().orElse(0L);
            boolean sortedSet = key.type().equals("zset");
            return new Twins(
                    TwinStructures.stem(key.name()),
                    sortedSet ? elements : 0,
                    sortedSet ? 0 : elements,
                    Set.of(family.pattern()));
        }

        Twins and(Twins other) {
            Set<String> both = new HashSet<>(patterns);
            both.addAll(other.patterns);
            return new Twins(stem, members + other.members, fields + other.fields, Set.copyOf(both));
        }

        long difference() {
            return Math.abs(members - fields);
        }

        boolean disagree() {
            return difference() > DRIFT_OF_READING * Math.max(members, fields);
        }
    }
}
