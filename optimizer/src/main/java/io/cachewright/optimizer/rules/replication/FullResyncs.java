package io.cachewright.optimizer.rules.replication;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;

/// REP-06: replicas fetched all data anew within the window. The first copy of a new replica is one too, so a single
/// one with the backlog in order is worth knowing only.
@AutoService(Rule.class)
public final class FullResyncs implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "REP-06",
            "Replicas fetch all data anew",
            Topic.REPLICATION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "Each full copy forks the primary, fills its network and leaves the replica unusable until it is done.",
            List.of("valkey: src/replication.c, sync_partial_err", "CacheCloud"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long full = situation.growth("sync_full");
        long refused = situation.growth("sync_partial_err");
        if (full == 0) {
            return new Verdict.Healthy("no full resynchronisation within the window");
        }
        String seen = full + " full resynchronisation(s) of " + new ByteSize(situation.number("used_memory")) + ", "
                + refused + " after the backlog no longer held what was missing";
        Backlog backlog = Backlog.of(situation);
        boolean looping = full > 1;
        var finding = situation
                .finding(CARD, looping ? Severity.HIGH : refused > 0 ? Severity.MEDIUM : Severity.INFO)
                .affects(Objective.LATENCY, Objective.OPERATIONS)
                .seen(seen, "INFO stats, " + situation.windowSource());
        if (refused > 0) {
            finding.remedy(backlog.larger(situation, seen));
        }
        return finding.verdict();
    }
}
