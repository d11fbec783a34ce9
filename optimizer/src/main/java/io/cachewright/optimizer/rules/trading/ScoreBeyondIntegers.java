package io.cachewright.optimizer.rules.trading;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import java.util.List;
import java.util.Set;

/// TRD-N3: nanosecond times and 64-bit ids as scores.
@AutoService(Rule.class)
public final class ScoreBeyondIntegers implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-N3",
            "Scores lie beyond the integers that a double holds",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "Above 2^53 a double steps by more than one: nanosecond times step by 256 ns and ids change their last "
                    + "digits, so events swap their order and lookups by id miss.",
            List.of("redis issues 1071, 2835, 15824"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        return ScoreFaults.judge(
                situation,
                CARD,
                (scores, _) -> scores.beyondExactIntegers() > 0,
                scores -> scores.beyondExactIntegers() + " scores above 2^53",
                "id or nanosecond time in the member, milliseconds as the score",
                "ids and times come back as they were written");
    }
}
