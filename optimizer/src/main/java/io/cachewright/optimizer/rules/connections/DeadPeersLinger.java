package io.cachewright.optimizer.rules.connections;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// CON-05: peers that died without saying so keep their connection. Idle connections of a pool are healthy and are
/// not judged; what counts is whether the server would ever notice a dead one.
@AutoService(Rule.class)
public final class DeadPeersLinger implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "CON-05",
            "Connections of dead peers stay open",
            Topic.CONNECTIONS,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG),
            "A gateway that lost power keeps its connections, its buffers and its subscriptions until someone restarts "
                    + "the server.",
            List.of("valkey: valkey.conf, tcp-keepalive", "mcp-redis-diagnostics"));

    /// What the documentation recommends: a dead peer is noticed after about twice this time.
    private static final long KEEPALIVE_SECONDS = 60;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long keepalive = situation.parameterNumber("tcp-keepalive");
        long timeout = situation.parameterNumber("timeout");
        Optional<Duration> rto = situation.requirements().rto();
        // The kernel probes after the interval and gives up after three probes a third of it apart.
        Duration noticed = Duration.ofSeconds(2 * keepalive);
        boolean never = keepalive == 0 && timeout == 0;
        boolean late = keepalive > KEEPALIVE_SECONDS
                && rto.filter(most -> noticed.compareTo(most) > 0).isPresent();
        String seen = "tcp-keepalive " + keepalive + ", timeout " + timeout;
        if (!never && !late) {
            return new Verdict.Healthy(seen);
        }
        String clients = situation.number("connected_clients") + " clients connected";
        return situation
                .finding(CARD, never ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.OPERATIONS, Objective.MEMORY)
                .seen(
                        seen
                                + (never
                                        ? ": a dead peer is never noticed"
                                        : ": noticed after " + Durations.format(noticed)
                                                + ", an outage may last "
                                                + Durations.format(rto.orElseThrow())),
                        "CONFIG GET tcp-keepalive timeout")
                .seen(clients, "INFO clients")
                .remedy(keepalive(situation, seen))
                .verdict();
    }

    private static Remedy keepalive(Situation situation, String seen) {
        return remedy("keepalive", "Set tcp-keepalive to " + KEEPALIVE_SECONDS)
                .change(situation.set(
                        "tcp-keepalive",
                        Long.toString(KEEPALIVE_SECONDS),
                        io.cachewright.optimizer.advice.Change.Restart.NOT_NEEDED_FOR_NEW))
                .because(seen + "; with " + KEEPALIVE_SECONDS + " s a dead peer is noticed within two minutes")
                .protects("connections, buffers and subscriptions of dead peers are freed")
                .risk(Remedy.Risk.Level.LOW, "one empty packet a minute on an idle connection")
                .costs("one CONFIG SET; connections that are open keep their old interval")
                .serves(Objective.OPERATIONS, Objective.MEMORY)
                .notProvable("it acts only when a peer dies silently")
                .build();
    }
}
