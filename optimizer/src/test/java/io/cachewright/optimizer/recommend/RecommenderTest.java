package io.cachewright.optimizer.recommend;

import static io.cachewright.optimizer.recommend.Advised.client;
import static io.cachewright.optimizer.recommend.Advised.diagnosis;
import static io.cachewright.optimizer.recommend.Advised.found;
import static io.cachewright.optimizer.recommend.Advised.foundOn;
import static io.cachewright.optimizer.recommend.Advised.objectives;
import static io.cachewright.optimizer.recommend.Advised.remedy;
import static io.cachewright.optimizer.recommend.Advised.set;
import static io.cachewright.optimizer.recommend.Advised.setOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Diagnosis;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.recommend.Plan.Phase;
import io.cachewright.optimizer.recommend.Plan.SettledConflict;
import io.cachewright.optimizer.recommend.Plan.Step;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.RequirementsFile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecommenderTest {

    private static final Set<Objective> NOTHING = objectives();

    private final Remedy always = remedy(
            "fsync-always",
            objectives(Objective.DURABILITY),
            objectives(Objective.LATENCY),
            set("appendfsync", "everysec", "always"));
    private final Remedy never = remedy(
            "fsync-no",
            objectives(Objective.LATENCY),
            objectives(Objective.DURABILITY),
            set("appendfsync", "everysec", "no"));

    @Test
    void numbersTheMoreSevereFindingFirst() {
        Plan plan = plan(
                "{}",
                found("A-1", Severity.LOW, remedy("a", NOTHING, NOTHING, set("a", "0", "1"))),
                found("B-1", Severity.CRITICAL, remedy("b", NOTHING, NOTHING, set("b", "0", "1"))),
                found("C-1", Severity.HIGH, remedy("c", NOTHING, NOTHING, set("c", "0", "1"))));

        assertThat(titles(plan)).containsExactly("Do b", "Do c", "Do a");
        assertThat(plan.recommendations())
                .extracting(Plan.Recommendation::number)
                .containsExactly(1, 2, 3);
    }

    @Test
    void putsWhatTheUsersPutFirstBeforeAnEquallySevereFinding() {
        Diagnosis diagnosis = diagnosis(
                found("A-1", Severity.HIGH, remedy("a", objectives(Objective.MEMORY), NOTHING, set("a", "0", "1"))),
                found("B-1", Severity.HIGH, remedy("b", objectives(Objective.LATENCY), NOTHING, set("b", "0", "1"))));

        assertThat(titles(plan("priorities: [latency]", diagnosis))).containsExactly("Do b", "Do a");
        assertThat(titles(plan("priorities: [memory]", diagnosis))).containsExactly("Do a", "Do b");
    }

    @Test
    void prefersALowRiskWhereAllElseIsEqual() {
        Plan plan = plan(
                "{}",
                found(
                        "A-1",
                        Severity.HIGH,
                        remedy("risky", Remedy.Risk.Level.HIGH, NOTHING, NOTHING, set("a", "0", "1"))),
                found("B-1", Severity.HIGH, remedy("easy", NOTHING, NOTHING, set("b", "0", "1"))));

        assertThat(titles(plan)).containsExactly("Do easy", "Do risky");
    }

    @Test
    void keepsEveryWriteWhileNobodySaidHowMuchMayBeLost() {
        Plan plan = plan("{}", found("P-1", Severity.HIGH, always), found("L-1", Severity.HIGH, never));

        assertThat(titles(plan)).containsExactly("Do fsync-always");
        assertThat(plan.settled()).singleElement().satisfies(settled -> {
            assertThat(settled.loser()).isEqualTo("Do fsync-no");
            assertThat(settled.reason()).contains("rpo").contains("unknown");
        });
    }

    @Test
    void keepsEveryWriteWhenTheRpoIsZeroWhateverThePrioritiesSay() {
        Plan plan = plan(
                "rpo: 0s\npriorities: [latency, durability]",
                found("P-1", Severity.LOW, always),
                found("L-1", Severity.CRITICAL, never));

        assertThat(titles(plan)).containsExactly("Do fsync-always");
        assertThat(plan.settled())
                .extracting(SettledConflict::reason)
                .allSatisfy(reason -> assertThat(reason).contains("rpo is 0s"));
    }

    @Test
    void letsLatencyWinWhereThePrioritiesPutItFirst() {
        Plan plan = plan(
                "rpo: 5m\npriorities: [latency, durability]",
                found("P-1", Severity.HIGH, always),
                found("L-1", Severity.HIGH, never));

        assertThat(titles(plan)).containsExactly("Do fsync-no");
        assertThat(plan.settled()).singleElement().satisfies(settled -> {
            assertThat(settled.winner()).isEqualTo("Do fsync-no");
            assertThat(settled.loser()).isEqualTo("Do fsync-always");
            assertThat(settled.reason()).contains("latency");
        });
    }

    @Test
    void refusesAChangeThatLosesMoreThanTheRpoAllows() {
        Plan plan = plan("rpo: 1s", found("L-1", Severity.HIGH, never));

        assertThat(plan.recommendations()).isEmpty();
        assertThat(plan.settled())
                .singleElement()
                .satisfies(settled ->
                        assertThat(settled.reason()).isEqualTo("appendfsync no can lose 30s of writes, and rpo is 1s"));
    }

    @Test
    void allowsAPureCacheToLoseItsData() {
        assertThat(titles(plan("store-role: cache", found("L-1", Severity.HIGH, never))))
                .containsExactly("Do fsync-no");
        assertThat(titles(plan("store-role: cache\nregimes: [mifid-ii]", found("L-1", Severity.HIGH, never))))
                .isEmpty();
    }

    @Test
    void givesTheLoserItsNextRemedyWhereThereIsOne() {
        Remedy volatileLru = remedy(
                "volatile",
                objectives(Objective.LATENCY),
                NOTHING,
                set("maxmemory-policy", "noeviction", "volatile-lru"));
        Remedy noeviction = remedy(
                "keep", objectives(Objective.DURABILITY), NOTHING, set("maxmemory-policy", "noeviction", "noeviction"));
        Remedy alternative =
                remedy("alternative", objectives(Objective.LATENCY), NOTHING, set("maxmemory", "0", "1gb"));

        Plan plan = plan(
                "{}",
                found("M-1", Severity.CRITICAL, volatileLru, alternative),
                found("M-2", Severity.LOW, noeviction));

        assertThat(titles(plan)).containsExactly("Do alternative", "Do keep");
        assertThat(plan.settled())
                .extracting(SettledConflict::subject)
                .containsExactly("127.0.0.1:6379 maxmemory-policy");
    }

    @Test
    void offersTheOtherRemediesAsOptions() {
        Remedy first = remedy("first", NOTHING, NOTHING, set("a", "0", "1"));
        Remedy second = remedy("second", NOTHING, NOTHING, set("a", "0", "2"));

        assertThat(plan("{}", found("A-1", Severity.HIGH, first, second)).recommendations())
                .singleElement()
                .satisfies(
                        recommendation -> assertThat(recommendation.options()).containsExactly(second));
    }

    @Test
    void marksOpposedRecommendationsThatAdmitACompromise() {
        Plan plan = plan(
                "{}",
                found(
                        "A-1",
                        Severity.HIGH,
                        remedy("a", objectives(Objective.LATENCY), objectives(Objective.MEMORY), set("a", "0", "1"))),
                found(
                        "B-1",
                        Severity.LOW,
                        remedy("b", objectives(Objective.MEMORY), objectives(Objective.LATENCY), set("b", "0", "1"))));

        assertThat(plan.recommendations())
                .extracting(Plan.Recommendation::conflictsWith)
                .containsExactly(List.of(2), List.of(1));
        assertThat(plan.settled()).isEmpty();
    }

    @Test
    void makesOneRecommendationOfFindingsThatTheSameChangeMends() {
        Plan plan = plan(
                "{}",
                found("A-1", Severity.LOW, remedy("a", NOTHING, NOTHING, set("maxmemory", "0", "1gb"))),
                found(
                        "B-1",
                        Severity.HIGH,
                        remedy(
                                "b",
                                NOTHING,
                                NOTHING,
                                set("maxmemory-policy", "noeviction", "volatile-lru"),
                                set("maxmemory", "0", "1gb"))));

        assertThat(plan.recommendations()).singleElement().satisfies(recommendation -> {
            assertThat(recommendation.finding().ruleId()).isEqualTo("B-1");
            assertThat(recommendation.alsoMends())
                    .extracting(finding -> finding.ruleId())
                    .containsExactly("A-1");
        });
    }

    @Test
    void makesOneRecommendationOfTheSameAdviceForSeveralNodes() {
        Plan plan = plan(
                "{}",
                foundOn("a:1", "A-1", Severity.HIGH, remedy("r", NOTHING, NOTHING, setOn("a:1", "p", "0", "1"))),
                foundOn("b:1", "A-1", Severity.HIGH, remedy("r", NOTHING, NOTHING, setOn("b:1", "p", "0", "1"))));

        assertThat(plan.recommendations()).singleElement().satisfies(recommendation -> {
            assertThat(recommendation.remedy().changes()).hasSize(2);
            assertThat(recommendation.alsoMends()).hasSize(1);
        });
    }

    @Test
    void letsSeveralPracticesOfOneBookStandTogether() {
        Plan plan = plan(
                "{}",
                found("T-1", Severity.HIGH, remedy("deltas", NOTHING, NOTHING, remodel(Practice.BOOK_DELTAS))),
                found("T-2", Severity.HIGH, remedy("trim", NOTHING, NOTHING, remodel(Practice.TRIM_DEPTH))),
                found("T-3", Severity.LOW, remedy("swap", NOTHING, NOTHING, remodel(Practice.ATOMIC_SWAP))));

        assertThat(titles(plan)).containsExactly("Do deltas", "Do trim");
        assertThat(plan.settled()).extracting(SettledConflict::loser).containsExactly("Do swap");
    }

    @Test
    void carriesOutMonitoringFirstAndTopologyLast() {
        Plan plan = plan(
                "{}",
                found(
                        "T-1",
                        Severity.CRITICAL,
                        remedy("move", NOTHING, NOTHING, new Change.ChangeTopology("state", "1", "2", "m", "u"))),
                found("C-1", Severity.HIGH, remedy("client", NOTHING, NOTHING, client(Practice.BATCH_READS))),
                found(
                        "P-1",
                        Severity.MEDIUM,
                        remedy("set", NOTHING, NOTHING, set("lazyfree-lazy-expire", "no", "yes"))),
                found(
                        "M-1",
                        Severity.LOW,
                        remedy("see", NOTHING, NOTHING, set("latency-monitor-threshold", "0", "5"))));

        assertThat(plan.steps())
                .extracting(Step::phase)
                .containsExactly(Phase.MONITORING, Phase.SAFE_SETTINGS, Phase.CLIENTS, Phase.TOPOLOGY);
    }

    @Test
    void movesStateAwayBeforeAnythingIsEvicted() {
        Plan plan = plan(
                "{}",
                found(
                        "M-1",
                        Severity.HIGH,
                        remedy("evict", NOTHING, NOTHING, set("maxmemory-policy", "noeviction", "allkeys-lru"))),
                found("E-1", Severity.LOW, remedy("separate", NOTHING, NOTHING, client(Practice.SEPARATE_STATE))));

        assertThat(plan.steps()).extracting(Step::recommendation).containsExactly(2, 1);
        assertThat(plan.steps().getLast().because()).contains("never be evicted");
    }

    @Test
    void doesNotHangOnRecommendationsThatNeedEachOther() {
        Change acl = new Change.SetAcl(Advised.NODE, "app", "-keys", "+keys");
        Plan plan = plan(
                "{}",
                found(
                        "A-1",
                        Severity.HIGH,
                        remedy("a", NOTHING, NOTHING, client(Practice.KEY_REGISTRY), set("maxmemory", "0", "1gb"))),
                found(
                        "B-1",
                        Severity.HIGH,
                        remedy("b", NOTHING, NOTHING, acl, set("maxmemory-policy", "noeviction", "volatile-lru"))));

        assertThat(plan.steps()).hasSize(2);
    }

    @Test
    void givesTheSamePlanWhateverTheOrderOfTheFindings() {
        Diagnosis diagnosis = diagnosis(
                found("P-1", Severity.HIGH, always),
                found("L-1", Severity.HIGH, never),
                found("A-1", Severity.HIGH, remedy("a", NOTHING, NOTHING, set("a", "0", "1"))),
                found("A-2", Severity.HIGH, remedy("b", NOTHING, NOTHING, set("a", "0", "2"))));
        Diagnosis reversed = new Diagnosis(diagnosis.judgements().reversed());

        assertThat(titles(plan("rpo: 5m", reversed))).isEqualTo(titles(plan("rpo: 5m", diagnosis)));
        assertThat(plan("rpo: 5m", diagnosis)).isEqualTo(plan("rpo: 5m", diagnosis));
    }

    private static Change remodel(Practice practice) {
        return new Change.Remodel("md:{I}:l2", "JSON", "hash", practice);
    }

    private static Plan plan(String requirements, Verdict.Found... found) {
        return plan(requirements, diagnosis(found));
    }

    private static Plan plan(String requirements, Diagnosis diagnosis) {
        Requirements wanted = RequirementsFile.read(requirements, "test");
        return new Recommender().recommend(diagnosis, wanted);
    }

    private static List<String> titles(Plan plan) {
        return plan.recommendations().stream()
                .map(recommendation -> recommendation.remedy().title())
                .toList();
    }
}
