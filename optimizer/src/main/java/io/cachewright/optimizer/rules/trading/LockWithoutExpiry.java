package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.advice.RemedyBuilder;
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
import io.cachewright.optimizer.rules.Offence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TRD-C7: locks that nobody can break.
@AutoService(Rule.class)
public final class LockWithoutExpiry implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-C7",
            "Locks never expire",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.KEYSPACE),
            "A holder that dies keeps its lock for ever: the strategy or the feed handler that it guards stands still "
                    + "until a person deletes the key.",
            List.of("redis: distributed locks", "catalogue C7: SET NX without PX"));

    private static final Duration LEASE = Duration.ofSeconds(10);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> locks = situation.families().stream()
                .filter(Offence.holding(UseCase.LOCKS))
                .toList();
        if (locks.isEmpty()) {
            return new Verdict.NotApplicable("no locks in the sample");
        }
        List<KeyFamily> endless =
                locks.stream().filter(family -> family.withoutTtlShare() > 0).toList();
        if (endless.isEmpty()) {
            return new Verdict.Healthy("every sampled lock has a lifetime");
        }
        FindingBuilder finding =
                situation.finding(CARD, Severity.HIGH).affects(Objective.CONSISTENCY, Objective.OPERATIONS);
        RemedyBuilder remedy =
                remedy("lease", "Take locks as leases: SET NX PX with a token, and a fencing number in writes");
        for (KeyFamily family : endless) {
            finding.seen(
                            Offence.name(family) + ": " + Figures.percent(family.withoutTtlShare()) + " of "
                                    + family.sampled().size() + " sampled locks have no lifetime",
                            "PTTL of sampled keys")
                    .family(family.pattern());
            remedy.change(new Change.SetTimeToLive(family.pattern(), Optional.empty(), LEASE, 0));
        }
        return finding.remedy(remedy.because(Figures.percent(endless.getFirst().withoutTtlShare())
                                + " of the sampled locks outlive their holder")
                        .protects("a lock ends 10 s after its holder stopped renewing it")
                        .risk(
                                Risk.Level.MEDIUM,
                                "a holder that pauses longer than the lease loses it: the fencing number makes that harmless")
                        .costs("holders renew the lease; writes carry the fencing number")
                        .serves(Objective.CONSISTENCY, Objective.OPERATIONS)
                        .notProvable("it shows when a holder dies")
                        .build())
                .verdict();
    }
}
