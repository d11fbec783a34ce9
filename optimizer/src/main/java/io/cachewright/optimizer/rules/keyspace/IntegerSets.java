package io.cachewright.optimizer.rules.keyspace;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// MEM-18: sets of integers that just miss the compact form.
@AutoService(Rule.class)
public final class IntegerSets implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-18",
            "Sets of integers just miss the compact form",
            Topic.MEMORY,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.CONFIG, Need.KEYSPACE, Need.VALUES),
            "A set of integers up to set-max-intset-entries is a sorted array of 2 to 8 bytes each; one more element makes "
                    + "it a hash table.",
            List.of("valkey: src/intset.c", "peers: MEM-18"));

    private static final double ALL = 1.0;

    /// An intset is searched by halves, but moved as a whole by every insert: this is as far as it stays cheap.
    private static final long LIMIT_MAX = 4_096;

    /// Less memory than this is not worth a parameter.
    private static final long BYTES_MIN = 1L << 20;

    /// An entry of a hash table with its string, and of an intset of 64-bit numbers.
    private static final double SAVED_SHARE = 0.8;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long limit = situation.parameterNumber("set-max-intset-entries");
        Predicate<KeyFamily> sets = Offence.ofType("set");
        if (!Offence.concerns(situation, sets)) {
            return new Verdict.NotApplicable("no sets in the sample");
        }
        // Numbers with a fraction, and names, are never an intset, whatever the limit.
        List<Offence> offences = Offence.in(
                        situation,
                        sets,
                        0,
                        (key, value) -> value.numericMemberShare() >= ALL
                                && value.fractionShare() == 0
                                && key.elements().orElse(0L) > limit
                                && key.elements().orElse(0L) <= LIMIT_MAX)
                .stream()
                .filter(offence -> offence.family().estimatedBytes() >= BYTES_MIN)
                .toList();
        if (offences.isEmpty()) {
            return new Verdict.Healthy(
                    "no sampled set of integers of " + Figures.bytes(BYTES_MIN) + " or more lies just above " + limit);
        }
        long most = offences.stream().mapToLong(Offence::elementsMax).max().orElse(limit);
        long newLimit = Math.min(LIMIT_MAX, Long.highestOneBit(most - 1) << 1);
        double bytes = offences.stream()
                .mapToLong(offence -> offence.family().estimatedBytes())
                .sum();
        double share =
                Math.min(1, bytes / Math.max(1, situation.profile().usedBytes().orElse(1L)));
        FindingBuilder finding = situation
                .finding(CARD, Severity.LOW)
                .affects(Objective.MEMORY)
                .seen("set-max-intset-entries " + limit, "CONFIG GET");
        Offence.show(
                offences,
                offence -> "integers only, up to " + Figures.count(offence.elementsMax()) + " members, "
                        + Figures.bytes(offence.family().estimatedBytes()) + " in all",
                finding);
        return finding.remedy(remedy("raise-intset", "Set set-max-intset-entries to " + newLimit)
                        .change(situation.set(
                                "set-max-intset-entries", Long.toString(newLimit), Change.Restart.NOT_NEEDED_FOR_NEW))
                        .because("sampled sets of integers have up to " + most + " members, the limit is " + limit)
                        .expect(
                                Metric.MEMORY,
                                -share,
                                -share * SAVED_SHARE,
                                -share * 0.3,
                                "8 bytes a member against an entry of a hash table")
                        .risk(
                                Risk.Level.LOW,
                                "inserts move up to " + Figures.bytes(8 * newLimit)
                                        + "; only sets written anew change their form")
                        .costs("one CONFIG SET")
                        .serves(Objective.MEMORY)
                        .harms(Objective.LATENCY)
                        .provedByItsParameters()
                        .build())
                .verdict();
    }
}
