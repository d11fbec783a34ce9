package io.cachewright.optimizer.rules.memory;

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
import io.cachewright.optimizer.rules.Share;
import java.util.List;
import java.util.Set;

/// MEM-15: the key table and its entries take more memory than the values do. The replication backlog and the buffers
/// of clients are overhead too in INFO's sense, but have rules of their own and are left out here.
@AutoService(Rule.class)
public final class OverheadHeavy implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-15",
            "Bookkeeping of keys takes more memory than their values",
            Topic.MEMORY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO),
            "One key a price level or a field costs an entry of the key table and a header each; the fields of one "
                    + "hash share them.",
            List.of("valkey: src/object.c, MEMORY STATS overhead", "BetterDB Monitor: operational overhead"));

    /// More bookkeeping than data.
    private static final double SHARE_MIN = 0.5;

    /// Below it, tables and buffers of an idle server weigh more than any data model.
    private static final long JUDGED_FROM = 100L << 20;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long used = situation.number("used_memory");
        if (used < JUDGED_FROM) {
            return new Verdict.NotApplicable("only " + new ByteSize(used) + " are used");
        }
        long elsewhere = situation.optionalNumber("mem_replication_backlog").orElse(0L)
                + situation.optionalNumber("mem_clients_normal").orElse(0L)
                + situation.optionalNumber("mem_clients_slaves").orElse(0L)
                + situation.optionalNumber("mem_aof_buffer").orElse(0L);
        long bookkeeping =
                situation.number("used_memory_overhead") - situation.number("used_memory_startup") - elsewhere;
        long dataset = situation.number("used_memory_dataset");
        double share = (double) bookkeeping / Math.max(1, bookkeeping + dataset);
        String seen = new ByteSize(Math.max(0, bookkeeping)) + " for key tables and entries beside "
                + new ByteSize(dataset) + " of data, " + Share.text(share);
        if (share < SHARE_MIN) {
            return new Verdict.Healthy(seen);
        }
        return situation
                .finding(CARD, Severity.LOW)
                .affects(Objective.MEMORY, Objective.COST)
                .seen(seen, "INFO memory")
                .verdict();
    }
}
