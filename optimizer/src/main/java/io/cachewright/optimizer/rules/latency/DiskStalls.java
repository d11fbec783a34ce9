package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// LAT-05: the main thread waited for the disk of the AOF.
@AutoService(Rule.class)
public final class DiskStalls implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-05",
            "The main thread waits for the disk of the AOF",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.LATENCY_EVENTS),
            "While a write or fsync of the AOF is blocked, nobody is served; one slow disk second is one second "
                    + "without prices.",
            List.of("valkey: src/latency.c, aof events", "Redis documentation: latency by AOF and disk I/O"));

    private static final Set<String> EVENTS = Set.of(
            "aof-write",
            "aof-write-pending-fsync",
            "aof-write-active-child",
            "aof-write-alone",
            "aof-fsync-always",
            "aof-fstat",
            "aof-rename",
            "aof-rewrite-diff-write");

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (!situation.parameter("appendonly").equals("yes")) {
            return new Verdict.NotApplicable("the AOF is off");
        }
        Optional<Spikes> spikes = Spikes.of(situation, EVENTS);
        if (spikes.isEmpty()) {
            return new Verdict.Healthy("the AOF's disk stalled nobody within the window");
        }
        FindingBuilder finding = situation
                .finding(CARD, spikes.get().severity())
                .affects(Objective.LATENCY)
                .seen(spikes.get().text(), "LATENCY HISTORY, " + situation.windowSource())
                .seen("appendfsync " + situation.parameter("appendfsync"), "CONFIG GET appendfsync");
        if (situation.parameter("appendfsync").equals("always")) {
            return finding.remedy(everySecond(situation, spikes.get())).verdict();
        }
        if (situation.parameter("no-appendfsync-on-rewrite").equals("no")) {
            finding.remedy(noFsyncOnRewrite(situation, spikes.get()));
        }
        return finding.verdict();
    }

    private static Remedy everySecond(Situation situation, Spikes spikes) {
        return remedy("fsync-every-second", "Set appendfsync to everysec")
                .change(situation.set("appendfsync", "everysec"))
                .because(spikes.text() + "; with always each batch of writes waits for the disk")
                .protects("the disk's latency no longer adds to each write")
                .risk(Remedy.Risk.Level.MEDIUM, "up to 2 s of acknowledged writes are lost when the machine dies")
                .costs("one CONFIG SET")
                .serves(Objective.LATENCY, Objective.THROUGHPUT)
                .harms(Objective.DURABILITY)
                .provedByItsParameters()
                .build();
    }

    private static Remedy noFsyncOnRewrite(Situation situation, Spikes spikes) {
        return remedy("no-fsync-on-rewrite", "Do not fsync while a snapshot or rewrite is written")
                .change(situation.set("no-appendfsync-on-rewrite", "yes"))
                .because(spikes.text() + "; fsync competes with the child that writes the same disk")
                .protects("a rewrite no longer blocks the main thread behind its own disk traffic")
                .risk(Remedy.Risk.Level.MEDIUM, "up to 30 s of writes are lost when the machine dies during a rewrite")
                .costs("one CONFIG SET; a disk of its own for the AOF keeps both goals")
                .serves(Objective.LATENCY)
                .harms(Objective.DURABILITY)
                .notProvable("it depends on the production disk, which a shadow does not have")
                .build();
    }
}
