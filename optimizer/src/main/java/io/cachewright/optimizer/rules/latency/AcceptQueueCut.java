package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
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
import java.util.Set;

/// LAT-10c: the kernel cuts the queue of connections that wait to be accepted below what tcp-backlog asks for. It
/// matters when all clients reconnect at once, and only if they are more than the queue holds.
@AutoService(Rule.class)
public final class AcceptQueueCut implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-10c",
            "The kernel cuts the accept queue",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.HOST),
            "After a failover all clients connect at once; those beyond the queue wait a second and more for the "
                    + "retransmission of their first packet.",
            List.of("valkey: valkey.conf, tcp-backlog", "Linux: net.core.somaxconn"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        int somaxconn = Situation.known(situation.host().somaxconn());
        long backlog = situation.parameterNumber("tcp-backlog");
        long clients = situation.number("connected_clients");
        long queue = Math.min(somaxconn, backlog);
        String seen = "net.core.somaxconn " + somaxconn + ", tcp-backlog " + backlog + ", " + clients + " clients";
        if (somaxconn >= backlog || clients <= queue) {
            return new Verdict.Healthy(seen);
        }
        return situation
                .finding(CARD, Severity.LOW)
                .affects(Objective.LATENCY, Objective.OPERATIONS)
                .seen(seen + ": the queue holds " + queue, "host, CONFIG GET tcp-backlog, INFO clients")
                .remedy(raise(somaxconn, Math.max(backlog, Long.highestOneBit(clients) * 2), seen))
                .verdict();
    }

    private static Remedy raise(int somaxconn, long wanted, String seen) {
        return remedy("raise-somaxconn", "Set net.core.somaxconn to " + wanted)
                .change(new Change.SetHost(
                        "net.core.somaxconn",
                        Integer.toString(somaxconn),
                        Long.toString(wanted),
                        "sysctl -w net.core.somaxconn=" + wanted,
                        "sysctl -w net.core.somaxconn=" + somaxconn))
                .because(seen)
                .protects("all clients fit the queue when they reconnect together")
                .risk(Remedy.Risk.Level.LOW, "a few KB of kernel memory; the server listens anew only at a restart")
                .costs("one sysctl and a line in /etc/sysctl.d")
                .serves(Objective.LATENCY, Objective.OPERATIONS)
                .notProvable("it is a setting of the whole machine, which a proof must not change")
                .build();
    }
}
