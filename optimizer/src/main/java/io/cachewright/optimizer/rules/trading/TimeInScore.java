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

/// TRD-N2: a time packed in the fraction of a price score.
@AutoService(Rule.class)
public final class TimeInScore implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-N2",
            "The time is packed beside the price in a score",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "A score is a double. Of price + seconds / 10^12 it keeps 7.3 s of resolution at a price of 61,686: orders "
                    + "within that time lose their priority, and the same formula on bids puts the newest first.",
            List.of("orbs-network/order-book", "measured: ulp(61,686) × 10^12 = 7.3 s, ulp(1,000) × 10^12 = 0.11 s"));

    private static final double MOST = 0.5;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        return ScoreFaults.judge(
                situation,
                CARD,
                (scores, looked) -> scores.packedTime() >= MOST * looked,
                scores -> scores.packedTime() + " scores with 15 digits or more and a fraction",
                "score = price in ticks; member = zero-padded sequence, counted down for bids",
                "time priority is that of the sequence, exactly");
    }
}
