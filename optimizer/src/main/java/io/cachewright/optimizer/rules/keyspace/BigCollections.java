package io.cachewright.optimizer.rules.keyspace;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
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

/// KEY-02: collections whose deletion or full read holds everyone up.
@AutoService(Rule.class)
public final class BigCollections implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "KEY-02",
            "Collections are large enough to hold up every client",
            Topic.KEYSPACE,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.KEYSPACE),
            "One thread serves everyone: while it frees or reads a large collection, nothing else is answered.",
            List.of(
                    "peers: KEY-02 to KEY-05",
                    "measured: Redis 7.0.15, collections of 300,000 elements",
                    "valkey: src/lazyfree.c"));

    /// What deleting and reading one element costs the main thread, in nanoseconds. Lists and streams are freed by the
    /// node, hundreds of elements at a time.
    private enum Cost {
        HASH("hash", 280, 305),
        ZSET("zset", 127, 51),
        SET("set", 188, 246),
        LIST("list", 1, 44),
        STREAM("stream", 2, 293);

        private final String type;
        private final double deleteNanos;
        private final double readNanos;

        Cost(String type, double deleteNanos, double readNanos) {
            this.type = type;
            this.deleteNanos = deleteNanos;
            this.readNanos = readNanos;
        }
    }

    /// Without a stated budget: five times the 1 ms within which a nearby server should answer at p99.
    private static final Duration PAUSE_FELT = Duration.ofMillis(5);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double pauseMicros =
                situation.requirements().latencyBudget().orElse(PAUSE_FELT).toNanos() / 1e3;
        boolean lazy = situation
                .optionalParameter("lazyfree-lazy-user-del")
                .filter("yes"::equals)
                .isPresent();
        List<Pause> pauses = situation.families().stream()
                .flatMap(family -> Pause.of(family, lazy).stream())
                .toList();
        List<Pause> felt = pauses.stream()
                .filter(pause -> pause.worstMicros() >= pauseMicros)
                .toList();
        if (felt.isEmpty()) {
            double most = pauses.stream().mapToDouble(Pause::worstMicros).max().orElse(0);
            return new Verdict.Healthy(
                    "no sampled collection holds the server up for more than " + Figures.micros(most));
        }
        FindingBuilder finding = situation
                .finding(
                        CARD,
                        felt.stream().anyMatch(pause -> pause.worstMicros() >= 10 * pauseMicros)
                                ? Severity.HIGH
                                : Severity.MEDIUM)
                .affects(Objective.LATENCY);
        for (Pause pause : felt) {
            finding.seen(
                            Offence.name(pause.family) + ": up to " + Figures.count(pause.family.elementsMax())
                                    + " elements; about "
                                    + Figures.micros(pause.deleteMicros)
                                    + (lazy ? " to free, in the background" : " for a DEL")
                                    + ", " + Figures.micros(pause.readMicros) + " for a full read",
                            "sampled keys × measured cost an element")
                    .family(pause.family.pattern());
        }
        double worst = felt.stream().mapToDouble(Pause::worstMicros).max().orElse(0);
        return finding.remedy(remedies(situation, felt, lazy, worst)).verdict();
    }

    private static Remedy[] remedies(Situation situation, List<Pause> felt, boolean lazy, double worst) {
        RemedyBuilder split = remedy("split", "Split by band, page or day, and read ranges");
        felt.forEach(pause -> split.change(new Change.Remodel(
                pause.family.pattern(),
                "one " + pause.family.mainType() + " of up to " + pause.family.elementsMax() + " elements",
                "keys of some thousand elements, by price band, page or day, each with a lifetime",
                Practice.SMALLER_KEYS)));
        Remedy smaller = split.because(
                        "the largest takes about " + Figures.micros(worst) + " of everyone's time at once")
                .protects("no single command takes longer than the latency budget")
                .risk(Risk.Level.MEDIUM, "readers that need everything issue several calls")
                .costs("writers and readers change")
                .serves(Objective.LATENCY)
                .notProvable("the pause comes when such a key is deleted or read, which a modelled load does not know")
                .build();
        if (lazy || situation.optionalParameter("lazyfree-lazy-user-del").isEmpty()) {
            return new Remedy[] {smaller};
        }
        Remedy lazily = remedy("lazy-free", "Free deleted values in the background: lazyfree-lazy-user-del yes")
                .change(situation.set("lazyfree-lazy-user-del", "yes"))
                .because("a DEL of the largest takes about " + Figures.micros(worst)
                        + " on the thread that serves everyone")
                .protects("DEL returns at once, whatever it deletes")
                .risk(Risk.Level.LOW, "memory of deleted values is free a moment later than today")
                .costs("one CONFIG SET; it does not shorten full reads")
                .serves(Objective.LATENCY)
                .notProvable("the pause comes when such a key is deleted, which a modelled load does not know")
                .build();
        return new Remedy[] {lazily, smaller};
    }

    /// @param deleteMicros on the main thread, or in the background when freeing is lazy
    private record Pause(KeyFamily family, double deleteMicros, double readMicros, boolean lazy) {

        static Optional<Pause> of(KeyFamily family, boolean lazy) {
            for (Cost cost : Cost.values()) {
                if (cost.type.equals(family.mainType())) {
                    double thousands = family.elementsMax() / 1e3;
                    return Optional.of(
                            new Pause(family, thousands * cost.deleteNanos, thousands * cost.readNanos, lazy));
                }
            }
            return Optional.empty();
        }

        double worstMicros() {
            return lazy ? readMicros : Math.max(deleteMicros, readMicros);
        }
    }
}
