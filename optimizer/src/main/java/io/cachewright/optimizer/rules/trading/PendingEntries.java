package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// TRD-P4: stream entries that were delivered and never acknowledged.
@AutoService(Rule.class)
public final class PendingEntries implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-P4",
            "Stream entries are delivered and never acknowledged",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.KEYSPACE, Need.VALUES),
            "Entries of a dead consumer wait in its pending list for ever: fills and order events that nobody processed, "
                    + "and memory that no MAXLEN frees.",
            List.of("redis: Streams, pending entries list and XAUTOCLAIM"));

    /// Entries in flight are normal; so many are nobody's any more.
    private static final long IN_FLIGHT_MAX = 1_000;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Predicate<KeyFamily> streams = Offence.ofType("stream");
        if (!Offence.concerns(situation, streams)) {
            return new Verdict.NotApplicable("no streams in the sample");
        }
        double reads = Situation.known(situation.profile().callsPerSecond("xreadgroup"));
        double acknowledged = Situation.known(situation.profile().callsPerSecond("xack"));
        boolean nobodyAcknowledges = reads > 0 && acknowledged == 0;
        List<Offence> offences = Offence.in(
                situation,
                streams,
                0,
                (_, value) -> value.stream()
                        .filter(stream -> stream.pending() >= (nobodyAcknowledges ? 1 : IN_FLIGHT_MAX))
                        .isPresent());
        if (offences.isEmpty()) {
            return new Verdict.Healthy("no sampled stream has " + IN_FLIGHT_MAX + " entries or more pending");
        }
        long most =
                offences.stream().mapToLong(PendingEntries::pendingMax).max().orElse(0);
        FindingBuilder finding = situation
                .finding(CARD, nobodyAcknowledges ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.CONSISTENCY, Objective.MEMORY)
                .seen(
                        "XREADGROUP " + Figures.perSecond(reads) + ", XACK " + Figures.perSecond(acknowledged),
                        "INFO commandstats, " + situation.windowSource());
        Offence.show(offences, offence -> "up to " + Figures.count(pendingMax(offence)) + " entries pending", finding);
        return finding.remedy(
                        remedy("acknowledge", "Acknowledge what was processed, and claim what dead consumers left")
                                .change(
                                        new Change.ChangeClient(
                                                Practice.ACKNOWLEDGED_GROUPS,
                                                "entries read and never acknowledged",
                                                "XACK after processing; XAUTOCLAIM by idle time; an alert on the age of the oldest pending entry"))
                                .because(Figures.count(most) + " entries are pending in one stream")
                                .protects("an entry of a consumer that died is processed by another one")
                                .risk(
                                        Risk.Level.MEDIUM,
                                        "claimed entries may be processed twice, so processing has to be idempotent")
                                .costs("consumers change; old pending entries are judged once")
                                .serves(Objective.CONSISTENCY, Objective.MEMORY)
                                .notProvable("it shows when a consumer dies")
                                .build())
                .verdict();
    }

    private static long pendingMax(Offence offence) {
        return offence.keys().stream()
                .flatMap(key -> key.value().toOptional().stream())
                .flatMap(value -> value.stream().stream())
                .mapToLong(ValueFacts.Stream::pending)
                .max()
                .orElse(0);
    }
}
