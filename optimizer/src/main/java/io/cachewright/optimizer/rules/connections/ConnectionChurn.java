package io.cachewright.optimizer.rules.connections;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
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
import java.util.Map;
import java.util.Set;

/// CON-06: clients open a connection for a few commands. Judged by commands a connection within the window; how many
/// are connected says nothing about it.
@AutoService(Rule.class)
public final class ConnectionChurn implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "CON-06",
            "Clients open a connection for a few commands",
            Topic.CONNECTIONS,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW),
            "Each request pays for a handshake of two round trips and more with TLS, and the main thread accepts "
                    + "instead of serving.",
            List.of("AWS ElastiCache skill", "valkey: src/networking.c, acceptCommonHandler"));

    /// Once a second is a health check or a metrics scrape.
    private static final double CONNECTIONS_PER_SECOND_MIN = 2;

    /// A handshake (accept, AUTH, HELLO, SETINFO, close) is taken as four commands; beside a hundred it disappears.
    private static final double COMMANDS_PER_CONNECTION_MAX = 100;

    private static final double COMMANDS_PER_HANDSHAKE = 4;

    private static final double GRAVE_COMMANDS_PER_CONNECTION = 10;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double connections = situation.rate("total_connections_received");
        double commands = situation.rate("total_commands_processed");
        double perConnection = connections > 0 ? commands / connections : Double.MAX_VALUE;
        String seen = String.format(
                Locale.ROOT, "%.1f new connections a second for %.0f commands a second", connections, commands);
        if (connections < CONNECTIONS_PER_SECOND_MIN || perConnection > COMMANDS_PER_CONNECTION_MAX) {
            return new Verdict.Healthy(seen);
        }
        String each = String.format(Locale.ROOT, "%.1f commands a connection", perConnection);
        return situation
                .finding(CARD, perConnection <= GRAVE_COMMANDS_PER_CONNECTION ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.THROUGHPUT)
                .seen(seen + ", " + each, "INFO stats, " + situation.windowSource())
                .remedy(reuse(perConnection, connections, seen))
                .verdict();
    }

    private static Remedy reuse(double perConnection, double connections, String seen) {
        double saved = COMMANDS_PER_HANDSHAKE / (COMMANDS_PER_HANDSHAKE + Math.max(1, perConnection));
        return remedy("reuse-connections", "Keep connections open and share them")
                .change(new Change.ChangeClient(
                        Practice.CONNECTION_REUSE, "a connection a request", "one multiplexed or pooled connection"))
                .because(seen + String.format(Locale.ROOT, "; %.1f commands a connection", perConnection))
                .expect(
                        Effect.Metric.SERVER_TIME,
                        -Math.min(0.95, saved * 1.5),
                        -saved,
                        -saved / 2,
                        "computed with a handshake taken as four commands, which the proof measures")
                .risk(Remedy.Risk.Level.LOW, "a shared connection must not carry blocking commands or transactions")
                .costs("configuration of the clients' pools")
                .serves(Objective.LATENCY, Objective.THROUGHPUT)
                .provedBy(new Experiment.ClientPractice(
                        Practice.CONNECTION_REUSE,
                        Map.of(
                                "connectionsPerSecond", Math.max(1, Math.round(connections)),
                                "commandsPerConnection", Math.max(1, Math.round(perConnection)))))
                .build();
    }
}
