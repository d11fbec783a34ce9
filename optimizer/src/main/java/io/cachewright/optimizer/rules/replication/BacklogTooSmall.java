package io.cachewright.optimizer.rules.replication;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Durations;
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

/// REP-07: the backlog holds less than what is written while a broken link goes unnoticed. The default 1 MB is plenty
/// for a quiet server and a tenth of a second for a busy one, so its size alone says nothing.
@AutoService(Rule.class)
public final class BacklogTooSmall implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "REP-07",
            "A short loss of the link costs a full copy",
            Topic.REPLICATION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "A network blip at the open turns into a fork and a copy of all data, just then.",
            List.of("valkey: valkey.conf, repl-backlog-size", "mcp-redis-diagnostics"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.number("connected_slaves") == 0) {
            return new Verdict.NotApplicable("no replica is connected");
        }
        Backlog backlog = Backlog.of(situation);
        String seen = "the backlog of " + new ByteSize(backlog.bytes()) + " holds "
                + Durations.format(backlog.covers()) + " at " + new ByteSize((long) backlog.writtenPerSecond())
                + " written a second";
        if (backlog.covers().compareTo(Backlog.OUTAGE) >= 0) {
            return new Verdict.Healthy(seen);
        }
        boolean seconds = backlog.covers().compareTo(Backlog.OUTAGE.dividedBy(10)) < 0;
        return situation
                .finding(CARD, seconds ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.LATENCY, Objective.OPERATIONS)
                .seen(seen, "CONFIG GET repl-backlog-size, INFO replication, " + situation.windowSource())
                .remedy(backlog.larger(situation, seen))
                .verdict();
    }
}
