package io.cachewright.optimizer.rules.persistence;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// PER-06: every batch of writes waits for the disk. Right where nothing acknowledged may be lost, and a waste where
/// two seconds may.
@AutoService(Rule.class)
public final class FsyncAlways implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "PER-06",
            "Every write waits for the disk, and nobody requires it",
            Topic.PERSISTENCE,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "No other client is served while an fsync runs, and its time is the disk's, not the server's.",
            List.of("valkey: valkey.conf, appendfsync", "valkey: src/latency.c, aof-fsync-always"));

    /// What `everysec` may lose: one second between fsyncs and one that the server waits for a slow one.
    static final Duration EVERY_SECOND_LOSES = Duration.ofSeconds(2);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (!situation.parameter("appendonly").equals("yes")
                || !situation.parameter("appendfsync").equals("always")) {
            return new Verdict.NotApplicable("no write waits for the disk");
        }
        Optional<Duration> rpo = situation.requirements().rpo();
        if (rpo.isPresent() && rpo.get().compareTo(EVERY_SECOND_LOSES) < 0) {
            return new Verdict.Healthy(
                    "required: at most " + Durations.format(rpo.get()) + " of acknowledged data may be lost");
        }
        double writes = situation.profile().opsPerSecond().orElse(0.0)
                * situation.profile().writeShare().orElse(0.0);
        String seen = String.format(Locale.ROOT, "appendfsync always at %.0f writes a second", writes);
        FindingBuilder finding = situation
                .finding(CARD, rpo.isPresent() ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.LATENCY, Objective.THROUGHPUT)
                .seen(seen, "CONFIG GET appendfsync, " + situation.windowSource())
                .seen(
                        rpo.map(value -> "up to " + Durations.format(value) + " of data may be lost")
                                .orElse("nobody said how much data may be lost: everysec loses 2 s at most"),
                        "requirements");
        return finding.remedy(everySecond(situation, seen), groupCommit(seen, writes))
                .verdict();
    }

    private static Remedy everySecond(Situation situation, String seen) {
        return remedy("fsync-every-second", "Set appendfsync to everysec")
                .change(situation.set("appendfsync", "everysec"))
                .because(seen + "; everysec takes the disk out of the path of each write")
                .protects("a slow disk no longer slows each write")
                .risk(Remedy.Risk.Level.MEDIUM, "up to 2 s of acknowledged writes are lost when the machine dies")
                .costs("one CONFIG SET")
                .serves(Objective.LATENCY, Objective.THROUGHPUT)
                .harms(Objective.DURABILITY)
                .provedByItsParameters()
                .build();
    }

    private static Remedy groupCommit(String seen, double writes) {
        return remedy("group-commit", "Keep always, and send writes in pipelines so that one fsync covers many")
                .change(new Change.ChangeClient(
                        Practice.PIPELINE_WRITES, "one round trip a write", "one pipeline a batch"))
                .because(seen + "; all writes of one turn of the event loop share one fsync")
                .protects("nothing acknowledged is lost, and the disk is asked once a batch")
                .risk(Remedy.Risk.Level.LOW, "a write is acknowledged only with its whole batch")
                .costs("code of the writers")
                .serves(Objective.THROUGHPUT, Objective.DURABILITY)
                .harms(Objective.LATENCY)
                .provedBy(new Experiment.ClientPractice(
                        Practice.PIPELINE_WRITES, Map.of("writesPerSecond", Math.round(writes))))
                .build();
    }
}
