package io.cachewright.optimizer.rules.persistence;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.LatencyBudget;
import io.cachewright.optimizer.rules.Share;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// PER-02: save points start snapshots by the number of changes, so the busier the market, the more often the server
/// forks. The default's last point, `60 10000`, is one fork a minute from 167 writes a second on.
@AutoService(Rule.class)
public final class SnapshotsUnderLoad implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "PER-02",
            "The busier the market, the more often the server forks for snapshots",
            Topic.PERSISTENCE,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "Snapshots by number of changes fall into the open and the close: a stall at each fork, then copied pages "
                    + "and disk traffic until the child ends.",
            List.of("valkey: src/server.c, saveparams", "BetterDB Monitor", "netdata: redis.conf"));

    private static final Duration OFTEN = Duration.ofMinutes(5);

    /// A snapshot is being written this much of the time.
    private static final double DUTY_GRAVE = 0.25;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        SavePoints savePoints = SavePoints.parse(situation.parameter("save"));
        if (savePoints.isEmpty()) {
            return new Verdict.NotApplicable("there are no save points");
        }
        double changes = changesPerSecond(situation);
        Optional<Duration> period = savePoints.period(changes);
        String seen = String.format(Locale.ROOT, "%.0f changes a second start a snapshot ", changes)
                + period.map(every -> "every " + Durations.format(every)).orElse("never");
        if (period.filter(every -> every.compareTo(OFTEN) <= 0).isEmpty()) {
            return new Verdict.Healthy(seen);
        }
        Duration stall = Duration.ofNanos(situation.number("latest_fork_usec") * 1_000);
        double duty = Math.max(0, situation.number("rdb_last_bgsave_time_sec"))
                / (double) Math.max(1, period.get().toSeconds());
        LatencyBudget budget = LatencyBudget.of(situation);
        boolean grave = budget.isBrokenBy(stall) || duty >= DUTY_GRAVE;
        FindingBuilder finding = situation
                .finding(CARD, grave ? Severity.MEDIUM : Severity.INFO)
                .affects(Objective.LATENCY)
                .seen(
                        seen + " by save \"" + situation.parameter("save") + "\"",
                        "CONFIG GET save, " + situation.windowSource())
                .seen(
                        "a fork took " + Durations.brief(stall) + ", a snapshot is being written " + Share.text(duty)
                                + " of the time; " + budget.text(),
                        "INFO persistence");
        return finding.remedy(hourly(situation, seen), none(situation, seen)).verdict();
    }

    /// By the server's own count of changes, unless a snapshot within the window reset it.
    private static double changesPerSecond(Situation situation) {
        return situation
                .window()
                .rate("rdb_changes_since_last_save")
                .toOptional()
                .orElseGet(() -> situation.rate("total_commands_processed")
                        * situation.profile().writeShare().orElse(0.0));
    }

    private static Remedy hourly(Situation situation, String seen) {
        return remedy("hourly", "Take a snapshot an hour at most")
                .change(situation.set("save", "3600 1"))
                .because(seen + "; with save \"3600 1\" it is one an hour however busy the market is")
                .protects("at most one fork an hour")
                .risk(Remedy.Risk.Level.LOW, "up to one hour of changes is lost when the server dies")
                .costs("one CONFIG SET")
                .serves(Objective.LATENCY)
                .harms(Objective.DURABILITY)
                .provedByItsParameters()
                .build();
    }

    private static Remedy none(Situation situation, String seen) {
        return remedy("after-the-close", "Take snapshots by schedule, outside trading hours")
                .change(situation.set("save", ""))
                .because(seen + "; a scheduled BGSAVE before the open and after the close falls into no session")
                .protects("no snapshot forks within trading hours")
                .risk(
                        Remedy.Risk.Level.MEDIUM,
                        "the changes of a session are lost when the server dies, unless the AOF is on")
                .costs("one CONFIG SET and a scheduled BGSAVE")
                .serves(Objective.LATENCY)
                .harms(Objective.DURABILITY, Objective.OPERATIONS)
                .provedByItsParameters()
                .build();
    }
}
