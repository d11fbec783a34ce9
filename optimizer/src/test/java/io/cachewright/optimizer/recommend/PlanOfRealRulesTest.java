package io.cachewright.optimizer.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.ChangeScript;
import io.cachewright.optimizer.advice.ServerNode;
import io.cachewright.optimizer.diagnose.Diagnoser;
import io.cachewright.optimizer.diagnose.Diagnoses;
import io.cachewright.optimizer.diagnose.Diagnosis;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.recommend.Plan.Phase;
import io.cachewright.optimizer.recommend.Plan.Recommendation;
import io.cachewright.optimizer.recommend.Plan.Step;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.RequirementsFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The installed rules and the recommender together, on a server that fsyncs each write, has no memory limit and does
/// not watch its latency.
class PlanOfRealRulesTest {

    private final Diagnoser diagnoser = Diagnoser.withInstalledRules();
    private final Situation situation = Evidences.healthy()
            .config("appendonly", "yes")
            .config("appendfsync", "always")
            .config("maxmemory", "0")
            .info("maxmemory", 0)
            .config("latency-monitor-threshold", "0")
            .situation();

    @Test
    void keepsFsyncAlwaysUntilSomebodySaysWhatMayBeLost() {
        Plan plan = plan("{}");

        assertThat(ids(plan)).contains("PER-06/group-commit").doesNotContain("PER-06/fsync-every-second");
        assertThat(plan.settled()).anySatisfy(settled -> {
            assertThat(settled.subject()).endsWith("appendfsync");
            assertThat(settled.reason()).contains("rpo");
        });
        assertThat(plan.questions())
                .filteredOn(question -> question.requirement().equals("rpo"))
                .singleElement()
                .satisfies(question -> assertThat(question.answers().getLast().changes())
                        .anyMatch(change -> change.startsWith("Set appendfsync to everysec, instead of")));
    }

    @Test
    void relaxesFsyncWhereFiveMinutesMayBeLost() {
        Plan plan = plan("rpo: 5m");

        assertThat(ids(plan)).contains("PER-06/fsync-every-second");
        assertThat(plan.questions()).extracting(Question::requirement).doesNotContain("rpo");
    }

    @Test
    void watchesBeforeItChangesAnything() {
        List<Step> steps = plan("{}").steps();

        assertThat(steps.getFirst().phase()).isEqualTo(Phase.MONITORING);
        assertThat(steps).hasSameSizeAs(plan("{}").recommendations());
    }

    @Test
    void everyChangeHasItsLinesAndItsWayBack() {
        Plan plan = plan("rpo: 5m");
        List<Change> changes = plan.recommendations().stream()
                .flatMap(recommendation -> recommendation.remedy().changes().stream())
                .toList();
        ServerNode node = ServerNode.of(situation.node());

        ChangeScript script = ChangeScript.of(changes, List.of(node));

        assertThat(script.steps()).allSatisfy(step -> {
            assertThat(step.apply()).isNotEmpty();
            assertThat(step.after()).isNotEmpty();
            assertThat(step.undo()).isNotEmpty();
        });
        assertThat(script.toRedisCli(node)).contains("CONFIG SET appendfsync everysec\n");
        assertThat(script.toRedisCliUndo(node)).contains("CONFIG SET appendfsync always\n");
    }

    @Test
    void saysTheSameTwice() {
        assertThat(plan("{}")).isEqualTo(plan("{}"));
    }

    /// What was settled once must be what would be judged anew, whatever the answer.
    @Test
    void judgingUnderManyRequirementsIsJudgingUnderEach() {
        Diagnoses diagnoses = diagnoser.over(situation.evidence(), situation.profile());
        Requirements nothingKnown = Requirements.unknown();
        PlausibleAnswers.scaledTo(situation.profile())
                .byKey()
                .forEach((key, answers) -> answers.forEach(answer -> {
                    Requirements wanted = Questions.answered(nothingKnown, key, answer);
                    assertThat(diagnoses.under(wanted)).as(key + "=" + answer).isEqualTo(diagnose(wanted));
                }));
    }

    private Plan plan(String requirements) {
        Requirements wanted = RequirementsFile.read(requirements, "test");
        return new Recommender().recommend(this::diagnose, wanted, PlausibleAnswers.scaledTo(situation.profile()));
    }

    private Diagnosis diagnose(Requirements requirements) {
        return diagnoser.diagnose(situation.evidence(), situation.profile(), requirements);
    }

    private static List<String> ids(Plan plan) {
        return plan.recommendations().stream()
                .map(Recommendation::id)
                .map(id -> id.substring(0, id.indexOf('@')))
                .toList();
    }
}
