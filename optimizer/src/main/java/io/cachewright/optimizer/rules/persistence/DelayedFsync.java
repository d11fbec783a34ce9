package io.cachewright.optimizer.rules.persistence;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
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
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// PER-05: the fsync of every second was not done when the next one was due, so writes waited for it.
@AutoService(Rule.class)
public final class DelayedFsync implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "PER-05",
            "The AOF's disk cannot keep up",
            Topic.PERSISTENCE,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "After two seconds of waiting for the disk the main thread stops, and everyone waits with it.",
            List.of("valkey: src/aof.c, aof_delayed_fsync", "CacheCloud"));

    /// One in a minute is one stall a minute.
    private static final double PER_MINUTE_GRAVE = 1;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (!situation.parameter("appendonly").equals("yes")) {
            return new Verdict.NotApplicable("the AOF is off");
        }
        long delayed = situation.growth("aof_delayed_fsync");
        if (delayed == 0) {
            return new Verdict.Healthy("no fsync was delayed within the window");
        }
        double perMinute = situation.rate("aof_delayed_fsync") * 60;
        String seen = String.format(Locale.ROOT, "%d delayed fsyncs, %.1f a minute", delayed, perMinute);
        FindingBuilder finding = situation
                .finding(CARD, perMinute >= PER_MINUTE_GRAVE ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.DURABILITY)
                .seen(seen, "INFO aof_delayed_fsync, " + situation.windowSource());
        boolean rewriting = situation.optionalNumber("aof_rewrite_in_progress").orElse(0L)
                        + situation.optionalNumber("rdb_bgsave_in_progress").orElse(0L)
                > 0;
        if (rewriting) {
            finding.seen("1 child is writing to the disk at the same time", "INFO persistence");
        }
        if (situation.parameter("no-appendfsync-on-rewrite").equals("no")) {
            finding.remedy(noFsyncOnRewrite(situation, seen));
        }
        return finding.verdict();
    }

    private static Remedy noFsyncOnRewrite(Situation situation, String seen) {
        return remedy("no-fsync-on-rewrite", "Do not fsync while a snapshot or rewrite is written")
                .change(situation.set("no-appendfsync-on-rewrite", "yes"))
                .because(seen + "; a disk of its own for the AOF would mend it without losing durability")
                .protects("the main thread no longer waits for the disk behind the traffic of its own child")
                .risk(Remedy.Risk.Level.MEDIUM, "up to 30 s of writes are lost when the machine dies during a rewrite")
                .costs("one CONFIG SET")
                .serves(Objective.LATENCY)
                .harms(Objective.DURABILITY)
                .notProvable("it depends on the production disk, which a shadow does not have")
                .build();
    }
}
