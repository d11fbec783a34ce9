package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.recommend.Question.Answer;
import io.cachewright.optimizer.requirements.RequirementKey;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.RequirementsFile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Finds the questions that are worth asking: every plausible answer to every unknown is tried, and only an unknown
/// with an answer that changes the plan is asked.
public final class Questions {

    private Questions() {}

    /// The questions for `requirements`, the one whose answers change most first.
    ///
    /// @param planner plans for other requirements on the same evidence
    public static List<Question> ask(
            Function<Requirements, Plan> planner, Requirements requirements, PlausibleAnswers plausible) {
        Plan today = planner.apply(requirements);
        return Arrays.stream(RequirementKey.values())
                .filter(key -> !key.isKnownIn(requirements))
                .map(key -> new Question(
                        key.key(),
                        text(key),
                        plausible.byKey().getOrDefault(key, List.of()).stream()
                                .map(answer -> new Answer(
                                        answer,
                                        PlanDifference.between(
                                                today, planner.apply(answered(requirements, key, answer)))))
                                .toList()))
                .filter(question -> changes(question) > 0)
                .sorted(Comparator.comparingInt((Question question) -> -changes(question)))
                .toList();
    }

    /// The requirements after an answer, as it would be given in the file or with `--set`.
    public static Requirements answered(Requirements requirements, RequirementKey key, String answer) {
        return requirements.overriddenBy(RequirementsFile.readSettings(List.of(key.key() + "=" + answer), "answer"));
    }

    private static int changes(Question question) {
        return question.answers().stream()
                .mapToInt(answer -> answer.changes().size())
                .sum();
    }

    private static String text(RequirementKey key) {
        return switch (key) {
            case PEAK_OPS_PER_SECOND -> "How many commands a second must it bear in the busiest second?";
            case LATENCY_BUDGET -> "Which p99 latency can the clients bear, over the wire?";
            case DATA_SIZE -> "How large may the data grow?";
            case STALENESS_MAX -> "How old may a value be that is read outside the matching path?";
            case STORE_ROLE -> "Can everything in it be rebuilt from elsewhere, or is it the only copy of something?";
            case REGIMES -> "Which regulation applies to the records in it?";
            case RPO -> "How much acknowledged data may be lost?";
            case RTO -> "How long may an outage last?";
            case REGIONS -> "In which regions are the clients?";
            case MONTHLY_BUDGET -> "What may the servers cost a month?";
            case PRIORITIES -> "What matters more when advice conflicts?";
        };
    }
}
