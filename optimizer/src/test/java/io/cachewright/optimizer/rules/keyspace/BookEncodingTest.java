package io.cachewright.optimizer.rules.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookEncodingTest implements RuleFixtures {

    private final BookEncoding rule = new BookEncoding();

    @Override
    public Evidences fires() {
        return Evidences.healthy().keys(books("listpack", 480)).command("hset", 60_000, 60_000 * 55);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void theNewLimitLiesBelowTheBooksAndAboveEverythingElse() {
        Evidences withReference = fires().key(Keys.of("ref:AAPL", "hash", "listpack", 90, 2_400));
        assertThat(newValue(withReference)).isEqualTo("128");
        assertThat(newValue(fires())).isEqualTo("64");
    }

    /// A peer raises the limit for any large hash; on a deep book each lookup would become linear.
    @Test
    void neverAdvisesRaisingTheLimitForADeepBook() {
        Evidences deep = Evidences.healthy().keys(books("hashtable", 5_000)).command("hset", 60_000, 60_000 * 5);
        assertThat(deep.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void wherePackedHashesOfAllSizesMixOnlyTheBooksAreCut() {
        Evidences mixed = fires().key(Keys.of("ref:AAPL", "hash", "listpack", 500, 14_000));
        assertThat(mixed.foundBy(rule).remedies()).extracting(Remedy::id).containsExactly("cut-books");
    }

    private String newValue(Evidences evidences) {
        return ((Change.SetParameter)
                        evidences.foundBy(rule).remedies().getFirst().changes().getFirst())
                .newValue();
    }

    private static List<SampledKey> books(String encoding, long levels) {
        return List.of("BTCUSDT", "ETHUSDT").stream()
                .map(symbol -> Keys.of("levels:" + symbol + ":bids", "hash", encoding, levels, levels * 33))
                .toList();
    }
}
