package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;

/// LAT-10b: every reading of the clock is a system call. The server reads it several times a command.
@AutoService(Rule.class)
public final class SlowClockSource implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-10b",
            "The machine's clock is slow to read",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.HOST),
            "Clock sources outside the CPU cost a system call or a bus access each time, several times a command.",
            List.of("valkey: src/syscheck.c, slow-clocksource and xen-clocksource"));

    /// Those that Linux reads without leaving the process.
    private static final Set<String> FAST =
            Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter");

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        String clock = Situation.known(situation.host().clockSource());
        if (FAST.contains(clock)) {
            return new Verdict.Healthy("clock source " + clock);
        }
        return situation
                .finding(CARD, Severity.LOW)
                .affects(Objective.LATENCY, Objective.THROUGHPUT)
                .seen("clock source " + clock + " on a 64-bit machine", "host: clocksource0/current_clocksource")
                .seen(situation.number("total_commands_processed") + " commands since the start read it", "INFO stats")
                .remedy(tsc(situation, clock))
                .verdict();
    }

    private static Remedy tsc(Situation situation, String clock) {
        String file = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
        return remedy("tsc", "Use the clock source tsc")
                .change(new Change.SetHost(
                        "clocksource", clock, "tsc", "echo tsc > " + file, "echo " + clock + " > " + file))
                .because("reading " + clock + " leaves the process, several times for each of the "
                        + situation.number("total_commands_processed")
                        + " commands since the start; tsc is read within it")
                .protects("commands no longer pay for reading the clock")
                .risk(
                        Remedy.Risk.Level.MEDIUM,
                        "the kernel may have dropped tsc because it was unstable here: look at dmesg first")
                .costs("one line at boot")
                .serves(Objective.LATENCY, Objective.THROUGHPUT)
                .notProvable("it is a setting of the whole machine, which a proof must not change")
                .build();
    }
}
