package io.cachewright.optimizer.rules.ttl;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
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

/// EVI-05: prices, books and sessions that never go.
@AutoService(Rule.class)
public final class EphemeraWithoutLifetime implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "EVI-05",
            "Prices, books or sessions never expire",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.KEYSPACE),
            "A book without a lease survives its feed handler and looks live; a session without one is a login for "
                    + "ever; both stay in memory until someone notices.",
            List.of("catalogue M3 and B10", "peers: EVI-05, by family instead of over all keys"));

    /// Of a family's keys; a few without a lifetime may be written at this moment.
    private static final double MOST = 0.5;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> ephemera = situation.families().stream()
                .filter(family ->
                        family.confidence() >= 0.6 && lease(family.useCase()).isPresent())
                .toList();
        if (ephemera.isEmpty()) {
            return new Verdict.NotApplicable("no prices, books, tapes, sessions or rate limits in the sample");
        }
        if (ephemera.stream().allMatch(family -> Double.isNaN(family.withoutTtlShare()))) {
            return new Verdict.Unknown("lifetimes of the sampled keys were not readable");
        }
        List<KeyFamily> endless = ephemera.stream()
                .filter(family -> family.withoutTtlShare() >= MOST)
                .toList();
        if (endless.isEmpty()) {
            return new Verdict.Healthy("every family of prices, books and sessions has lifetimes");
        }
        FindingBuilder finding =
                situation.finding(CARD, Severity.MEDIUM).affects(Objective.MEMORY, Objective.CONSISTENCY);
        RemedyBuilder remedy = remedy("leases", "Write them with a lease, and renew it with every update");
        for (KeyFamily family : endless.subList(0, Math.min(8, endless.size()))) {
            Duration lease = lease(family.useCase()).orElseThrow();
            finding.seen(
                            Offence.name(family) + ": " + Figures.percent(family.withoutTtlShare()) + " of "
                                    + family.sampled().size() + " sampled keys never expire, "
                                    + Figures.bytes(family.estimatedBytes()) + " in all",
                            "PTTL of sampled keys")
                    .family(family.pattern());
            remedy.change(new Change.SetTimeToLive(family.pattern(), Optional.empty(), lease, 0.1));
        }
        double bytes = endless.stream().mapToLong(KeyFamily::estimatedBytes).sum();
        double share =
                Math.min(1, bytes / Math.max(1, situation.profile().usedBytes().orElse(1L)));
        return finding.remedy(remedy.because(endless.size() + " families that a feed or a login brings back hold "
                                + Figures.bytes(bytes) + " for ever")
                        .expect(
                                Metric.MEMORY,
                                -share,
                                -share * 0.2,
                                0,
                                "their share of memory; how much of it is dead the sample does not tell")
                        .protects("a book disappears within its lease when its feed handler does")
                        .risk(
                                Risk.Level.MEDIUM,
                                "a lease shorter than the quiet time of an instrument makes it disappear: renew it on heartbeats too")
                        .costs("SET … PX or one EXPIRE in the same batch")
                        .serves(Objective.MEMORY, Objective.CONSISTENCY)
                        .notProvable("it shows when a feed stops")
                        .build())
                .verdict();
    }

    /// How long such a key is worth keeping without news; empty for what has to stay.
    private static Optional<Duration> lease(UseCase useCase) {
        return switch (useCase) {
            case TOP_OF_BOOK, DEPTH, TICKER -> Optional.of(Duration.ofSeconds(30));
            case TAPE -> Optional.of(Duration.ofHours(8));
            case RATE_LIMITS -> Optional.of(Duration.ofMinutes(1));
            case SESSIONS -> Optional.of(Duration.ofHours(12));
            case CANDLES,
                    POSITIONS,
                    RISK_LIMITS,
                    ORDERS,
                    IDEMPOTENCY,
                    FIX_SESSION,
                    LOCKS,
                    REFERENCE_DATA,
                    QUEUE,
                    OTHER -> Optional.empty();
        };
    }
}
