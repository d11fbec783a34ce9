package io.cachewright.optimizer.report;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.Optimizer;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReporterTest {

    private static final Evidences DEPLOYMENT = Evidences.healthy();
    private static final Situation SITUATION = DEPLOYMENT.situation();

    @Test
    void aDiagnosisTellsEachFindingThatOneRecommendationMendsTogetherWithAnother() {
        Report report = new Optimizer()
                .plan(
                        DEPLOYMENT.evidence(),
                        List.of(judgement("KEY-98", Severity.LOW), judgement("KEY-99", Severity.HIGH)),
                        Requirements.unknown());
        ReportView advice = Reporter.report(report);
        assertThat(advice.recommendations())
                .filteredOn(one -> one.rule().equals("KEY-99"))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.alsoMends()).singleElement().asString().startsWith("KEY-98"));

        ReportView diagnosis = Reporter.diagnosis(report);
        assertThat(diagnosis.recommendations()).isEmpty();
        assertThat(diagnosis.notes()).extracting(ReportView.Note::rule).containsSubsequence("KEY-99", "KEY-98");
        assertThat(diagnosis.coverage())
                .filteredOn(checked -> checked.verdict().equals("found"))
                .hasSameSizeAs(diagnosis.notes());
    }

    private static Judgement judgement(String id, Severity severity) {
        RuleCard card = new RuleCard(
                id,
                "A limit is missing",
                Topic.KEYSPACE,
                RuleCard.Scope.PRIMARY,
                Set.of(Need.INFO),
                "Because.",
                List.of("a test"));
        Remedy remedy = remedy("limit-" + id, "Set the limit")
                .change(new Change.SetParameter(
                        SITUATION.node().address(), "maxmemory", "0", "1gb", Change.Restart.NOT_NEEDED))
                .because("1 limit is missing")
                .protects("memory")
                .risk(Risk.Level.LOW, "none")
                .costs("nothing")
                .serves(Objective.OPERATIONS)
                .notProvable("a limit shows when it is reached")
                .build();
        return new Judgement(
                card,
                SITUATION.node().address(),
                SITUATION
                        .finding(card, severity)
                        .affects(Objective.OPERATIONS)
                        .seen("maxmemory 0", "CONFIG")
                        .remedy(remedy)
                        .verdict());
    }
}
