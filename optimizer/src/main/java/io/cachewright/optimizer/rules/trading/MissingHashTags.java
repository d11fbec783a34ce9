package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
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
import java.util.List;
import java.util.Set;

/// TRD-X1: keys that belong together live in different slots.
@AutoService(Rule.class)
public final class MissingHashTags implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-X1",
            "Keys of one instrument live in different slots",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.KEYSPACE),
            "A cluster runs a transaction, script or multi-key read only within one slot: without a common hash tag a book "
                    + "cannot be updated atomically, and clients get CROSSSLOT errors.",
            List.of("Redis cluster specification: hash tags", "dydxprotocol/v4-chain: multi-key scripts without tags"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long refused = situation.window().growth("errorstat_CROSSSLOT", "count").orElse(0L);
        boolean cluster = situation.optionalNumber("cluster_enabled").orElse(0L) == 1;
        if (!cluster && refused == 0) {
            return new Verdict.NotApplicable("no cluster, and no CROSSSLOT error");
        }
        List<KeyFamily> untagged = situation.families().stream()
                .filter(family ->
                        family.pattern().contains("<I>") && !family.pattern().contains("{"))
                .toList();
        if (refused == 0 && untagged.size() < 2) {
            return new Verdict.Healthy("no CROSSSLOT error, and no two families of one instrument without a hash tag");
        }
        FindingBuilder finding = situation
                .finding(CARD, refused > 0 ? Severity.HIGH : Severity.LOW)
                .affects(Objective.CONSISTENCY, Objective.LATENCY)
                .seen(Figures.count(refused) + " CROSSSLOT errors", "INFO errorstats, " + situation.windowSource())
                .seen(untagged.size() + " families name an instrument outside a hash tag", "sampled names");
        String from =
                untagged.isEmpty() ? "no common hash tag" : untagged.getFirst().pattern();
        untagged.forEach(family -> finding.family(family.pattern()));
        return finding.remedy(
                        remedy("tag-instrument", "Name keys md:{INSTRUMENT}:…, so that one instrument is one slot")
                                .change(new Change.ChangeTopology(
                                        "hash tags",
                                        from,
                                        "the instrument in braces in every key of one book",
                                        "write both names, move readers, let the old keys expire",
                                        "readers go back to the old names, which are written until the last step"))
                                .because(refused + " commands were refused because their keys lie in different slots; "
                                        + untagged.size() + " families have no tag")
                                .protects("a book is read and written atomically on a cluster too")
                                .risk(
                                        Risk.Level.MEDIUM,
                                        "a very hot instrument then pins one shard: give it a near-cache or split its sides")
                                .costs("names change in writers and readers")
                                .serves(Objective.CONSISTENCY, Objective.LATENCY)
                                .notProvable("it takes a cluster of the same shape")
                                .build())
                .verdict();
    }
}
