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

/// LAT-06: the expiry cycle held the main thread. One cycle may take 25 % of 1 s / hz (and 2 points more a step of
/// active-expire-effort), so hz bounds the stall: hz 10 allows 25 ms, hz 100 allows 2.5 ms.
@AutoService(Rule.class)
public final class ExpiryStalls implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-06",
            "Expiring keys stalls every client",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.LATENCY_EVENTS),
            "Keys written together with one lifetime end together: at the minute, at the close, at the open.",
            List.of("valkey: src/expire.c, ACTIVE_EXPIRE_CYCLE_SLOW_TIME_PERC", "valkey: src/latency.c"));

    private static final long CYCLE_PERCENT = 25;

    private static final long PERCENT_PER_EFFORT = 2;

    /// Beyond 100 the timer itself costs CPU, as the documentation says; 500 is the server's own maximum.
    private static final long HZ_MAX = 100;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Optional<Spikes> spikes = Spikes.of(situation, Set.of("expire-cycle", "expire-del"));
        if (spikes.isEmpty()) {
            return new Verdict.Healthy("expiry stalled nobody within the window");
        }
        FindingBuilder finding = situation
                .finding(CARD, spikes.get().severity())
                .affects(Objective.LATENCY)
                .seen(spikes.get().text(), "LATENCY HISTORY expire-cycle, " + situation.windowSource());
        situation
                .optionalGrowth("expired_keys")
                .ifPresent(keys -> finding.seen(keys + " keys expired", situation.windowSource()));
        long hz = situation.parameterNumber("hz");
        long cyclePercent = CYCLE_PERCENT
                + PERCENT_PER_EFFORT
                        * (situation
                                        .optionalParameter("active-expire-effort")
                                        .map(Long::parseLong)
                                        .orElse(1L)
                                - 1);
        // The cycle's bound in ms is percent × 10 / hz; solved for hz and rounded up.
        long wanted = Math.min(
                HZ_MAX, Math.ceilDiv(cyclePercent * 10, spikes.get().budget().millis()));
        if (wanted > hz) {
            finding.remedy(shorterCycles(situation, spikes.get(), hz, wanted, cyclePercent));
        }
        if (situation
                .optionalParameter("lazyfree-lazy-expire")
                .filter("no"::equals)
                .isPresent()) {
            finding.remedy(freeInBackground(situation, spikes.get()));
        }
        return finding.verdict();
    }

    private static Remedy shorterCycles(Situation situation, Spikes spikes, long hz, long wanted, long cyclePercent) {
        return remedy("shorter-cycles", "Raise hz to " + wanted)
                .change(situation.set("hz", Long.toString(wanted)))
                .because(spikes.text() + ". At hz " + hz + " one cycle may take " + cyclePercent * 10 / hz + " ms, at "
                        + wanted + " it may take " + Math.ceilDiv(cyclePercent * 10, wanted) + " ms")
                .protects("one expiry cycle takes at most " + Math.ceilDiv(cyclePercent * 10, wanted) + " ms")
                .risk(Remedy.Risk.Level.LOW, "the timer runs more often: a little CPU when idle")
                .costs("one CONFIG SET; spread lifetimes so that fewer keys end together")
                .serves(Objective.LATENCY)
                .provedByItsParameters()
                .build();
    }

    private static Remedy freeInBackground(Situation situation, Spikes spikes) {
        return remedy("free-in-background", "Free expired values in the background")
                .change(situation.set("lazyfree-lazy-expire", "yes"))
                .because(spikes.text() + "; large values are freed on the main thread")
                .protects("a large value that expires is unlinked at once and freed by another thread")
                .risk(Remedy.Risk.Level.LOW, "memory is given back a moment later")
                .costs("one CONFIG SET")
                .serves(Objective.LATENCY)
                .provedByItsParameters()
                .build();
    }
}
