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

/// LAT-07: evicting held the main thread.
@AutoService(Rule.class)
public final class EvictionStalls implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-07",
            "Evicting keys stalls every client",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.LATENCY_EVENTS),
            "Each write at the limit frees something first; a large value freed on the main thread stops everyone.",
            List.of("valkey: src/evict.c", "valkey: src/latency.c, eviction events"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Optional<Spikes> spikes = Spikes.of(situation, Set.of("eviction-del", "eviction-cycle", "eviction-lazyfree"));
        if (spikes.isEmpty()) {
            return new Verdict.Healthy("eviction stalled nobody within the window");
        }
        FindingBuilder finding = situation
                .finding(CARD, spikes.get().severity())
                .affects(Objective.LATENCY)
                .seen(spikes.get().text(), "LATENCY HISTORY, " + situation.windowSource());
        situation
                .optionalGrowth("evicted_keys")
                .ifPresent(keys -> finding.seen(keys + " keys evicted", situation.windowSource()));
        if (situation.parameter("lazyfree-lazy-eviction").equals("no")) {
            finding.remedy(freeInBackground(situation, spikes.get()));
        }
        return finding.verdict();
    }

    private static Remedy freeInBackground(Situation situation, Spikes spikes) {
        return remedy("free-in-background", "Free evicted values in the background")
                .change(situation.set("lazyfree-lazy-eviction", "yes"))
                .because(spikes.text() + "; values are freed on the main thread")
                .protects("a large value is unlinked at once and freed by another thread")
                .risk(
                        Remedy.Risk.Level.LOW,
                        "memory is given back a moment later, so that a burst of writes may evict a few keys more")
                .costs("one CONFIG SET")
                .serves(Objective.LATENCY)
                .harms(Objective.MEMORY)
                .provedByItsParameters()
                .build();
    }
}
