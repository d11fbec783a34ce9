package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.HostFacts;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Share;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// LAT-14: the main thread has no headroom left for a burst. Waiting grows with busy / (1 − busy), so the last tenth
/// costs more than the first nine.
@AutoService(Rule.class)
public final class MainThreadBusy implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-14",
            "The main thread has no headroom for a burst",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG, Need.VERSION),
            "One thread runs all commands: when the open doubles the rate, requests queue without bound.",
            List.of("valkey: src/server.c, eventloop_duration_sum", "BetterDB Monitor: event loop busy"));

    /// At 0.7 a request waits 1.2 service times on average (M/D/1), at 0.9 it waits 4.5.
    private static final double BUSY_MEDIUM = 0.7;

    private static final double BUSY_HIGH = 0.9;

    /// Gains beyond this were not seen with more threads (valkey#4114: 8 threads slower than 4 on 32 cores).
    private static final int IO_THREADS_MAX = 4;

    private static final int CORES_FOR_IO_THREADS = 4;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double busy = busy(situation.window());
        double atPeak = busy * peakFactor(situation);
        String seen = "the main thread was busy " + Share.text(busy) + " of the window";
        if (atPeak < BUSY_MEDIUM) {
            return new Verdict.Healthy(seen);
        }
        FindingBuilder finding = situation
                .finding(CARD, atPeak >= BUSY_HIGH ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.THROUGHPUT)
                .seen(seen, situation.windowSource());
        if (atPeak > busy) {
            finding.seen(
                    "at the required peak of "
                            + situation.requirements().peakOpsPerSecond().orElse(0) + " commands a second it would be "
                            + Share.text(atPeak),
                    "requirements");
        }
        situation.profile().commands().toOptional().stream()
                .flatMap(List::stream)
                .limit(3)
                .forEach(command -> finding.seen(text(command), "INFO commandstats, " + situation.windowSource()));
        moreThreads(situation, busy, seen).ifPresent(finding::remedy);
        return finding.verdict();
    }

    /// By the event loop's own count where this version has it, else by the CPU time of the main thread.
    private static double busy(InfoWindow window) {
        double seconds = window.length().toNanos() / 1e9;
        return window.growth("eventloop_duration_sum")
                .map(micros -> micros / 1e6 / seconds)
                .toOptional()
                .orElseGet(() ->
                        (cpu(window, "used_cpu_user_main_thread") + cpu(window, "used_cpu_sys_main_thread")) / seconds);
    }

    private static double cpu(InfoWindow window, String field) {
        return Situation.known(window.last().decimal(field))
                - Situation.known(window.first().decimal(field));
    }

    private static double peakFactor(Situation situation) {
        double ops = situation.profile().opsPerSecond().orElse(0.0);
        long peak = situation.requirements().peakOpsPerSecond().orElse(0);
        return ops > 0 ? Math.max(1, peak / ops) : 1;
    }

    private static String text(CommandRate command) {
        return String.format(
                Locale.ROOT,
                "%s: %s of the time in commands, %.0f calls a second of %.1f µs",
                command.name(),
                Share.text(command.serverTimeShare()),
                command.callsPerSecond(),
                command.microsPerCall());
    }

    private static Optional<Remedy> moreThreads(Situation situation, double busy, String seen) {
        Optional<Integer> cores = situation.hostFact(HostFacts::cores).filter(count -> count >= CORES_FOR_IO_THREADS);
        double inCommands = situation.profile().busyShare().orElse(busy);
        double outside = Math.clamp(1 - inCommands / busy, 0, 1);
        if (cores.isEmpty() || situation.parameterNumber("io-threads") > 1 || outside < 0.2) {
            return Optional.empty();
        }
        int threads = Math.min(IO_THREADS_MAX, cores.get() / 2);
        double gain = 1 / (1 - outside + outside / threads) - 1;
        return Optional.of(remedy("io-threads", "Use " + threads + " I/O threads")
                .change(situation.set("io-threads", Integer.toString(threads), IoThreads.restart(situation.version())))
                .because(seen + ", " + Share.text(outside) + " of it outside commands (reading, parsing, writing), on "
                        + cores.get() + " cores")
                .expect(
                        Effect.Metric.THROUGHPUT,
                        0,
                        gain / 2,
                        gain,
                        "Amdahl's law with " + Share.text(outside) + " of the time in reading and writing")
                .risk(Remedy.Risk.Level.MEDIUM, "with few connections or large commands it is slower: prove it first")
                .costs((threads - 1) + " cores more under load"
                        + (IoThreads.restart(situation.version()) == Change.Restart.NEEDED ? ", a restart" : ""))
                .serves(Objective.THROUGHPUT, Objective.LATENCY)
                .harms(Objective.COST)
                .provedByItsParameters()
                .build());
    }
}
