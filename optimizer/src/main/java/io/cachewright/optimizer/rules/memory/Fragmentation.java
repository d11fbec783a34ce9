package io.cachewright.optimizer.rules.memory;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Engine;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.RemedyBuilder;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// MEM-05 (with MEM-06, MEM-07 and MEM-11): resident memory that holds no data, and which part of the allocator
/// holds it. `mem_fragmentation_ratio` alone cannot tell: it mixes holes in pages, pages kept for later, and the
/// fixed cost of a process.
@AutoService(Rule.class)
public final class Fragmentation implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-05",
            "Much of the resident memory holds no data",
            Topic.MEMORY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.VERSION),
            "Memory that is paid for and not used; it shortens the distance to the OOM killer and lengthens forks.",
            List.of("valkey: src/object.c, MEMORY DOCTOR", "valkey: src/defrag.c", "jemalloc: decay"));

    /// The fixed cost of the process is about 10 MB; with less data than this it would be taken for waste.
    private static final long JUDGED_FROM = 100L << 20;

    /// Of the data. Order books that are rebuilt reach this; it is worth a setting.
    private static final double WASTE_SHARE_MIN = 0.25;

    /// Half as much waste as data.
    private static final double WASTE_SHARE_GRAVE = 0.5;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long used = situation.number("used_memory");
        if (used < JUDGED_FROM) {
            return new Verdict.NotApplicable(
                    "with " + new ByteSize(used) + " of data the cost of the process itself hides fragmentation");
        }
        long holes = Math.max(0, situation.number("allocator_frag_bytes"));
        long keptPages = Math.max(0, situation.number("allocator_rss_bytes"));
        double share = (double) (holes + keptPages) / used;
        String waste = new ByteSize(holes + keptPages) + " hold no data, " + Share.text(share) + " of "
                + new ByteSize(used) + " used";
        if (share < WASTE_SHARE_MIN) {
            return new Verdict.Healthy(waste);
        }
        boolean holesDominate = holes >= keptPages;
        FindingBuilder finding = situation
                .finding(CARD, share >= WASTE_SHARE_GRAVE ? Severity.MEDIUM : Severity.LOW)
                .title(holesDominate ? "Much of the resident memory is holes between values" : CARD.title())
                .affects(Objective.MEMORY, Objective.COST)
                .seen(waste, "INFO memory")
                .seen(
                        new ByteSize(holes) + " holes in pages (allocator_frag_bytes), " + new ByteSize(keptPages)
                                + " pages kept for later (allocator_rss_bytes)",
                        "INFO memory");
        mend(situation, holesDominate, waste).ifPresent(finding::remedy);
        return finding.verdict();
    }

    private static Optional<Remedy> mend(Situation situation, boolean holesDominate, String waste) {
        boolean jemalloc = situation.text("mem_allocator").startsWith("jemalloc");
        if (!jemalloc) {
            return Optional.empty();
        }
        if (!holesDominate) {
            return situation
                    .optionalParameter("jemalloc-bg-thread")
                    .filter("no"::equals)
                    .map(_ -> purge(situation, waste));
        }
        return situation.parameter("activedefrag").equals("no") && !isSystemAllocator(situation)
                ? Optional.of(defragment(situation, waste))
                : Optional.empty();
    }

    /// Defragmentation needs the allocator that comes with the server's sources. Redis before 7.2 came with 5.2.1 or
    /// older, so 5.3.0 there is the distribution's own (Debian's, for one); later versions cannot be told apart.
    private static boolean isSystemAllocator(Situation situation) {
        return situation.version().engine() == Engine.REDIS
                && !situation.version().isAtLeast(Engine.REDIS, 7, 2)
                && situation.text("mem_allocator").equals("jemalloc-5.3.0");
    }

    private static Remedy purge(Situation situation, String waste) {
        return remedy("purge-in-background", "Let the allocator give kept pages back in the background")
                .change(situation.set("jemalloc-bg-thread", "yes"))
                .because(waste + ", and jemalloc-bg-thread is off")
                .protects("pages freed by deletes return to the machine within seconds")
                .risk(Remedy.Risk.Level.LOW, "a thread of its own uses a little CPU")
                .costs("one CONFIG SET")
                .serves(Objective.MEMORY, Objective.COST)
                .notProvable("it depends on the history of deletes, which a freshly filled shadow does not have")
                .build();
    }

    /// Before Valkey 8.1 a cycle of defragmentation runs inside the timer, `active-defrag-cycle-max` percent of
    /// `1 s / hz` at once: 25 % at hz 10 is a stall of 25 ms. The maximum is set so that one cycle fits the budget.
    private static Remedy defragment(Situation situation, String waste) {
        RemedyBuilder remedy = remedy("defragment", "Turn on active defragmentation")
                .change(situation.set("activedefrag", "yes"))
                .protects("holes shrink to active-defrag-threshold-lower, "
                        + situation.parameter("active-defrag-threshold-lower") + " %")
                .risk(
                        Remedy.Risk.Level.MEDIUM,
                        "it takes time of the main thread while it runs; a server built with the distribution's own jemalloc "
                                + "refuses it and goes on unchanged")
                .costs("CPU of the main thread while holes are above the threshold")
                .serves(Objective.MEMORY, Objective.COST)
                .harms(Objective.LATENCY)
                .notProvable("it depends on the history of deletes, which a freshly filled shadow does not have");
        LatencyBudget budget = LatencyBudget.of(situation);
        long hz = situation.parameterNumber("hz");
        long percentMax = Math.clamp(budget.millis() * hz / 10, 1, 99);
        long percentNow = situation.parameterNumber("active-defrag-cycle-max");
        if (situation.version().isAtLeast(Engine.VALKEY, 8, 1) || percentMax >= percentNow) {
            return remedy.because(waste + ", and activedefrag is off").build();
        }
        long percentMin = situation.parameterNumber("active-defrag-cycle-min");
        if (percentMin > percentMax) {
            remedy.change(situation.set("active-defrag-cycle-min", Long.toString(percentMax)));
        }
        return remedy.change(situation.set("active-defrag-cycle-max", Long.toString(percentMax)))
                .because(waste + ", and activedefrag is off. At hz " + hz + " a cycle may take " + percentNow * 10 / hz
                        + " ms at once; " + budget.text() + ", so cycle-max becomes " + percentMax)
                .build();
    }
}
