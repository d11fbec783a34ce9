package io.cachewright.optimizer.rules.ttl;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.keys.Instruments;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Practice;
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
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// TRD-M3: keys of instruments that have ceased to trade.
@AutoService(Rule.class)
public final class ExpiredInstruments implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-M3",
            "Keys of expired futures and options are still there",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.KEYSPACE),
            "After its last trading day nothing updates an instrument: its book and quotes are wrong for ever, fill the "
                    + "memory, and turn up in searches.",
            List.of("catalogue M3", "CME month codes; OCC option symbols"));

    private static final double SHARE_GRAVE = 0.1;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        LocalDate today = LocalDate.ofInstant(situation.evidence().endedAt(), ZoneOffset.UTC);
        int dated = 0;
        List<KeyFamily> concerned = new ArrayList<>();
        Map<String, List<SampledKey>> dead = new HashMap<>();
        for (KeyFamily family : situation.families()) {
            for (SampledKey key : family.sampled()) {
                Optional<LocalDate> expiry =
                        Instruments.in(key.name()).flatMap(name -> Instruments.expiry(name, today));
                dated += expiry.isPresent() ? 1 : 0;
                // A day of grace: venues settle, and clearing still reads, after the last trading day.
                if (expiry.filter(last -> last.isBefore(today.minusDays(1))).isPresent() && staysLonger(key)) {
                    dead.computeIfAbsent(family.pattern(), _ -> new ArrayList<>())
                            .add(key);
                }
            }
            if (dead.containsKey(family.pattern())) {
                concerned.add(family);
            }
        }
        if (dated == 0) {
            return new Verdict.NotApplicable("no sampled name holds a dated instrument");
        }
        if (concerned.isEmpty()) {
            return new Verdict.Healthy("none of " + dated + " sampled dated instruments has expired");
        }
        int gone = dead.values().stream().mapToInt(List::size).sum();
        double share = (double) gone / dated;
        FindingBuilder finding = situation
                .finding(CARD, share >= SHARE_GRAVE ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.MEMORY, Objective.CONSISTENCY)
                .seen(
                        gone + " of " + dated + " sampled keys of dated instruments are past their last trading day on "
                                + today,
                        "sampled names");
        RemedyBuilder remedy =
                remedy("expire-with-instrument", "Let keys of dated instruments expire with the instrument");
        for (KeyFamily family : concerned) {
            List<SampledKey> keys = dead.getOrDefault(family.pattern(), List.of());
            finding.seen(
                            Offence.name(family) + ": for example "
                                    + keys.getFirst().name(),
                            "sampled names")
                    .family(family.pattern());
        }
        return finding.remedy(remedy.change(
                                new Change.ChangeClient(
                                        Practice.SESSION_TTL,
                                        "no lifetime, or one that outlives the instrument",
                                        "EXPIREAT the end of the last trading day plus one day for settlement; one sweep for what is there"))
                        .because(Figures.percent(share) + " of the sampled dated instruments have expired")
                        .expect(
                                Metric.MEMORY,
                                -share,
                                -share * 0.3,
                                0,
                                "share of expired among dated instruments, as far as these fill the memory")
                        .protects("an expired instrument is gone from searches and risk sums")
                        .risk(
                                Risk.Level.LOW,
                                "what clearing reads after the last day needs a longer life: set it by use")
                        .costs("one EXPIREAT in the writer; one sweep")
                        .serves(Objective.MEMORY, Objective.CONSISTENCY)
                        .notProvable("dead keys cost memory, which the finding shows")
                        .build())
                .verdict();
    }

    private static boolean staysLonger(SampledKey key) {
        return key.timeToLive()
                .toOptional()
                .filter(lifetime -> lifetime.isEmpty() || lifetime.get().compareTo(Duration.ofDays(1)) > 0)
                .isPresent();
    }
}
