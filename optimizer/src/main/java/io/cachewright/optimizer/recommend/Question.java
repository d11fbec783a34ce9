package io.cachewright.optimizer.recommend;

import java.util.List;

/// A critical unknown whose answer would change the plan. Unknowns that would change nothing are not asked.
///
/// @param requirement the key of the requirements file that answers it, for example `rpo`
/// @param text for people, for example `How much acknowledged data may be lost?`
/// @param answers plausible ones, with what each would change
public record Question(String requirement, String text, List<Answer> answers) {

    /// @param answer as the requirements file takes it
    /// @param changes what would differ from today's plan; empty when this answer changes nothing
    public record Answer(String answer, List<String> changes) {
        public Answer {
            changes = List.copyOf(changes);
        }
    }

    public Question {
        answers = List.copyOf(answers);
    }
}
