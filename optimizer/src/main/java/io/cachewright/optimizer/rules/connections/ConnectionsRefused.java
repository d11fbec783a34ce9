package io.cachewright.optimizer.rules.connections;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// CON-02: connections were refused within the window. Refusals of last year are history.
@AutoService(Rule.class)
public final class ConnectionsRefused implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "CON-02",
            "Clients are refused",
            Topic.CONNECTIONS,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "A gateway that cannot connect does not trade.",
            List.of("netdata: redis.conf", "awesome-prometheus-alerts", "Zabbix template"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long refused = situation.growth("rejected_connections");
        if (refused == 0) {
            return new Verdict.Healthy("no connection was refused within the window");
        }
        long connected = situation.number("connected_clients");
        ClientLimit limit = ClientLimit.of(situation);
        String seen = String.format(
                Locale.ROOT,
                "%d connections refused, %.1f a minute; %d clients of %d possible",
                refused,
                situation.rate("rejected_connections") * 60,
                connected,
                limit.effective());
        return situation
                .finding(CARD, Severity.CRITICAL)
                .affects(Objective.OPERATIONS)
                .seen(seen, "INFO stats, " + situation.windowSource())
                .remedy(limit.raise(situation, connected, seen))
                .verdict();
    }
}
