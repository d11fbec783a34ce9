package io.cachewright.optimizer.rules.connections;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.diagnose.FindingBuilder;
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

/// CON-01: little room is left for clients. Judged by the share of the limit that really holds: a fixed number of
/// clients says nothing.
@AutoService(Rule.class)
public final class ClientLimitNear implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "CON-01",
            "Little room is left for more clients",
            Topic.CONNECTIONS,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG),
            "After a blip every client opens a new connection before the old one is known to be dead; beyond the "
                    + "limit they are refused, also the operators.",
            List.of("redis_exporter mixin", "awesome-prometheus-alerts", "valkey: valkey.conf, maxclients"));

    /// A reconnect of all clients at once doubles them for a moment: beyond half that fails, so warn well before it.
    private static final double SHARE_MEDIUM = 0.8;

    private static final double SHARE_HIGH = 0.95;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long connected = situation.number("connected_clients");
        ClientLimit limit = ClientLimit.of(situation);
        double share = (double) connected / Math.max(1, limit.effective());
        String seen = connected + " clients of " + limit.effective() + " possible, " + Share.text(share);
        if (share < SHARE_MEDIUM) {
            return new Verdict.Healthy(seen);
        }
        FindingBuilder finding = situation
                .finding(CARD, share >= SHARE_HIGH ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.OPERATIONS)
                .seen(seen, "INFO clients, CONFIG GET maxclients");
        if (limit.effective() < limit.maxclients()) {
            finding.seen("maxclients is " + limit.maxclients() + ", but open files allow " + limit.effective(), "host");
        }
        return finding.remedy(limit.raise(situation, connected, seen)).verdict();
    }
}
