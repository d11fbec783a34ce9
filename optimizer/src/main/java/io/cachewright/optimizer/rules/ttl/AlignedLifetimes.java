package io.cachewright.optimizer.rules.ttl;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
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
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// TRD-T1: lifetimes that end within one second.
@AutoService(Rule.class)
public final class AlignedLifetimes implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-T1",
            "Lifetimes end together",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.KEYSPACE),
            "Keys that were loaded together with one lifetime end in one second: every reader misses at once, the source "
                    + "takes the whole load, and expiry takes time from the thread that serves everyone.",
            List.of("catalogue T1", "peers: EVI-08"));

    /// A lease that each update renews always shows its full length: it is aligned and never ends.
    private static final Duration LEASE_MAX = Duration.ofMinutes(5);

    private static final int SAMPLED_MIN = 30;
    private static final double SHARE_OF_FAMILY = 0.2;

    /// Fewer at once are no storm.
    private static final double KEYS_AT_ONCE = 1_000;

    private static final double JITTER = 0.15;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<Spike> spikes = situation.families().stream()
                .flatMap(family -> Spike.of(family).stream())
                .toList();
        List<Spike> storms = spikes.stream()
                .filter(spike -> spike.share >= SHARE_OF_FAMILY && spike.keysAtOnce >= KEYS_AT_ONCE)
                .toList();
        if (storms.isEmpty()) {
            return new Verdict.Healthy("at most "
                    + Figures.count(Math.round(
                            spikes.stream().mapToDouble(Spike::keysAtOnce).max().orElse(0)))
                    + " keys with long lifetimes end within one second");
        }
        FindingBuilder finding =
                situation.finding(CARD, Severity.MEDIUM).affects(Objective.LATENCY, Objective.OPERATIONS);
        RemedyBuilder remedy = remedy("jitter", "Spread lifetimes by " + Figures.percent(JITTER));
        for (Spike spike : storms) {
            finding.seen(
                            Offence.name(spike.family) + ": " + Figures.percent(spike.share) + " of " + spike.sampled
                                    + " sampled lifetimes end within one second, about "
                                    + Figures.count(Math.round(spike.keysAtOnce)) + " keys, in "
                                    + Durations.format(spike.in),
                            "PTTL of sampled keys")
                    .family(spike.family.pattern());
            remedy.change(new Change.SetTimeToLive(spike.family.pattern(), Optional.of(spike.in), spike.in, JITTER));
        }
        Spike worst = storms.getFirst();
        double spreadSeconds = Math.max(1, worst.in.toMillis() / 1e3 * JITTER * 2);
        return finding.remedy(remedy.because("about " + Figures.count(Math.round(worst.keysAtOnce))
                                + " keys end in one second; spread by " + Figures.percent(JITTER) + " either way it is "
                                + Figures.perSecond(worst.keysAtOnce / spreadSeconds))
                        .protects("the source sees misses one by one instead of all at once")
                        .risk(Risk.Level.LOW, "a key may end a little earlier than today")
                        .costs("one line where lifetimes are set")
                        .serves(Objective.LATENCY, Objective.OPERATIONS)
                        .notProvable("the storm comes when the lifetimes end")
                        .build())
                .verdict();
    }

    /// The second in which most sampled lifetimes of a family end.
    private record Spike(KeyFamily family, int sampled, double share, double keysAtOnce, Duration in) {

        static Optional<Spike> of(KeyFamily family) {
            Map<Long, Integer> bySecond = new TreeMap<>();
            int sampled = 0;
            for (SampledKey key : family.sampled()) {
                Optional<Duration> left = key.timeToLive().toOptional().flatMap(lifetime -> lifetime);
                if (left.isPresent()) {
                    sampled++;
                    bySecond.merge(left.get().toSeconds(), 1, Integer::sum);
                }
            }
            if (sampled < SAMPLED_MIN) {
                return Optional.empty();
            }
            // Keys are sampled over some seconds, so one deadline shows in two neighbouring buckets.
            long second = 0;
            int most = 0;
            for (Map.Entry<Long, Integer> bucket : bySecond.entrySet()) {
                int both = bucket.getValue() + bySecond.getOrDefault(bucket.getKey() + 1, 0);
                if (both > most) {
                    most = both;
                    second = bucket.getKey();
                }
            }
            Duration in = Duration.ofSeconds(second + 1);
            return in.compareTo(LEASE_MAX) <= 0
                    ? Optional.empty()
                    : Optional.of(
                            new Spike(family, sampled, (double) most / sampled, most * family.keysPerSampled(), in));
        }
    }
}
