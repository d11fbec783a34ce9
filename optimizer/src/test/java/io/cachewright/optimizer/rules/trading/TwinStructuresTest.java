package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwinStructuresTest implements RuleFixtures {

    private final TwinStructures rule = new TwinStructures();

    @Override
    public Evidences fires() {
        return Evidences.healthy().keys(book(10, 240));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy().keys(book(40, 41)));
    }

    @Test
    void tornBooksAreGraveAndAgreeingOnesAreNot() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.LOW);
    }

    private static List<SampledKey> book(long prices, long sizes) {
        return List.of(
                Keys.of("ladder:BTCUSDT:bids", "zset", "listpack", prices / 2, 400),
                Keys.of("ladder:BTCUSDT:asks", "zset", "listpack", prices - prices / 2, 400),
                Keys.of("ladder:BTCUSDT:sizes", "hash", "listpack", sizes, 4_000));
    }
}
