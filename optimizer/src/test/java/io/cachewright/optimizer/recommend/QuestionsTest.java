package io.cachewright.optimizer.recommend;

import static io.cachewright.optimizer.recommend.Advised.client;
import static io.cachewright.optimizer.recommend.Advised.diagnosis;
import static io.cachewright.optimizer.recommend.Advised.found;
import static io.cachewright.optimizer.recommend.Advised.objectives;
import static io.cachewright.optimizer.recommend.Advised.remedy;
import static io.cachewright.optimizer.recommend.Advised.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Diagnosis;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.recommend.Question.Answer;
import io.cachewright.optimizer.requirements.RequirementKey;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionsTest {

    private final Remedy nearCache = remedy(
            "near-cache",
            objectives(Objective.LATENCY),
            objectives(Objective.CONSISTENCY),
            client(Practice.NEAR_CACHE));

    /// Stands for the rules: how large maxmemory must be depends on the data, all else on nothing.
    private Diagnosis diagnose(Requirements requirements) {
        String limit = requirements
                .dataSize()
                .map(size -> new ByteSize(size.bytes() * 2).toConfig())
                .orElse("64mb");
        return diagnosis(
                found("T-1", Severity.HIGH, nearCache),
                found("M-1", Severity.HIGH, remedy("limit", objectives(), objectives(), set("maxmemory", "0", limit))));
    }

    @Test
    void asksWhatWouldChangeThePlanAndNothingElse() {
        Plan plan = plan(Requirements.unknown());

        assertThat(plan.questions())
                .extracting(Question::requirement)
                .containsExactlyInAnyOrder("staleness-max", "data-size");
    }

    @Test
    void doesNotAskWhatIsKnown() {
        Requirements known = Questions.answered(Requirements.unknown(), RequirementKey.STALENESS_MAX, "100ms");

        assertThat(plan(known).questions()).extracting(Question::requirement).doesNotContain("staleness-max");
    }

    @Test
    void saysWhatEachAnswerChanges() {
        Question staleness = question("staleness-max");
        Question size = question("data-size");

        assertThat(staleness.answers())
                .containsExactly(
                        new Answer("0s", List.of()),
                        new Answer("100ms", List.of("new: Do near-cache")),
                        new Answer("1s", List.of("new: Do near-cache")));
        assertThat(size.answers().getFirst().changes())
                .containsExactly("127.0.0.1:6379 maxmemory: 2gb instead of 64mb");
    }

    @Test
    void answeringAsSuggestedGivesExactlyThePlanThatWasPromised() {
        Plan today = plan(Requirements.unknown());
        for (Question question : today.questions()) {
            RequirementKey key = RequirementKey.of(question.requirement()).orElseThrow();
            for (Answer answer : question.answers()) {
                Plan then = plan(Questions.answered(Requirements.unknown(), key, answer.answer()));

                assertThat(PlanDifference.between(today, then)).isEqualTo(answer.changes());
            }
        }
    }

    @Test
    void asksNothingWhenNothingWasFound() {
        Plan plan = new Recommender().recommend(_ -> diagnosis(), Requirements.unknown(), PlausibleAnswers.typical());

        assertThat(plan.questions()).isEmpty();
    }

    private Question question(String requirement) {
        return plan(Requirements.unknown()).questions().stream()
                .filter(question -> question.requirement().equals(requirement))
                .findFirst()
                .orElseThrow();
    }

    private Plan plan(Requirements requirements) {
        return new Recommender().recommend(this::diagnose, requirements, PlausibleAnswers.typical());
    }
}
