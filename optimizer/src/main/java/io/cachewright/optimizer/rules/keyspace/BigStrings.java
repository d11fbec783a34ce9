package io.cachewright.optimizer.rules.keyspace;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
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
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// KEY-01: strings that take long to cross the wire.
@AutoService(Rule.class)
public final class BigStrings implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "KEY-01",
            "Strings are large enough to be felt on the wire",
            Topic.KEYSPACE,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.KEYSPACE),
            "Each read carries the whole value: it occupies the wire, delays what is queued behind it on the same "
                    + "connection, and fills output buffers of slow readers.",
            List.of("peers: KEY-01", "computed: 64 KB take 0.52 ms on 1 Gb/s"));

    /// A gigabit link, the slowest that trading hosts have between them.
    private static final double WIRE_BYTES_PER_MICRO = 125;

    private static final Duration WAIT_FELT = Duration.ofMillis(1);

    /// Read or written within this time, so that its size matters to someone now.
    private static final Duration IN_USE = Duration.ofMinutes(5);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double budgetMicros =
                situation.requirements().latencyBudget().orElse(WAIT_FELT).toNanos() / 1e3;
        List<KeyFamily> strings =
                situation.families().stream().filter(Offence.ofType("string")).toList();
        List<KeyFamily> large = strings.stream()
                .filter(family -> wireMicros(family.elementsMax()) >= budgetMicros)
                .toList();
        if (large.isEmpty()) {
            long most = strings.stream().mapToLong(KeyFamily::elementsMax).max().orElse(0);
            return new Verdict.Healthy("the largest sampled string has " + Figures.bytes(most));
        }
        boolean inUse = large.stream().anyMatch(BigStrings::inUse);
        FindingBuilder finding = situation
                .finding(CARD, inUse ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.LATENCY, Objective.COST);
        RemedyBuilder remedy = remedy("split", "Split by page or band, and read the page that is needed");
        for (KeyFamily family : large) {
            finding.seen(
                            Offence.name(family) + ": up to " + Figures.bytes(family.elementsMax()) + ", "
                                    + Figures.micros(wireMicros(family.elementsMax())) + " on a gigabit wire"
                                    + (inUse(family) ? ", in use" : ", not used in the last minutes"),
                            "STRLEN and OBJECT IDLETIME of sampled keys")
                    .family(family.pattern());
            remedy.change(new Change.Remodel(
                    family.pattern(),
                    "one string of up to " + Figures.bytes(family.elementsMax()),
                    "pages of about 4 KB by band, or the changed part only",
                    Practice.SMALLER_KEYS));
        }
        long most = large.stream().mapToLong(KeyFamily::elementsMax).max().orElse(0);
        return finding.remedy(remedy.because(Figures.bytes(most) + " take at least " + Figures.micros(wireMicros(most))
                                + " of a gigabit link, each time")
                        .protects("one read no longer delays the next by more than the budget")
                        .risk(Risk.Level.LOW, "readers of the whole value need several calls")
                        .costs("writers and readers change")
                        .serves(Objective.LATENCY, Objective.COST)
                        .notProvable("loopback hides the wire")
                        .build())
                .verdict();
    }

    private static double wireMicros(long bytes) {
        return bytes / WIRE_BYTES_PER_MICRO;
    }

    private static boolean inUse(KeyFamily family) {
        return family.sampled().stream()
                .flatMap(key -> key.idle().toOptional().stream())
                .anyMatch(idle -> idle.compareTo(IN_USE) < 0);
    }
}
