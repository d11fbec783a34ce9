package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
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
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// TRD-M2: trades as JSON members of a sorted set.
@AutoService(Rule.class)
public final class JsonTape implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-M2",
            "A tape is kept as JSON in a sorted set",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "A trade takes 258 bytes as JSON in a sorted set and 57 in a stream; identical trades at one time collapse "
                    + "into one member.",
            List.of("bmoscon/cryptofeed", "measured: 258 bytes a trade in a sorted set of JSON, 57 in a stream"));

    private static final double MOST = 0.5;
    private static final double STREAM_SHARE = 57.0 / 258;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Predicate<KeyFamily> sortedSets = Offence.ofType("zset");
        if (!Offence.concerns(situation, sortedSets)) {
            return new Verdict.NotApplicable("no sorted sets in the sample");
        }
        List<Offence> offences = Offence.in(situation, sortedSets, MOST, (_, value) -> value.jsonShare() >= MOST);
        if (offences.isEmpty()) {
            return new Verdict.Healthy("no sampled sorted set has JSON documents as members");
        }
        double bytes = offences.stream()
                .mapToLong(offence -> offence.family().estimatedBytes())
                .sum();
        double share =
                Math.min(1, bytes / Math.max(1, situation.profile().usedBytes().orElse(1L)));
        FindingBuilder finding = situation
                .finding(CARD, share >= 0.1 ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.MEMORY, Objective.CONSISTENCY);
        Offence.show(
                offences,
                offence -> "JSON members, up to " + Figures.count(offence.elementsMax()) + " in "
                        + Figures.bytes(offence.bytesMax()),
                finding);
        Offence first = offences.getFirst();
        double perElement = (double) first.bytesMax() / Math.max(1, first.elementsMax());
        RemedyBuilder remedy = remedy("stream", "Keep the tape in a capped stream with one field a value");
        Offence.shown(offences)
                .forEach(offence -> remedy.change(new Change.Remodel(
                        offence.family().pattern(),
                        "sorted set of JSON, about " + Figures.bytes(perElement) + " an entry",
                        "stream md:{I}:tr with fields p, q, t, m as scaled integers, MAXLEN ~ N",
                        Practice.CAPPED_STREAM)));
        return finding.remedy(remedy.because(
                                "these families hold " + Figures.bytes(bytes) + ", " + Figures.percent(share)
                                        + " of used memory, at " + Figures.bytes(perElement) + " an entry")
                        .expect(
                                Metric.MEMORY,
                                -share * (1 - STREAM_SHARE / 2),
                                -share * (1 - STREAM_SHARE),
                                -share * 0.5,
                                "57 bytes against 258 a trade, measured, for these families' share of memory")
                        .risk(Risk.Level.MEDIUM, "readers use XRANGE and XREVRANGE instead of ZRANGE")
                        .costs("writer and readers change; the old keys expire")
                        .serves(Objective.MEMORY, Objective.CONSISTENCY)
                        .provedBy(new Experiment.ClientPractice(
                                Practice.CAPPED_STREAM,
                                Map.of(
                                        "entries",
                                        Math.max(1, first.elementsMax()),
                                        "bytes",
                                        Math.max(1, Math.round(perElement)))))
                        .build())
                .verdict();
    }
}
