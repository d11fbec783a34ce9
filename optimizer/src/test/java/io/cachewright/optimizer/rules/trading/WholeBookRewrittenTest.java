package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeBookRewrittenTest implements RuleFixtures {

    private final WholeBookRewritten rule = new WholeBookRewritten();

    @Override
    public Evidences fires() {
        // 4 books, 40 writes a second of 64 KB: 2.6 MB/s in.
        return Evidences.healthy()
                .keys(books())
                .totalKeys(4)
                .command("set", 2_400, 60_000)
                .counter("total_commands_processed", 0, 6_000)
                .counter("total_net_input_bytes", 0, 2_400 * 65_536L + 500_000);
    }

    @Override
    public Evidences silent() {
        return fires().command("set", 60, 1_500).counter("total_net_input_bytes", 0, 60 * 65_536L + 500_000);
    }

    @Test
    void countsRewritesFromTheBytesThatNothingElseExplains() {
        assertThat(fires().foundBy(rule).finding().seen().getFirst().text()).contains("10/s rewrites a key of 64 KB");
    }

    @Test
    void theExperimentHasTheObservedSize() {
        Experiment experiment = fires().foundBy(rule).remedies().getFirst().experiment();
        assertThat(experiment).isInstanceOf(Experiment.ClientPractice.class);
        assertThat(((Experiment.ClientPractice) experiment).sizes()).containsEntry("bytes", 65_536L);
    }

    @Test
    void smallSetsAreNotMistakenForBooks() {
        Evidences tickers = fires().command("set", 60_000, 60_000)
                .counter("total_commands_processed", 0, 61_000)
                .counter("total_net_input_bytes", 0, 6_000_000);
        assertThat(tickers.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    private static List<SampledKey> books() {
        return List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT").stream()
                .map(symbol -> Keys.of("book:" + symbol, "string", "raw", 65_536, 70_000))
                .toList();
    }
}
