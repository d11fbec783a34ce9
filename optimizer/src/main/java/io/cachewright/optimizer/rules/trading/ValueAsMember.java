package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
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
import java.util.Set;
import java.util.function.Predicate;

/// TRD-N4: a time series whose members are the samples themselves.
@AutoService(Rule.class)
public final class ValueAsMember implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-N4",
            "Samples are the members of a time series, so equal ones collapse",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "A sorted set holds each member once: a price that returns moves its old sample to the new time, and "
                    + "averages and charts are computed from what is left.",
            List.of("dydxprotocol/v4-chain: v4/orderbook_mid_prices", "measured: 3 inserts, 2 members"));

    private static final double NEARLY_ALL = 0.9;

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
        // A price as member with the price as score is a ladder, and right; with a time as score it is a series.
        List<Offence> offences = Offence.in(
                situation,
                sortedSets.and(Offence.holding(UseCase.ORDERS, UseCase.LOCKS, UseCase.SESSIONS, UseCase.IDEMPOTENCY)
                        .negate()),
                0,
                (_, value) -> value.numericMemberShare() >= NEARLY_ALL
                        && value.fractionShare() > 0
                        && value.scores()
                                .filter(scores -> scores.timeLike() >= NEARLY_ALL * value.elementsLooked())
                                .isPresent());
        if (offences.isEmpty()) {
            return new Verdict.Healthy("no sampled series has bare numbers as members");
        }
        FindingBuilder finding = situation.finding(CARD, Severity.HIGH).affects(Objective.CONSISTENCY);
        Offence.show(
                offences,
                offence -> "bare numbers as members, times as scores, up to " + Figures.count(offence.elementsMax())
                        + " members",
                finding);
        RemedyBuilder remedy = remedy("sequence-in-member", "Make the member unique: sequence:value, or use a stream");
        Offence.shown(offences)
                .forEach(offence -> remedy.change(new Change.Remodel(
                        offence.family().pattern(),
                        "sorted set, value as member and time as score",
                        "stream capped by count; or member seq:value, read with ZRANGE REV",
                        Practice.EXACT_SCORES)));
        return finding.remedy(remedy.because(Figures.count(offences.getFirst().elementsMax())
                                + " members are all that is left of more samples: equal ones are one member")
                        .protects("every sample counts once, at its own time")
                        .risk(Risk.Level.LOW, "readers take the value after the separator")
                        .costs("the writer and its readers change")
                        .serves(Objective.CONSISTENCY)
                        .notProvable("lost samples show in no latency figure")
                        .build())
                .verdict();
    }
}
