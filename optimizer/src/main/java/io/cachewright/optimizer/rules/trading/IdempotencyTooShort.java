package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TRD-C2: idempotency keys that end before the retry does.
@AutoService(Rule.class)
public final class IdempotencyTooShort implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-C2",
            "Idempotency keys end before the trading day does",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.KEYSPACE),
            "A client that repeats a request after a reconnect or a failover is answered as if it were new: the order "
                    + "is sent twice.",
            List.of("RodriguesYan/HubInvestmentsServer", "catalogue C2: TTL below the life of the order"));

    /// Hours that a client may repeat a request of the same trading day: the longest session, with a margin.
    private static final Duration DAY_AND_RETRIES = Duration.ofHours(36);

    /// A lifetime that has still this long to run may have started as a day.
    private static final Duration HALF_A_SESSION = Duration.ofHours(4);

    private static final int KEYS_MIN = 5;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> families = situation.families().stream()
                .filter(Offence.holding(UseCase.IDEMPOTENCY)
                        .and(family -> family.sampled().size() >= KEYS_MIN))
                .toList();
        if (families.isEmpty()) {
            return new Verdict.NotApplicable("fewer than " + KEYS_MIN + " idempotency keys in the sample");
        }
        List<KeyFamily> tooShort = families.stream()
                .filter(family ->
                        family.withoutTtlShare() == 0 && longest(family).compareTo(HALF_A_SESSION) < 0)
                .toList();
        if (tooShort.isEmpty()) {
            return new Verdict.Healthy("idempotency keys live for hours");
        }
        FindingBuilder finding = situation.finding(CARD, Severity.HIGH).affects(Objective.CONSISTENCY);
        RemedyBuilder remedy =
                remedy("whole-day", "Keep idempotency keys for the trading day and the time for retries");
        for (KeyFamily family : tooShort) {
            finding.seen(
                            Offence.name(family) + ": the longest of "
                                    + family.sampled().size() + " sampled lifetimes has "
                                    + Durations.brief(longest(family)) + " left",
                            "PTTL of sampled keys")
                    .family(family.pattern());
            remedy.change(new Change.SetTimeToLive(family.pattern(), Optional.of(longest(family)), DAY_AND_RETRIES, 0));
        }
        KeyFamily first = tooShort.getFirst();
        double growth =
                DAY_AND_RETRIES.toMillis() / (double) Math.max(1, longest(first).toMillis());
        return finding.remedy(remedy.because("a request repeated after " + Durations.brief(longest(first))
                                + " is taken for a new one; a trading day with retries is "
                                + Durations.format(DAY_AND_RETRIES))
                        .protects("one request is one order, however often it is repeated on its day")
                        .risk(
                                Risk.Level.LOW,
                                "about " + Figures.decimal(growth) + " times as many of these keys at a time")
                        .costs(
                                "memory for a day of keys; the key should be session and client order id, not a hash of the content")
                        .serves(Objective.CONSISTENCY)
                        .harms(Objective.MEMORY)
                        .notProvable("it shows when a client repeats a request")
                        .build())
                .verdict();
    }

    private static Duration longest(KeyFamily family) {
        return family.sampled().stream()
                .flatMap(key -> key.timeToLive().toOptional().stream())
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
