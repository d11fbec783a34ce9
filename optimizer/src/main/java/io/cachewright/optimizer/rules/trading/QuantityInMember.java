package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
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

/// TRD-B3: members such as `61686.25:0.4`, so that a new quantity is a new member and the old one stays.
@AutoService(Rule.class)
public final class QuantityInMember implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-B3",
            "Members of a book's sorted set contain the quantity",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "A sorted set replaces a score, never a member: each new quantity adds a level beside the old one, and "
                    + "readers see liquidity that is gone.",
            List.of("price:quantity members in public order book projects"));

    private static final double MOST = 0.5;

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
        List<Offence> offences = Offence.in(
                situation, sortedSets, MOST, (_, value) -> value.pairMemberShare() >= MOST && value.jsonShare() < MOST);
        if (offences.isEmpty()) {
            return new Verdict.Healthy("no sampled sorted set holds pairs of numbers as members");
        }
        FindingBuilder finding =
                situation.finding(CARD, Severity.HIGH).affects(Objective.CONSISTENCY, Objective.MEMORY);
        Offence.show(offences, QuantityInMember::detail, finding);
        RemedyBuilder remedy =
                remedy("price-as-member", "Make the price the member or field, and the quantity its value");
        Offence.shown(offences)
                .forEach(offence -> remedy.change(new Change.Remodel(
                        offence.family().pattern(),
                        "sorted set, members price:quantity",
                        "hash price → quantity, both scaled integers; HDEL when the quantity is zero",
                        Practice.PRICE_AS_MEMBER)));
        Offence first = offences.getFirst();
        return finding.remedy(remedy.because(Figures.count(first.elementsMax())
                                + " members in one key: a price has as many members as it had quantities")
                        .protects("a price has one quantity, the last one")
                        .risk(Risk.Level.MEDIUM, "readers that take members apart have to change with the writer")
                        .costs("the writer and its readers change; the old keys are deleted once")
                        .serves(Objective.CONSISTENCY, Objective.MEMORY)
                        .notProvable("a wrong book is no slower than a right one")
                        .build())
                .verdict();
    }

    private static String detail(Offence offence) {
        String scores = offence.keys().getFirst().value().toOptional().stream()
                .flatMap(value -> value.scores().stream()
                        .map(seen -> "; " + seen.distinct() + " different prices among " + value.elementsLooked()
                                + " members"))
                .findFirst()
                .orElse("");
        return "up to " + Figures.count(offence.elementsMax()) + " members" + scores;
    }
}
