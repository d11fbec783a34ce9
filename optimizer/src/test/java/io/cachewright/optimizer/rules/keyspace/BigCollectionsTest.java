package io.cachewright.optimizer.rules.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BigCollectionsTest implements RuleFixtures {

    private final BigCollections rule = new BigCollections();

    @Override
    public Evidences fires() {
        return Evidences.healthy().key(Keys.of("symbols", "hash", "hashtable", 400_000, 40_000_000));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    /// Five thousand fields are no problem by themselves: 1.5 ms for a full read, 1.4 ms for a DEL.
    @Test
    void judgesWhatItCostsAndNotHowManyThereAre() {
        Evidences folklore = Evidences.healthy().key(Keys.of("symbols", "hash", "hashtable", 5_001, 500_000));
        assertThat(folklore.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
        assertThat(folklore.require(wanted -> wanted.latencyBudget(Duration.ofMillis(1)))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void lazyFreeingLeavesTheFullRead() {
        Evidences lazy = fires().config("lazyfree-lazy-user-del", "yes");
        assertThat(lazy.foundBy(rule).remedies()).extracting(Remedy::id).containsExactly("split");
    }

    @Test
    void longListsAreFreedByTheNode() {
        Evidences list = Evidences.healthy().key(Keys.of("queue", "list", "quicklist", 100_000, 6_000_000));
        assertThat(list.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
