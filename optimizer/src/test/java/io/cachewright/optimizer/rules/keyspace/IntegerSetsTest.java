package io.cachewright.optimizer.rules.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.rules.Values;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntegerSetsTest implements RuleFixtures {

    private final IntegerSets rule = new IntegerSets();

    @Override
    public Evidences fires() {
        return sets(Values.sound().numericMembers(1).facts());
    }

    @Override
    public Evidences silent() {
        return sets(Values.sound().form(ValueFacts.Form.TEXT).facts());
    }

    /// A peer gives intset advice for sets of names.
    @Test
    void setsOfNamesGetNoAdviceAboutIntsets() {
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
        assertThat(sets(Values.sound().numericMembers(1).fractions(1, 6).facts())
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void theLimitFitsTheSets() {
        Change change = fires().foundBy(rule).remedies().getFirst().changes().getFirst();
        assertThat(((Change.SetParameter) change).newValue()).isEqualTo("1024");
    }

    private static Evidences sets(ValueFacts facts) {
        List<SampledKey> keys = IntStream.range(0, 10)
                .mapToObj(
                        i -> Keys.withValue(Keys.of("followers:" + (1000 + i), "set", "hashtable", 900, 50_000), facts))
                .toList();
        return Evidences.healthy().keys(keys).totalKeys(1_000);
    }
}
